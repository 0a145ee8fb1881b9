import { describe, expect, test } from 'vitest';
import type { Bench } from './bench.ts';
import { base64, startBench, stepYaml, temporaryFolder } from './bench.ts';

const api = '/api/paddleflow/v1';

/** That nothing comes back: another call, sent later, is answered while this one waits on. */
async function hangs(bench: Bench, method: string, path: string, body?: unknown): Promise<boolean> {
  const leaving = new AbortController();
  const isAsked = (call: { method: string; path: string }) => call.method === method && call.path === `${api}${path}`;
  const before = bench.control.calls().filter(isAsked).length;
  let answered = false;
  const asked = fetch(`${bench.sandbox.url}${api}${path}`, {
    method,
    headers: { 'x-pf-authorization': bench.root.token },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: leaving.signal,
  }).then(
    () => (answered = true),
    () => undefined,
  );
  await expect.poll(() => bench.control.calls().filter(isAsked).length).toBeGreaterThan(before);
  await bench.root.get('/version');
  await bench.root.get('/version');
  leaving.abort();
  await asked;
  return !answered;
}

const never = { name: 'never', pipelineID: 'ppl-000001', pipelineVersionID: '1', crontab: '0 0 31 2 *' };
const hourly = { ...never, name: 'hourly', crontab: '@hourly' };

describe('a crontab that never fires', () => {
  test('is taken, and from then on the scheduler hears nobody and starts nothing, until a restart, and after it too', async () => {
    await using folder = await temporaryFolder();
    {
      await using bench = await startBench({ dataDir: folder.path });
      await bench.root.post('/pipeline', { yamlRaw: base64(stepYaml(1)) });
      expect((await bench.root.post('/schedule', hourly)).status).toBe(201);
      const made = await bench.root.post('/schedule', never);
      expect([made.status, made.body]).toEqual([201, { scheduleID: 'schedule-000002' }]);
      expect((await bench.root.get('/schedule/schedule-000002')).body).toMatchObject({ status: 'running', nextRunTime: '' });
      expect(await hangs(bench, 'POST', '/schedule', { ...hourly, name: 'late' })).toBe(true);
      bench.control.advance(7_200_000);
      expect((await bench.root.get('/run')).body.runList).toEqual([]);
      // The row was written before anybody was told.
      expect((await bench.root.get('/schedule/schedule-000003')).body).toMatchObject({ name: 'late', status: 'running' });
    }
    await using bench = await startBench({ dataDir: folder.path });
    expect((await bench.root.get('/schedule/schedule-000002')).body.status).toBe('running');
    expect(await hangs(bench, 'PUT', '/schedule/schedule-000002')).toBe(true);
    expect((await bench.root.get('/schedule/schedule-000002')).body.status).toBe('terminated');
    expect((await bench.root.get('/run')).body.runList).toEqual([]);
  });

  test('is over once its row is stopped and the server was started again', async () => {
    await using folder = await temporaryFolder();
    {
      await using bench = await startBench({ dataDir: folder.path });
      await bench.root.post('/pipeline', { yamlRaw: base64(stepYaml(1)) });
      await bench.root.post('/schedule', hourly);
      await bench.root.post('/schedule', never);
      expect(await hangs(bench, 'PUT', '/schedule/schedule-000002')).toBe(true);
      bench.control.advance(3_600_000);
    }
    for (let restart = 0; restart < 2; restart += 1) {
      await using bench = await startBench({ dataDir: folder.path });
      bench.control.advance(1000);
      expect((await bench.root.get('/run')).body.runList).toHaveLength(1); // what had been missed
      expect((await bench.root.post('/schedule', { ...hourly, name: `after_${restart}` })).status).toBe(201);
    }
  });
});

describe('post_process that refers to a component that is a reference', () => {
  const yaml = `${stepYaml()}components: {w: {reference: {component: z}}, z: {}}\npost_process: {x: {reference: {component: w}}}\n`;

  test.each([
    ['/run', { runYamlRaw: base64(yaml) }],
    ['/pipeline', { yamlRaw: base64(yaml) }],
  ])('POST %s is never answered, and leaves nothing behind', async (path, body) => {
    await using bench = await startBench();
    expect(await hangs(bench, 'POST', path, body)).toBe(true);
    expect((await bench.root.get('/run')).body.runList).toEqual([]);
    expect((await bench.root.get('/pipeline')).body['pipelineList']).toEqual([]);
  });
});
