import { expect, test } from 'vitest';
import { errorOf } from '../../../upstream/bench.ts';
import { give, hangUp, route, say, startBench } from './bench.ts';
import { flavour, queue } from './samples.ts';

const resources = { cpu: '1', memory: '1Gi' };

test.each(['POST /queue', 'PUT /queue/train'])('%s with quantities that do not fit is refused, though with a 500', async (call) => {
  await using bench = await startBench(route({ [call]: say(500, 'InvalidComputeResource', 'min > max') }));
  const client = bench.prod.as('viewer');
  const work = call.startsWith('POST')
    ? client.createQueue({ name: 'train', namespace: 'ml', maxResources: resources })
    : client.updateQueue('train', { maxResources: resources });
  expect(await errorOf(work)).toMatchObject({
    fault: 'rejected',
    code: 'InvalidComputeResource',
    outcomeUnknown: false,
    upstreamMessage: 'min > max',
  });
});

test('a server without the call to close a queue says that it misses a body', async () => {
  await using bench = await startBench(route({ 'PUT /queue/train?action=close': say(400, 'MalformedJSON') }));
  expect(await bench.prod.as('viewer').closeQueue('train')).toBe('unsupported');
  expect(bench.server.received.at(-1)).toMatchObject({ body: '', headers: { 'content-length': '0' } });
});

test.each([
  [say(403, 'OnlyRootAllowed'), { fault: 'rejected', code: 'OnlyRootAllowed' }],
  [say(400, 'QueueActionIsNotSupported'), { fault: 'rejected', code: 'QueueActionIsNotSupported' }],
  [hangUp, { fault: 'cut', outcomeUnknown: true }],
])('other failures of closing say nothing about the server', async (answer, error) => {
  await using bench = await startBench(route({ 'PUT /queue/train?action=close': answer }));
  expect(await errorOf(bench.prod.as('viewer').closeQueue('train'))).toMatchObject(error);
});

test('a queue of an old server without quotas can be updated', async () => {
  await using bench = await startBench(route({ 'PUT /queue/train-queue': give({ ...queue, minResources: null, location: {} }) }));
  const updated = await bench.prod.as('viewer').updateQueue('train-queue', { location: {} });
  expect(updated).toMatchObject({ name: 'train-queue', minResources: null, location: {} });
});

test('no flavours', async () => {
  await using bench = await startBench(route({ 'GET /flavour': give({ maxKeys: 50, isTruncated: false, flavourList: null }) }));
  expect(await bench.prod.as('viewer').listFlavours({ maxKeys: 50 })).toEqual({ items: [], nextMarker: undefined });
});

test.each([
  ['is missing', say(404, 'FlavourNotFound'), { fault: 'rejected', code: 'FlavourNotFound', outcomeUnknown: false }],
  ['is there, so that it is about something else', give(flavour), { fault: 'unavailable', code: '', outcomeUnknown: true }],
  ['cannot be read', say(403, 'AccessDenied'), { fault: 'unavailable', code: '', outcomeUnknown: true }],
])('an unclassified error on the update of a flavour that %s', async (_name, read, error) => {
  await using bench = await startBench(route({ 'PUT /flavour/big': say(500, ''), 'GET /flavour/big': read }));
  expect(await errorOf(bench.prod.as('viewer').updateFlavour('big', { cpu: '2' }))).toMatchObject({
    ...error,
    operation: 'PUT /flavour/big',
  });
});
