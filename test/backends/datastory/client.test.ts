import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { WireSubmission } from '../../../src/backends/datastory/wire/wire.ts';
import { redact } from '../../../src/redact/redact.ts';
import type { WireFault } from '../../../src/sandbox/kit/wire-faults.ts';
import type { UpstreamError } from '../../../src/upstream/errors.ts';
import { errorOf } from '../../upstream/bench.ts';
import { json, startServer, unusedPort } from '../../upstream/server.ts';
import { ceph, openClient, startPlatform, submission, token } from './bench.ts';

interface Vector {
  readonly method: string;
  readonly path: string;
  readonly request?: WireSubmission;
  readonly response: unknown;
}
const { cases } = JSON.parse(readFileSync(new URL('../../contract/vectors/datastory.json', import.meta.url), 'utf8')) as {
  cases: Vector[];
};

test('the example of a submission goes out as the platform has it, with the bare token', async () => {
  const [example] = cases;
  await using server = await startServer((_request, response) => json(response, example?.response));
  await using client = openClient(server.url);
  expect(await client.submit(client.algorithm, example?.request ?? submission)).toBe('4120077');
  const [sent] = server.received;
  expect([sent?.method, sent?.url, JSON.parse(sent?.body ?? '')]).toEqual([example?.method, example?.path, example?.request]);
  expect(sent?.headers).toMatchObject({ authorization: token, 'content-type': 'application/json' });
});

test('the example of a status is read as it is', async () => {
  const example = cases.find(({ method }) => method === 'GET');
  await using server = await startServer((_request, response) => json(response, example?.response));
  await using client = openClient(server.url);
  expect(await client.getTask('4120077', 'leader')).toEqual(example?.response);
  expect(server.calls).toEqual([`GET ${example?.path}`]);
  expect(server.received[0]?.headers.authorization).toBe(token);
});

test('header, prefix, path and method are what the configuration says', async () => {
  await using server = await startServer((_request, response) => json(response, { id: 1, status: 'RUNNING' }));
  const algorithms = [{ name: 'triple-cosmetics', submitPath: '/v2/triple', submitMethod: 'PUT' }];
  const own = { authHeader: 'X-Token', authPrefix: 'Token ', statusPath: '/v2/status', algorithms };
  await using client = openClient(server.url, own);
  await client.getTask('1', 'viewer');
  await client.submit(client.algorithm, submission);
  expect(server.calls).toEqual(['GET /v2/status?taskId=1', 'PUT /v2/triple']);
  for (const { headers } of server.received) {
    expect(headers['x-token']).toBe(`Token ${token}`);
    expect(headers.authorization).toBeUndefined();
  }
});

describe.each(['number', 'text'] as const)('the id of a submission as a %s', (idType) => {
  test.each(['id', 'taskId', 'data', 'data-id', 'data-taskId', 'bare'] as const)('is found in an answer of shape %s', async (idShape) => {
    await using platform = await startPlatform({ switches: { idShape, idType } });
    expect(await platform.client.submit(platform.client.algorithm, submission)).toBe('4120077');
    expect(await platform.client.getTask('4120077', 'leader')).toMatchObject({ id: 4120077, status: 'INITIALING' });
  });
});

test('a submission that is answered without an id may have made a task', async () => {
  await using platform = await startPlatform({ switches: { idShape: 'none' } });
  const error = await errorOf(platform.client.submit(platform.client.algorithm, submission));
  expect(error).toMatchObject({ fault: 'garbage', status: 200, outcomeUnknown: true, code: '200', upstreamMessage: 'accepted' });
  expect(platform.client.health().lastError?.message).toContain('answered without the id of a task');
  expect(platform.control.tasks()).toHaveLength(1);
});

test.each([
  ['{"id": 90071992547409931}', '90071992547409931'],
  ['{"data": "00012"}', undefined], // no number of a row begins so
  ['{"code": 40001, "message": "no", "data": 0}', undefined],
  ['{"id": 12.5}', undefined],
  ['{"id": -1, "taskId": 12}', '12'],
  ['{"id": {"id": 12}}', undefined],
  ['90071992547409931', undefined], // by itself it has been rounded
  ['{"id": true}', undefined],
])('of %s the id is %s', async (body, id) => {
  await using platform = await startPlatform();
  platform.control.orderFault({ kind: 'status', status: 200, body, method: 'POST' });
  const made = platform.client.submit(platform.client.algorithm, submission);
  const seen = await made.catch((error: UpstreamError) => [error.fault, error.outcomeUnknown]);
  expect(seen).toEqual(id ?? ['garbage', true]);
});

