import { describe, expect, test } from 'vitest';
import type { WireFault } from '../../../src/sandbox/paddleflow/index.ts';
import { base64, startAt, startBench, stepYaml } from './bench.ts';

describe('faults on the wire', () => {
  test.each<[string, WireFault, number, string]>([
    ['a status with a code', { kind: 'status', status: 503, code: 'InternalError' }, 503, '"code":"InternalError"'],
    ['the status of a code', { kind: 'status', code: 'RunNotFound', message: 'gone' }, 404, '"message":"gone"'],
    ['an unclassified error', { kind: 'status', status: 500 }, 500, '"code":""'],
    ['a body as it is', { kind: 'status', status: 502, body: 'Bad Gateway' }, 502, 'Bad Gateway'],
    ['garbage', { kind: 'garbage' }, 200, '<html>'],
    ['an empty body', { kind: 'empty-body' }, 200, ''],
    ['an empty list', { kind: 'empty-list' }, 200, '{"maxKeys":50,"isTruncated":false,"runList":[]}'],
    ['an answer in two parts', { kind: 'slow-body', ms: 5 }, 200, '"runID":"run-000001"'],
    ['a late answer', { kind: 'latency', ms: 5 }, 200, '"runID":"run-000001"'],
  ])('%s strikes as often as ordered', async (_what, fault, status, text) => {
    await using bench = await startBench();
    bench.control.insertRuns({ count: 1 });
    bench.control.orderFault({ ...fault, times: 1 });
    const answer = await bench.root.get('/run');
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(text)]);
    expect((await bench.root.get('/run')).body.runList).toHaveLength(1);
  });

  test('logs and runs that say too little are right in form', async () => {
    await using bench = await startBench();
    const runID = await bench.run(stepYaml(3_600));
    bench.control.advance(60_000);
    bench.control.writeLog({ runID, step: 'main', lines: ['a line'] });
    const struck = async (kind: WireFault['kind'], path: string) => {
      bench.control.orderFault({ kind, times: 1 });
      return (await bench.root.get(path)).body;
    };
    const [job] = (await bench.root.get(`/log/run/${runID}`)).body.runLog;
    const [task] = job?.taskList ?? [];
    expect(task?.logInfo.logContent).toMatch(/a line\n$/);
    const empty = { logContent: '', hasNextPage: false, truncated: false };
    expect((await struck('empty-pages', `/log/run/${runID}`)).runLog).toEqual([{ ...job, taskList: [{ ...task, logInfo: empty }] }]);
    expect((await struck('no-containers', `/log/run/${runID}`)).runLog).toEqual([{ ...job, taskList: [] }]);
    expect((await struck('empty-list', `/log/run/${runID}`)).runLog).toEqual([]);
    const whole = (await bench.root.get(`/run/${runID}`)).body;
    expect(await struck('empty-runtime', `/run/${runID}`)).toEqual({ ...whole, runtime: {}, postProcess: {} });
  });

  test.each(['cut', 'cut-body'] as const)('%s ends the connection', async (kind) => {
    await using bench = await startBench();
    bench.control.orderFault({ kind, times: 1 });
    await expect(bench.root.get('/version')).rejects.toThrow(/fetch failed|terminated/);
    expect((await bench.root.get('/version')).status).toBe(200);
  });

  test('a fault strikes what its method and path match, until it is cleared', async () => {
    await using bench = await startBench();
    bench.control.orderFault({ kind: 'garbage', method: 'get', path: /\/queue\?name=a/ });
    const garbled = async (path: string, method = 'GET') => (await bench.root.call(method, path)).text.startsWith('<html>');
    expect(
      await Promise.all([garbled('/queue?name=a'), garbled('/queue?name=a'), garbled('/queue?name=b'), garbled('/queue?name=a', 'PUT')]),
    ).toEqual([true, true, false, false]);
    bench.control.clearFaults();
    expect(await garbled('/queue?name=a')).toBe(false);
  });

  test('a write whose answer is cut has no effect, unless it is to be applied', async () => {
    await using bench = await startBench();
    const runs = async () => (await bench.root.get('/run')).body.runList.length;
    bench.control.orderFault({ kind: 'cut', method: 'POST', times: 1 });
    await expect(bench.run(stepYaml())).rejects.toThrow('fetch failed');
    expect(await runs()).toBe(0);
    bench.control.orderFault({ kind: 'cut', method: 'POST', times: 1, applied: true });
    await expect(bench.run(stepYaml())).rejects.toThrow('fetch failed');
    expect(await runs()).toBe(1);
  });

  test('a create that answers an empty run id leaves a run that never starts', async () => {
    await using bench = await startBench();
    bench.control.orderFault({ kind: 'empty-run-id', times: 1 });
    const answer = await bench.root.post('/run', { runYamlRaw: base64(stepYaml()) });
    expect([answer.status, answer.body]).toEqual([201, { runID: '' }]);
    bench.control.advance(3_600_000);
    expect((await bench.root.get('/run')).body.runList).toMatchObject([{ status: 'initiating', activateTime: '' }]);
  });

  test('a sandbox that closes waits for no slow answer', async () => {
    const bench = await startBench();
    bench.control.orderFault({ kind: 'latency', ms: 3_600_000 });
    const answer = bench.root.get('/version').catch((error: unknown) => error);
    await expect.poll(() => bench.control.calls().length).toBe(2);
    await bench.sandbox.close();
    expect(await answer).toBeInstanceOf(TypeError);
  });
});

