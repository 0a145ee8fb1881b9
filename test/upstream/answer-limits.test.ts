import { expect, test } from 'vitest';
import { z } from 'zod';
import { listOf, textsOf } from '../../src/backends/paddleflow/wire/parts.ts';
import { client, errorOf, read, Thing } from './bench.ts';
import { give, startBench } from '../backends/paddleflow/client/bench.ts';
import { fileSystem, prepStep, runDetail, runLog, runRow } from '../backends/paddleflow/client/samples.ts';
import { type Respond, startServer } from './server.ts';

const raw =
  (text: string, status = 200): Respond =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(text);
  };
const many = (item: string, count: number) => Array.from({ length: count }, () => item).join(',');

test.each([
  ['nested without end', '['.repeat(2_000_000), 'nested more than 400 deep'],
  ['nested and closed', `${'['.repeat(500)}${']'.repeat(500)}`, 'nested more than 400 deep'],
  ['more values than any answer has', `[${many('{}', 1_500_000)}]`, 'of more than 2000000 values'],
  ['a single text without end', `["${'x'.repeat(9_000_000)}"]`, 'that holds a text of more than 8388608 bytes'],
  ['more bytes than any answer has', `[${many(`"${'x'.repeat(900_000)}"`, 40)}]`, 'more than 33554432 bytes'],
])('%s is garbage, and is not read to its end', async (_what, text, word) => {
  await using server = await startServer(raw(text));
  await using http = client(server.url);
  const error = await errorOf(http.send(read, Thing));
  expect(error).toMatchObject({ fault: 'garbage' });
  expect(error.message).toContain(word);
});

test('a refusal is what its status says, however much text comes with it', async () => {
  await using server = await startServer(raw(`<html>${'[{'.repeat(1_000_000)}`, 503));
  await using http = client(server.url, { retry: { baseMs: 1, burst: 0 } });
  expect(await errorOf(http.send(read, Thing))).toMatchObject({ fault: 'unavailable', status: 503 });
  // The connection was given up in the middle: the next answer is not mixed up with the rest of that one.
  expect(await errorOf(http.send(read, Thing))).toMatchObject({ fault: 'unavailable', status: 503 });
});

test('of a list whose items are all wrong no more are looked at, and noted, than the first few', async () => {
  let looked = 0;
  const item = z.custom<string>(() => {
    looked += 1;
    return false;
  });
  const { success, error } = z
    .object({ list: listOf(item, { most: 100_000 }) })
    .safeParse({ list: Array.from({ length: 100_000 }, () => 1) });
  expect([success, error?.issues.map(({ path }) => path.join('.')), looked]).toEqual([false, ['list.0', 'list.1', 'list.2'], 3]);
  const entries = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`k${index}`, 1]));
  expect(textsOf(() => undefined).safeParse(entries).error?.issues).toHaveLength(1);
});

test.each([
  ['null', { list: null }, []],
  ['left out', {}, []],
  ['with items', { list: ['a', 'b'] }, ['a', 'b']],
])('a list that is %s is read', (_what, body, list) => {
  expect(z.object({ list: listOf(z.string()) }).parse(body)).toEqual({ list });
});

test.each([
  ['users', (bench: Awaited<ReturnType<typeof startBench>>) => bench.prod.as('viewer').listUsers({ maxKeys: 1000 }), '{"userList":['],
  ['runs', (bench: Awaited<ReturnType<typeof startBench>>) => bench.prod.as('viewer').listRuns({ maxKeys: 100 }), '{"runList":['],
] as const)('a page of %s with more rows than can be asked for is garbage', async (_what, ask, head) => {
  await using bench = await startBench(raw(`${head}${many('1', 1001)}]}`));
  const error = await errorOf(ask(bench));
  expect(error).toMatchObject({ fault: 'garbage' });
  expect(error.message).toContain('at most 1000 entries');
});

test('a word that should be short has no room for more', async () => {
  await using bench = await startBench(raw(`{"runID":"${'x'.repeat(5_000_000)}"}`, 201));
  expect(await errorOf(bench.prod.as('viewer').createRun({ pipelineID: 'ppl-000001' }))).toMatchObject({
    fault: 'garbage',
    outcomeUnknown: true,
  });
});

test('a page of runs with long descriptions and messages is read, and so is an error in one of them', async () => {
  const long = { ...runRow, description: 'd'.repeat(65_535), runMsg: 'some words, '.repeat(5_461) };
  const rows = Array.from({ length: 100 }, (_, index) => (index === 70 ? { ...long, status: 7 } : long));
  await using bench = await startBench(give({ runList: rows }));
  const page = await bench.prod.as('viewer').listRuns({ maxKeys: 100 });
  expect([page.items.length, page.unreadable.length]).toEqual([99, 1]);
  expect(page.items[0]).toMatchObject({ description: long.description, runMsg: long.runMsg });
});

test('a run of thousands of steps is read in pieces as it is read at once', async () => {
  const loop = Array.from({ length: 3_000 }, (_, index) => ({ ...prepStep, jobID: `job-${index}`, command: 'c'.repeat(1_500) }));
  const small = { ...runDetail, runtime: { ...runDetail.runtime, prep: loop.slice(0, 3) } };
  await using bench = await startBench((request, response) => {
    give(request.url.endsWith('2') ? small : { ...runDetail, runtime: { ...runDetail.runtime, prep: loop } })(request, response);
  });
  const viewer = bench.prod.as('viewer');
  const [large, atOnce] = [await viewer.getRun('run-000001'), await viewer.getRun('run-000002')];
  expect(large.runtime['prep']).toHaveLength(3_000);
  expect({ ...large, runtime: { ...large.runtime, prep: large.runtime['prep']?.slice(0, 3) } }).toEqual(atOnce);
});

test('a page of a log with very long lines is read', async () => {
  const content = `2024-03-05T10:00:10.123456789Z ${'x'.repeat(60_000)}\n`.repeat(100);
  const [job] = runLog.runLog;
  const [task] = job?.taskList ?? [];
  const body = {
    ...runLog,
    runLog: [{ ...job, taskList: [1, 2, 3].map(() => ({ ...task, logInfo: { ...task?.logInfo, logContent: content } })) }],
  };
  await using bench = await startBench(give(body));
  const page = await bench.prod.as('viewer').runLog({ runID: 'run-000012', pageNo: 1, pageSize: 100, position: 'end' });
  expect(page.runLog[0]?.taskList.map(({ logInfo }) => logInfo.logContent === content)).toEqual([true, true, true]);
});

test('what is large and not as it should be is told as briefly as what is small', async () => {
  const rows = Array.from({ length: 1000 }, () => ({ ...fileSystem, id: 7, subPath: 'x'.repeat(1_000) }));
  await using bench = await startBench(give({ fsList: rows, nextMarker: '' }));
  const error = await errorOf(bench.prod.as('viewer').listFileSystems({ maxKeys: 1000 }));
  expect(error.message).toBe(
    'prod: GET /fs answered 200 in an unexpected shape: fsList.0.id: must be a text, not a whole number; fsList.1.id: must be a text, not a whole number; fsList.2.id: must be a text, not a whole number',
  );
});
