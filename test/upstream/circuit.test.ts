import { expect, test } from 'vitest';
import { createCircuit, type Verdict } from '../../src/upstream/limits/circuit.ts';
import { createRetries } from '../../src/upstream/limits/retries.ts';
import { client, errorOf, read, Thing, write } from './bench.ts';
import { json, refuse, type Respond, startServer } from './server.ts';

/** A circuit with a clock that only the test moves. */
function startCircuit() {
  let time = 0;
  const circuit = createCircuit({ failuresToOpen: 3, openMs: 100, maxOpenMs: 300, now: () => time });
  return {
    circuit,
    pass(ms: number) {
      time += ms;
    },
    report(...verdicts: Verdict[]) {
      for (const verdict of verdicts) circuit.enter()?.(verdict);
    },
  };
}

test('only failures in a row open the circuit', () => {
  const { circuit, report } = startCircuit();
  report('failed', 'failed', 'alive', 'failed', 'unknown', 'failed');
  expect(circuit.state).toBe('closed');
  report('failed');
  expect(circuit.state).toBe('open');
  expect(circuit.enter()).toBeUndefined();
});

test('when its time is over one probe goes through, and its success closes the circuit', () => {
  const { circuit, pass, report } = startCircuit();
  report('failed', 'failed', 'failed');
  pass(99);
  expect(circuit.passable).toBe(false);
  pass(1);
  expect(circuit.state).toBe('half-open');
  const settle = circuit.enter();
  expect(circuit.enter()).toBeUndefined();
  settle?.('alive');
  expect(circuit.state).toBe('closed');
  report('failed', 'failed');
  expect(circuit.state).toBe('closed');
});

test('each probe that fails doubles the wait, up to the maximum', () => {
  const { circuit, pass, report } = startCircuit();
  report('failed', 'failed', 'failed');
  for (const ms of [100, 200, 300, 300]) {
    pass(ms - 1);
    expect(circuit.passable).toBe(false);
    pass(1);
    expect(circuit.passable).toBe(true);
    report('failed');
  }
});

test('a probe whose caller left makes room for the next one', () => {
  const { circuit, pass, report } = startCircuit();
  report('failed', 'failed', 'failed');
  pass(100);
  report('unknown');
  expect(circuit.passable).toBe(true);
});

test('a late answer from before the opening closes it, a late failure does not prolong it', () => {
  const { circuit, pass, report } = startCircuit();
  const [lateFailure, lateAnswer] = [circuit.enter(), circuit.enter()];
  report('failed', 'failed', 'failed');
  pass(50);
  lateFailure?.('failed');
  pass(50);
  expect(circuit.state).toBe('half-open');
  lateAnswer?.('alive');
  expect(circuit.state).toBe('closed');
});

test('pauses double with jitter, Retry-After comes on top, and the allowance ends', () => {
  const retries = createRetries({ baseMs: 100, maxMs: 300, burst: 5, perRequest: 0.5, random: () => 1 });
  expect([retries.spend(1), retries.spend(2), retries.spend(3), retries.spend(1, 7000)]).toEqual([100, 200, 300, 7100]);
  expect([retries.spend(1), retries.spend(1)]).toEqual([100, undefined]);
  retries.earn();
  expect(retries.spend(1)).toBeUndefined();
  retries.earn();
  expect(retries.spend(1)).toBe(100);
});

const down: Respond = (_request, response) => response.writeHead(503).end();

test('a source that keeps failing is not asked any more, and says so in its health', async () => {
  await using server = await startServer(down);
  await using http = client(server.url, { circuit: { failuresToOpen: 4, openMs: 60_000 } });
  await errorOf(http.send(read, Thing));
  await errorOf(http.send(read, Thing));
  expect(server.calls).toHaveLength(4);
  const error = await errorOf(http.send(read, Thing));
  expect(error).toMatchObject({ fault: 'circuit-open', status: undefined, outcomeUnknown: false });
  expect(await errorOf(http.send(write, Thing))).toMatchObject({ fault: 'circuit-open', outcomeUnknown: false });
  expect(server.calls).toHaveLength(4);
  expect(http.health()).toMatchObject({ circuit: 'open', lastError: { fault: 'unavailable' } });
});

test('those who wait for a slot hear at once that the circuit has opened', async () => {
  const fail = Promise.withResolvers<void>();
  await using server = await startServer((request, response) => fail.promise.then(() => down(request, response)));
  await using http = client(server.url, { limits: { viewer: 1 }, circuit: { failuresToOpen: 1, openMs: 60_000 } });
  const all = [1, 2, 3].map((number) => errorOf(http.send({ ...read, path: `/thing/${number}` }, Thing)));
  await server.arrived(1);
  fail.resolve();
  expect((await Promise.all(all)).map(({ fault }) => fault)).toEqual(['circuit-open', 'circuit-open', 'circuit-open']);
  expect(server.calls).toHaveLength(1);
});

test('with the circuit open nobody queues behind those who still wait for an answer', async () => {
  await using server = await startServer((request, response) => {
    if (request.url === '/down') down(request, response);
  });
  await using http = client(server.url, { limits: { viewer: 1 }, circuit: { failuresToOpen: 1, openMs: 60_000 } });
  const controller = new AbortController();
  const hanging = errorOf(http.send({ ...read, signal: controller.signal }, Thing));
  await server.arrived(1);
  await errorOf(http.send({ ...read, path: '/down', lane: 'leader' }, Thing));
  expect(await errorOf(http.send(read, Thing))).toMatchObject({ fault: 'circuit-open' });
  controller.abort();
  await hanging;
});

test('when the source is back, the next request finds out and the circuit closes', async () => {
  let up = false;
  await using server = await startServer((request, response) => (up ? json(response, { name: 'a' }) : down(request, response)));
  let time = 0;
  await using http = client(server.url, { circuit: { failuresToOpen: 1, openMs: 1000, now: () => time } });
  await errorOf(http.send(read, Thing));
  up = true;
  expect(await errorOf(http.send(read, Thing))).toMatchObject({ fault: 'circuit-open' });
  time = 1000;
  expect(http.health().circuit).toBe('half-open');
  expect(await http.send(read, Thing)).toEqual({ name: 'a' });
  expect(http.health().circuit).toBe('closed');
});

test.each([
  ['rejections', (_request, response) => refuse(response, 404, 'RunNotFound')],
  ['things that do not decode', (_request, response) => refuse(response, 500, '')],
  ['answers of another shape', (_request, response) => json(response, { other: 1 })],
  ['pleas to slow down', (_request, response) => response.writeHead(429).end()],
] satisfies [string, Respond][])('%s do not open the circuit: somebody is there', async (_name, respond) => {
  await using server = await startServer(respond);
  await using http = client(server.url, { circuit: { failuresToOpen: 1 } });
  await errorOf(http.send(read, Thing));
  expect(http.health().circuit).toBe('closed');
});

test('timeouts open the circuit, callers who leave do not', async () => {
  await using server = await startServer(() => {});
  await using http = client(server.url, { circuit: { failuresToOpen: 1 }, budgets: { readMs: 40 } });
  const controller = new AbortController();
  const work = errorOf(http.send({ ...read, signal: controller.signal, deadline: performance.now() + 20_000 }, Thing));
  await server.arrived(1);
  controller.abort();
  await work;
  expect(http.health().circuit).toBe('closed');
  await errorOf(http.send(read, Thing));
  expect(http.health().circuit).toBe('open');
});
