import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { State } from '../../../src/sandbox/paddleflow/state/state.ts';
import { runCommand } from '../../../src/sandbox/paddleflow/workflow/shell.ts';
import type { Bench } from './bench.ts';
import { base64, startBench, startAt, stepYaml } from './bench.ts';

/** Sends bytes over a connection of its own; `reset` ends it as a client does that dies. Returns what came back. */
async function send(bench: Bench, head: readonly string[], { body = '', reset = false } = {}): Promise<string> {
  const { hostname, port } = new URL(bench.sandbox.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let answer = '';
  socket.on('data', (bytes: Buffer) => (answer += bytes.toString()));
  socket.write(`${[...head, `x-pf-authorization: ${bench.root.token}`].join('\r\n')}\r\n\r\n${body}`);
  if (reset) socket.resetAndDestroy();
  else socket.end();
  await once(socket, 'close');
  return answer;
}

const base = '/api/paddleflow/v1';
const upgrade = (protocol: string) => ['Host: here', 'Connection: Upgrade', `Upgrade: ${protocol}`];

test('an address may be as long as a thousand names in a filter make it, and nobody is told of a time limit (1.1)', async () => {
  await using bench = await startBench();
  const { status, headers } = await bench.root.get(`/run?nameFilter=${'a-name-of-some-length,'.repeat(5000)}`);
  expect([status, headers.has('keep-alive')]).toEqual([200, false]);
});

describe('a connection', () => {
  test('that wishes for another protocol is served as if it had not, with its body (1.1)', async () => {
    await using bench = await startBench();
    const body = JSON.stringify({ runYamlRaw: base64(stepYaml(1)) });
    const head = [`POST ${base}/run HTTP/1.1`, `Content-Length: ${body.length}`, ...upgrade('h2c')];
    expect(await send(bench, head, { body })).toMatch(/^HTTP\/1.1 201 [^]*{"runID":"run-000001"}$/);
  });

  test.each(['/run', '/wsjob'])('to %s that is reset while it is upgraded does not end the server', async (path) => {
    await using bench = await startBench();
    const head = [`GET ${base}${path} HTTP/1.1`, ...upgrade('websocket'), 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];
    for (let round = 0; round < 50; round += 1) await send(bench, head, { reset: true });
    expect((await bench.root.get('/version')).status).toBe(200);
  });

  test('to /wsjob without a token is refused with the request id in header and body (1.2)', async () => {
    await using bench = await startBench();
    const head = [`GET ${base}/wsjob HTTP/1.1`, ...upgrade('websocket'), 'x-pf-request-id: mine', 'x-pf-authorization: none'];
    const answer = await send(bench, head);
    expect(answer).toContain('x-pf-request-id: mine\r\n');
    expect(answer).toContain('"requestID":"mine"');
  });

  test('gets its request id back byte by byte, whatever the letters (1.2)', async () => {
    await using bench = await startBench();
    const answer = await send(bench, [`GET ${base}/nothing HTTP/1.1`, 'Host: here', 'Connection: close', 'x-pf-request-id: é']);
    expect(answer).toContain('x-pf-request-id: é\r\n');
    expect(answer).toContain('"requestID":"é"');
  });
});

test.each([
  ['/run?maxKeys=99999999999999999999', 'InvalidURI'],
  ['/log/run/run-000001?pageNo=99999999999999999999', 'InvalidURI'],
  ['/log/run/run-000001?pageSize=-99999999999999999999', 'InvalidURI'], // not the dropped connection of a negative one
  ['/statistics/jobDetail/x?end=99999999999999999999', 'InvalidURI'],
  ['/job?timestamp=99999999999999999999', 'InvalidURI'],
])('GET %s holds a number that 64 bits cannot, hence %s', async (path, code) => {
  await using bench = await startBench();
  expect((await bench.root.get(path)).body.code).toBe(code);
});

test.each([
  ['a key that every object has', '{"constructor": 1}', '[workflow] has no attribute [constructor]'],
  ['such a key of a step', '{"name": "a", "entryPoints": {"a": {"toString": "x"}}}', '[a] has no attribute [toString]'],
  [
    'dags in dags in dags',
    `{"name": "a", "entryPoints": ${'{"a": {"entryPoints": '.repeat(4900)}{}${'}}'.repeat(4900)}}`,
    'the workflow is nested too deep',
  ],
])('POST /runjson with %s is an invalid pipeline (2.7)', async (_what, body, message) => {
  await using bench = await startBench();
  const { status, body: answer } = await bench.root.post('/runjson', body);
  expect([status, answer.code]).toEqual([400, 'InvalidPipeline']);
  expect(answer.message).toContain(message);
});

describe('a command', () => {
  test.each([
    ['a variable that doubles itself', 'x=a; for i in $(seq 1 60); do x=$x$x; done; echo $x', 137],
    [
      'a long line again and again',
      'x=a; for i in $(seq 1 20); do x=$x$x; done; for i in $(seq 1 1000); do echo "$x" "-$i"; false; done',
      137,
    ],
    ['a line without an end', 'for i in $(seq 1 300000); do echo -n x; done', 137],
    ['a word without an end', `echo "${'$(seq 1 100000) '.repeat(500)}"`, 137],
    ['a list without an end', `for x in ${'$(seq 1 100000) '.repeat(50)}; do echo $x; done`, 137],
    ['a nesting without an end', `echo ${'$('.repeat(20_000)}${')'.repeat(20_000)}`, 0], // a program that nobody knows
  ])('with %s is given up, or not understood', (_what, command, exitCode) => {
    expect(runCommand(command, {}).exitCode).toBe(exitCode);
  });

  test.each([
    'sleep 1e400; echo x',
    `sleep ${'9'.repeat(30)}d; echo x`,
    'sleep 0.0000000001; echo x',
    'for i in $(seq 1e300); do echo x; sleep 99999999999d; done',
  ])('%j keeps times and numbers that can be written down', (command) => {
    const { output } = runCommand(command, {});
    expect(Number.isInteger(output.timeOf(0))).toBe(true);
    expect(Number.isFinite(output.count)).toBe(true);
    expect(Number.isFinite(output.duration)).toBe(true);
  });

  test('still writes what had no end of line yet when it is killed', () => {
    const { output } = runCommand('echo -n abc; exit 3', {});
    expect(output.text(0)).toBe('abc');
  });
});

/** `p` doubles from step to step: the last ones would fill every memory. */
const doubling = [
  'name: doubling\ndocker_env: busybox:1.36\nentry_points:\n  s0: {command: echo, parameters: {p: abcdefgh}}\n',
  ...Array.from(
    { length: 20 },
    (_, index) => `  s${index + 1}: {command: echo, deps: s${index}, parameters: {p: "{{s${index}.p}}{{s${index}.p}}"}}\n`,
  ),
].join('');
const conditional = (condition: string): string =>
  `name: c\ndocker_env: busybox:1.36\nentry_points:\n  a: {command: echo, condition: ${JSON.stringify(condition)}}\n`;

test.each([
  ['parameters that double from step to step', doubling],
  ['a pattern that backtracks for ever', conditional(`'${'a'.repeat(40)}b' =~ '(a+)+$'`)],
  ['a condition that is nested too deep', conditional(`${'('.repeat(20_000)}1${')'.repeat(20_000)}`)],
])('a run with %s fails, and the server goes on', async (_what, yaml) => {
  await using bench = await startBench();
  const runID = await bench.run(yaml);
  bench.control.advance(600_000);
  const { status, runtime } = (await bench.root.get(`/run/${runID}`)).body;
  const statuses = Object.values(runtime).map(([entry]) => entry?.['status']);
  expect([status, statuses.includes('failed')]).toEqual(['failed', true]);
});

test('a flaw in one thing that moves leaves it where it is, and the others go on', async () => {
  const birth = { at: startAt, zone: 'Asia/Shanghai', tokenKey: '00', markerKey: '0'.repeat(32), tokenExpirationHours: -1 };
  const state = new State({ ...birth, pace: { toPending: 0, toRunning: 0, engineLag: 0 } });
  const moved: number[] = [];
  const warned = once(process, 'warning');
  state.move({
    order: [0, 1],
    nextAt: () => startAt + 1,
    advance() {
      throw new RangeError('a flaw for the test');
    },
  });
  state.move({ order: [0, 2], nextAt: () => (moved.length === 0 ? startAt + 2 : undefined), advance: (at) => void moved.push(at) });
  state.advanceTo(startAt + 10);
  expect([state.now, moved]).toEqual([startAt + 10, [startAt + 2]]);
  expect(await warned).toEqual([expect.objectContaining({ message: 'a flaw for the test' })]);
});