describe('faults of the state', () => {
  test('a run that cannot be decoded empties the pages it is on, and its detail is an unclassified 500', async () => {
    await using bench = await startBench();
    bench.control.insertRuns({ count: 4 });
    bench.control.orderFault({ kind: 'undecodable-run', runID: 'run-000002' });
    expect((await bench.root.get('/run?maxKeys=3')).body).toEqual({ maxKeys: 3, isTruncated: false, runList: [] });
    expect((await bench.root.get('/run?runFilter=run-000001,run-000003')).body.runList).toHaveLength(2);
    const detail = await bench.root.get('/run/run-000002');
    expect([detail.status, detail.body.code]).toEqual([500, '']);
    bench.control.clearFaults();
    expect((await bench.root.get('/run')).body.runList).toHaveLength(4);
  });

  test('with the database down some lists are empty and well', async () => {
    await using bench = await startBench();
    bench.control.insertRuns({ count: 1 });
    bench.control.orderFault({ kind: 'database-down' });
    const lists = await Promise.all(['/run', '/queue', '/grant'].map((path) => bench.root.get(path)));
    expect(lists.map(({ status, body }) => [status, body['runList'] ?? body['queueList'] ?? body['grantList']])).toEqual([
      [200, []],
      [200, []],
      [200, []],
    ]);
  });

  test('a status can be any word', async () => {
    await using bench = await startBench();
    bench.control.insertRuns({ count: 1 });
    bench.control.setRawStatus('run-000001', 'napping');
    expect((await bench.root.get('/run?statusFilter=napping')).body.runList).toMatchObject([{ status: 'napping' }]);
    bench.control.setRawStatus('run-000001', null);
    expect((await bench.root.get('/run/run-000001')).body.status).toBe('succeeded');
  });
});

describe('history in bulk', () => {
  test('rows get the next numbers, holes are left out, and each has a detail', async () => {
    await using bench = await startBench();
    expect(
      bench.control.insertRuns({ count: 3, owner: 'alice', name: 'old', status: 'failed', createTimeStepSeconds: 60, holes: 1 }),
    ).toEqual({
      first: 'run-000001',
      last: 'run-000005',
    });
    bench.control.leaveHoles(10);
    expect(await bench.run(stepYaml())).toBe('run-000017');
    const { body } = await bench.root.get('/run?userFilter=alice');
    expect(body.runList.map(({ runID, createTime }) => [runID, createTime])).toEqual([
      ['run-000001', '2024-03-05 09:58:00'],
      ['run-000003', '2024-03-05 09:59:00'],
      ['run-000005', '2024-03-05 10:00:00'],
    ]);
    const detail = (await bench.root.get('/run/run-000003')).body;
    expect(detail).toMatchObject({
      status: 'failed',
      runtime: { main: [{ type: 'step', status: 'failed', jobID: expect.stringMatching(/^job-run-000003-main-/) }] },
    });
    expect(Object.keys(detail.runtime['main']?.[0] ?? {})).toHaveLength(19);
    expect((await bench.root.get('/log/run/run-000003')).body).toMatchObject({
      submitLog: 'get trace log failed. runID[run-000003]',
      runLog: [{ taskList: [] }],
    });
  });

  test('thousands of rows are walked page by page', async () => {
    await using bench = await startBench();
    bench.control.insertRuns({ count: 5000 });
    let pages = 0;
    let seen = 0;
    for (let marker: string | undefined = ''; marker !== undefined; pages += 1) {
      const { body } = await bench.root.get(`/run?maxKeys=1000&marker=${marker}`);
      seen += body.runList.length;
      marker = body.nextMarker;
    }
    expect([seen, pages]).toEqual([5000, 5]);
  });
});

