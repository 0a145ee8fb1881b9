import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { createPaddleFlow, type PaddleFlow } from '../../src/backends/paddleflow/client/paddleflow.ts';
import { report } from './world.ts';

/** On a thread of its own: what it costs to make and send these is not what is measured. */
const server = `
const { parentPort } = require('node:worker_threads');
const MB = 1e6;
const fill = (head, item, tail, bytes) => head + Array.from({ length: Math.floor(bytes / (item.length + 1)) }, () => item).join(',') + tail;
const row = JSON.stringify({ runID: 'run-000012', name: 'train', source: 'ppl-000003-1', username: 'alice', fsName: 'data', description: 'nightly '.repeat(40),
  scheduleID: '', runMsg: 'x'.repeat(300), status: 'succeeded', scheduledTime: '', createTime: '2024-03-05 10:00:00', activateTime: '2024-03-05 10:00:01', updateTime: '2024-03-05 10:04:40' });
const step = (n) => JSON.stringify('step' + n) + ':' + JSON.stringify([{ jobID: 'job-run-000012-s-0a1b2c3d', name: 'run-000012-s', type: 'step', stepName: 's', parentDagID: 'd', command: 'python '.repeat(30),
  parameters: { rows: '100' }, env: Object.fromEntries(Array.from({ length: 20 }, (_, i) => ['VARIABLE_' + i, 'value '.repeat(8)])), extraFS: null, startTime: '', endTime: '', status: 'running', deps: '',
  dockerEnv: 'python:3.10', artifacts: { input: {}, output: {} }, cache: { enable: false, maxExpiredTime: '-1', fsScope: [] }, jobMessage: '', cacheRunID: '', cacheJobID: '' }]);
const detail = (count) => '{"runID":"run-000012","status":"running","runtime":{' + Array.from({ length: count }, (_, n) => step(n)).join(',') + '}}';
const task = JSON.stringify({ jobID: 'j', taskList: [{ taskID: 't', logInfo: { logContent: ('2024-03-05T10:00:10.123456789Z ' + 'x'.repeat(9000) + '\\n').repeat(100), hasNextPage: true, truncated: false } }] });
const shapes = {
  'nested [ , 31 MB': () => '['.repeat(31 * MB),
  'a list of numbers in place of users, 30 MB': () => fill('{"userList":[', '1', ']}', 30 * MB),
  'a list of {} in place of users, 30 MB': () => fill('{"userList":[', '{}', ']}', 30 * MB),
  'a list of numbers in place of runs, 30 MB': () => fill('{"runList":[', '1', ']}', 30 * MB),
  'a list where an object was expected, 30 MB': () => fill('[', '{"a":1}', ']', 30 * MB),
  'an object of 3 million keys in place of a list, 30 MB': () => '{"userList":{' + Array.from({ length: 2.4e6 }, (_, n) => '"k' + n + '":1').join(',') + '}}',
  'runs, 100 rows of 1 kB': () => fill('{"runList":[', row, ']}', 100 * row.length),
  'runs, 1000 rows of 1 kB': () => fill('{"runList":[', row, ']}', 1000 * row.length),
  'a run of 200 steps, 0.4 MB': () => detail(200),
  'a run of 5000 steps, 10 MB': () => detail(5000),
  'a log, 10 tasks of 100 lines of 9 kB': () => '{"runID":"r","submitLog":"","runLog":[' + Array.from({ length: 10 }, () => task).join(',') + ']}',
  'one text, 30 MB': () => JSON.stringify({ runID: 'run-000012', status: 'running', runYaml: 'x'.repeat(30 * MB) }),
};
let body = '';
require('node:http').createServer((request, response) => {
  request.resume();
  response.setHeader('content-type', 'application/json');
  if (request.url.endsWith('/login')) return response.end('{"authorization":"t"}');
  response.end(body);
}).listen(0, '127.0.0.1', function () { parentPort.postMessage({ port: this.address().port, names: Object.keys(shapes) }); });
parentPort.on('message', (name) => { body = Buffer.from(shapes[name]()); parentPort.postMessage(body.length); });
`;

const calls: Record<string, (paddleflow: PaddleFlow) => Promise<unknown>> = {
  user: (paddleflow) => paddleflow.as('viewer').listUsers({ maxKeys: 1000 }),
  run: (paddleflow) => paddleflow.as('viewer').listRuns({ maxKeys: 1000 }),
  detail: (paddleflow) => paddleflow.as('viewer').getRun('run-000012'),
  log: (paddleflow) => paddleflow.as('viewer').runLog({ runID: 'run-000012', pageNo: 1, pageSize: 100, position: 'end' }),
};
const callFor = (name: string): string => {
  if (name.startsWith('a run of') || name.startsWith('one text')) return 'detail';
  if (name.startsWith('a log')) return 'log';
  return name.includes('runs') ? 'run' : 'user';
};

/** How long one answer of a backend keeps everybody else waiting. */
export async function answers(): Promise<void> {
  const worker = new Worker(server, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 4000 } });
  const [{ port, names }] = (await once(worker, 'message')) as [{ port: number; names: string[] }];
  const paddleflow = createPaddleFlow({
    source: 'prod',
    url: `http://127.0.0.1:${port}`,
    username: 'root',
    password: 'paddleflow',
    timeZone: 'UTC',
    budgets: { readMs: 120_000, slowReadMs: 120_000 },
  });
  await paddleflow
    .as('viewer')
    .version()
    .catch(() => {});
  const noise = monitorEventLoopDelay({ resolution: 1 });
  noise.enable();
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  noise.disable();
  report(`two seconds of nothing: longest stall ${(noise.max / 1e6).toFixed(0)} ms`);
  for (const name of names) {
    worker.postMessage(name); // eslint-disable-line unicorn/require-post-message-target-origin -- a thread, no window
    await once(worker, 'message');
    globalThis.gc?.();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const began = performance.now();
    const outcome = await (calls[callFor(name)]?.(paddleflow) ?? Promise.resolve()).then(
      () => 'read',
      (error: unknown) => `refused: ${String(error).slice(0, 110)}`,
    );
    const took = performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, 20));
    delay.disable();
    report(`${name}: longest stall ${(delay.max / 1e6).toFixed(0)} ms, in all ${took.toFixed(0)} ms, ${outcome}`);
  }
  await paddleflow.close();
  await worker.terminate();
}