test.each(['absent', 'null', 'empty'] as const)('times that have not come may be %s', async (idleTimes) => {
  await using platform = await startPlatform({ switches: { idleTimes } });
  await platform.client.submit(platform.client.algorithm, submission);
  const task = await platform.client.getTask('4120077', 'leader');
  expect([task.startTime || undefined, task.finishTime || undefined]).toEqual([undefined, undefined]);
});

describe('what fails', () => {
  const calls = {
    'the status call': { read: true, method: 'GET', path: '/api/algorithm/task/get' },
    'a submission': { read: false, method: 'POST', path: '/api/algorithm/triple/cosmetics/add' },
  } as const;
  const started = async (name: keyof typeof calls, switches: object = {}, change: object = {}) => {
    const platform = await startPlatform({ switches }, change);
    const { client, control } = platform;
    const { read, method, path } = calls[name];
    return Object.assign(platform, {
      read,
      operation: `${method} ${path}`,
      call: () => (read ? client.getTask('4120077', 'viewer') : client.submit(client.algorithm, submission)),
      count: () => control.calls().length,
    });
  };

  describe.each(Object.keys(calls) as (keyof typeof calls)[])('%s', (name) => {
    test.each(['401', '403'] as const)('a token that is not accepted: %s', async (badToken) => {
      await using platform = await started(name, { token: 'ended', badToken });
      expect(await errorOf(platform.call())).toMatchObject({ fault: 'unauthenticated', status: Number(badToken), outcomeUnknown: false });
      expect(platform.count()).toBe(1);
      expect(platform.client.health().lastError).toMatchObject({ fault: 'unauthenticated' });
    });

    test.each(['json', 'text', 'none'] as const)('a refusal whose body is %s', async (errorBody) => {
      await using platform = await started(name, { errorBody, parameters: 'refused' });
      const { client, read } = platform;
      const error = await errorOf(read ? client.getTask('1', 'viewer') : client.submit(client.algorithm, { ...submission, depth: 1 }));
      expect(error).toMatchObject({ fault: 'rejected', status: read ? 404 : 400, outcomeUnknown: false });
      const words = read ? 'no such task' : 'unknown key depth';
      expect(error.upstreamMessage).toBe(errorBody === 'json' ? words : '');
      expect(platform.count()).toBe(1);
    });

    test('an error in a 200 is known by what is missing, and its words are carried along', async () => {
      await using platform = await started(name, { statusErrors: 'envelope', submitErrors: 'envelope', token: 'ended' });
      const words = { code: '40101', upstreamMessage: 'the token is not valid' };
      expect(await errorOf(platform.call())).toMatchObject({ fault: 'garbage', status: 200, outcomeUnknown: !platform.read, ...words });
    });

    test.each<[string, WireFault, object, number]>([
      ['400 with a code', { kind: 'status', status: 400, code: 'E7', message: 'no' }, { fault: 'rejected', code: 'E7' }, 1],
      ['a page of a proxy', { kind: 'status', status: 404, body: '<html>nginx</html>' }, { fault: 'rejected', status: 404 }, 1],
      ['429', { kind: 'status', status: 429 }, { fault: 'unavailable', status: 429, outcomeUnknown: false }, 3],
      ['500 in words', { kind: 'status', status: 500, message: 'oh' }, { fault: 'unavailable', upstreamMessage: 'oh' }, 3],
      ['502 of a proxy', { kind: 'status', status: 502, body: 'Bad Gateway' }, { fault: 'unavailable', status: 502 }, 3],
      ['503 of nobody', { kind: 'status', status: 503, body: '' }, { fault: 'unavailable', status: 503 }, 3],
      ['garbage', { kind: 'garbage' }, { fault: 'garbage', status: 200 }, 1],
      ['an empty 200', { kind: 'empty-body' }, { fault: 'garbage', status: 200 }, 1],
      ['null', { kind: 'status', status: 200, body: 'null' }, { fault: 'garbage', status: 200 }, 1],
      ['a list', { kind: 'status', status: 200, body: '[]' }, { fault: 'garbage', status: 200 }, 1],
      ['a way elsewhere', { kind: 'status', status: 302, body: '' }, { fault: 'garbage', status: 302 }, 1],
      ['a cut connection', { kind: 'cut', applied: true }, { fault: 'cut' }, 3],
      ['half an answer', { kind: 'cut-body' }, { fault: 'cut' }, 3],
    ])('%s: reads are repeated where it helps, submissions never', async (_what, fault, seen, readCalls) => {
      await using platform = await started(name);
      platform.control.orderFault(fault);
      const error = await errorOf(platform.call());
      expect(error).toMatchObject({ ...seen, operation: platform.operation });
      expect(platform.count()).toBe(platform.read ? readCalls : 1);
      const { status = 0 } = fault;
      const isRefused = status >= 400 && status < 500;
      expect(error.outcomeUnknown).toBe(!platform.read && !isRefused);
    });

    test('no answer in time', async () => {
      await using platform = await started(name, {}, { budgets: { readMs: 1_000, writeMs: 1_000 } });
      platform.control.orderFault({ kind: 'latency', ms: 60_000 });
      expect(await errorOf(platform.call())).toMatchObject({ fault: 'timeout', outcomeUnknown: !platform.read });
    });

    test('no connection: nothing was sent', async () => {
      await using client = openClient(`http://localhost:${await unusedPort()}`);
      const work = calls[name].read ? client.getTask('1', 'leader') : client.submit(client.algorithm, submission);
      expect(await errorOf(work)).toMatchObject({ fault: 'refused', outcomeUnknown: false });
    });
  });

  test('a read goes on after a passing failure, and comes again when it was told to', async () => {
    await using platform = await startPlatform();
    await platform.client.submit(platform.client.algorithm, submission);
    for (const status of [503, 429]) platform.control.orderFault({ kind: 'status', status, method: 'GET', times: 1 });
    expect(await platform.client.getTask('4120077', 'viewer')).toMatchObject({ status: 'INITIALING' });
    expect(platform.control.calls().map(({ status }) => status)).toEqual([200, 503, 429, 200]);
  });

  test('a rate limit of the platform says when to come again', async () => {
    await using platform = await startPlatform({ switches: { callsPerMinute: 1, retryAfter: 'seconds' } });
    const submit = () => platform.client.submit(platform.client.algorithm, submission);
    await submit();
    expect(await errorOf(submit())).toMatchObject({ fault: 'unavailable', status: 429, retryAfterMs: 60_000, outcomeUnknown: false });
    expect(platform.control.tasks()).toHaveLength(1);
  });

  test.each(['404', '400', 'nulls'] as const)('a task that is unknown to the platform: %s', async (unknownTask) => {
    await using platform = await startPlatform({ switches: { unknownTask } });
    const seen = unknownTask === 'nulls' ? { fault: 'garbage', status: 200 } : { fault: 'rejected', status: Number(unknownTask) };
    expect(await errorOf(platform.client.getTask('1', 'leader'))).toMatchObject(seen);
  });

  test('the answer about another task is none', async () => {
    await using platform = await startPlatform();
    platform.control.orderFault({ kind: 'status', status: 200, body: '{"id": 2, "status": "RUNNING"}' });
    const error = await errorOf(platform.client.getTask('1', 'leader'));
    expect(error).toMatchObject({ fault: 'garbage', message: 'lab: GET /api/algorithm/task/get answered with another task' });
  });
});

test('what the platform repeats of a submission is told without keys, token and addresses', async () => {
  await using platform = await startPlatform();
  const body = { ...submission, inputFileSystemInfo: { ...ceph, inputPath: 'nlp-in#posts.txt' } };
  const message = `for ${JSON.stringify(body)} of ${token}, mail to ops@acme.example or ops%40acme.example`;
  platform.control.orderFault({ kind: 'status', status: 500, message });
  const error = await errorOf(platform.client.submit(platform.client.algorithm, body));
  const told = `${error.upstreamMessage} ${error.message} ${redact(JSON.stringify(body))}`;
  for (const secret of [ceph.userName, ceph.password, token]) expect(told).not.toContain(secret);
  expect(error.upstreamMessage).not.toMatch(/ops(@|%40)/);
  expect(error.upstreamMessage).toContain('nlp-in#posts.txt');
});