describe('logs and jobs', () => {
  test('lines go to a running container, numbers go on over bursts, and a job ends when told', async () => {
    await using bench = await startBench();
    const runID = await bench.run('name: quiet\ndocker_env: a\nentry_points:\n  main:\n    command: sleep 100000\n');
    expect(() => bench.control.writeLog({ runID, step: 'main', count: 1 })).toThrow('no such job');
    bench.control.advance(1000);
    bench.control.writeLog({ runID, step: 'main', lines: ['hello', 'wörld'] });
    bench.control.writeLog({ runID, step: 'main', count: 2, bytes: 10, prefix: 'n' });
    const jobID = (await bench.root.get(`/run/${runID}`)).body.runtime['main']?.[0]?.jobID ?? '';
    const texts = bench.control
      .logOf(runID, jobID)
      .split('\n')
      .map((line) => line.slice(31));
    expect(texts).toEqual(['hello', 'wörld', 'n2 xxxxxxx', 'n3 xxxxxxx', '']);
    bench.control.finishJob(jobID, 'failed');
    bench.control.advance(1000);
    expect((await bench.root.get(`/run/${runID}`)).body.status).toBe('failed');
    expect(() => bench.control.writeLog({ runID, jobID, count: 1 })).toThrow('does not run');
  });
});

describe('the control port', () => {
  test('everything can be ordered over HTTP', async () => {
    await using bench = await startBench();
    const ask = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`${bench.sandbox.controlUrl}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return [
        response.status,
        response.headers.get('content-type') === 'application/json' && text !== '' ? (JSON.parse(text) as unknown) : text,
      ];
    };
    expect(await ask('GET', '/state')).toEqual([
      200,
      { now: startAt, zone: 'Asia/Shanghai', mode: 'manual', rate: 1, pid: process.pid, url: bench.sandbox.url },
    ]);
    expect(await ask('POST', '/clock', { advanceMs: 1500 })).toEqual([200, { now: startAt + 1500 }]);
    expect((await ask('POST', '/clock', { advanceMs: -1 }))[0]).toBe(400);
    expect(await ask('POST', '/rows', { count: 2 })).toEqual([200, { first: 'run-000001', last: 'run-000002' }]);
    expect(await ask('POST', '/rows', { holes: 5 })).toEqual([204, '']);
    expect(await ask('POST', '/runs/run-000001/raw-status', { status: 'napping' })).toEqual([204, '']);
    expect((await ask('POST', '/runs/run-000099/raw-status', { status: 'napping' }))[0]).toBe(404);
    expect(await ask('POST', '/queues/default-queue/status', { status: 'closed' })).toEqual([204, '']);
    await bench.root.post('/fs', { name: 'data', url: 'local://mnt/data' });
    expect(await ask('POST', '/files', { fsID: 'fs-root-data', path: 'run.yaml', text: stepYaml() })).toEqual([204, '']);
    await ask('POST', '/queues/default-queue/status', { status: 'open' });
    const { runID } = (await bench.root.post('/run', { fsName: 'data' })).body;
    bench.control.advance(100);
    expect(await ask('POST', '/logs', { runID, step: 'main', lines: ['from outside'] })).toEqual([204, '']);
    const jobID = (await bench.root.get(`/run/${runID}`)).body.runtime['main']?.[0]?.jobID;
    expect((await ask('GET', `/logs/${runID}/${jobID}`))[1]).toContain('from outside\n');
    expect(await ask('POST', `/jobs/${jobID}/finish`, { result: 'succeeded' })).toEqual([204, '']);
    expect(await ask('POST', '/faults', { kind: 'garbage', path: '/version' })).toEqual([204, '']);
    expect((await ask('POST', '/faults', { kind: 'garbage', path: '(' }))[0]).toBe(400);
    expect((await bench.root.get('/version')).text).toContain('<html>');
    expect(await ask('DELETE', '/faults')).toEqual([204, '']);
    expect((await bench.root.get('/version')).status).toBe(200);
    expect((await ask('POST', '/faults', { kind: 'stuck-terminating', runID: 'run-000099' }))[0]).toBe(404);
    expect((await ask('GET', '/nothing'))[0]).toBe(404);
  });

  test('calls are listed in order of arrival with request id and status, and can be forgotten', async () => {
    await using bench = await startBench();
    bench.control.clearCalls();
    await bench.root.call('GET', '/run?maxKeys=5', undefined, { 'x-pf-request-id': 'leader-1' });
    await bench.root.get('/run/run-000001');
    const calls = bench.control.calls();
    expect(calls).toEqual([
      { seq: expect.any(Number), method: 'GET', path: '/api/paddleflow/v1/run?maxKeys=5', requestId: 'leader-1', status: 200, at: startAt },
      expect.objectContaining({ path: '/api/paddleflow/v1/run/run-000001', status: 404 }),
    ]);
    const response = await fetch(`${bench.sandbox.controlUrl}/calls?since=${calls[0]?.seq}`);
    expect(await response.json()).toEqual({ calls: [calls[1]] });
    bench.control.clearCalls();
    expect(bench.control.calls()).toEqual([]);
  });
});

describe('the clock', () => {
  test('a real clock goes on by itself at its rate, a manual one does not', async () => {
    await using bench = await startBench({ clock: 'real', rate: 3_600_000 });
    await expect.poll(() => bench.control.read().now).toBeGreaterThan(startAt + 3_600_000);
    bench.control.setClock({ mode: 'manual' });
    const { now } = bench.control.read();
    await bench.root.get('/version');
    expect(bench.control.read()).toMatchObject({ now, mode: 'manual' });
  });

  test('it makes no difference in how many steps time goes on', async () => {
    const yaml = `${stepYaml(7)}  other:\n    deps: main\n    loop_argument: [1, 2]\n    command: sleep 2; echo {{PF_LOOP_ARGUMENT}}\n`;
    const results: unknown[] = [];
    for (const steps of [1, 400]) {
      await using bench = await startBench();
      const runID = await bench.run(yaml);
      for (let step = 0; step < steps; step += 1) bench.control.advance(60_000 / steps);
      results.push([(await bench.root.get(`/run/${runID}`)).body, (await bench.root.get(`/log/run/${runID}`)).body]);
    }
    expect(results[0]).toEqual(results[1]);
  });
});

describe('zones', () => {
  test.each([
    ['Asia/Shanghai', '2024-03-05T02:00:00.000Z', '2024-03-05 10:00:00', '2024-03-05T10:00:00+08:00'],
    ['UTC', '2024-03-05T02:00:00.000Z', '2024-03-05 02:00:00', '2024-03-05T02:00:00Z'],
    ['Europe/Berlin', '2024-03-31T00:59:59.000Z', '2024-03-31 01:59:59', '2024-03-31T01:59:59+01:00'],
    ['Europe/Berlin', '2024-03-31T01:00:00.000Z', '2024-03-31 03:00:00', '2024-03-31T03:00:00+02:00'],
    ['Europe/Berlin', '2024-10-27T00:30:00.000Z', '2024-10-27 02:30:00', '2024-10-27T02:30:00+02:00'],
    ['Europe/Berlin', '2024-10-27T01:30:00.000Z', '2024-10-27 02:30:00', '2024-10-27T02:30:00+01:00'],
    ['America/St_Johns', '2024-07-01T12:00:00.000Z', '2024-07-01 09:30:00', '2024-07-01T09:30:00-02:30'],
  ])('%s writes %s as %s and %s', async (zone, at, local, withZone) => {
    await using bench = await startBench({ zone, startAt: Date.parse(at) });
    await bench.user('alice');
    await bench.run(stepYaml());
    expect((await bench.root.get('/run')).body.runList).toMatchObject([{ createTime: local }]);
    expect((await bench.root.get('/user')).body['userList']).toMatchObject([{ createTime: withZone }]);
  });
});
