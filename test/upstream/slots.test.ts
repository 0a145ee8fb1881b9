import { expect, test } from 'vitest';
import type { JsonRequest } from '../../src/upstream/http.ts';
import { client, errorOf, Thing } from './bench.ts';
import { json, startServer } from './server.ts';

/** Counts what is being answered at a time, and answers when the test says so. */
async function startCounting() {
  const open: (() => void)[] = [];
  const server = await startServer(({ url }, response) => open.push(() => json(response, { name: url })));
  return { server, open, answerNext: () => open.shift()?.(), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
const thing = (number: number, more: Partial<JsonRequest> = {}): JsonRequest => ({ call: 'readThing', path: `/${number}`, ...more });

test('no more than the limit are under way, and the others follow in order', async () => {
  await using counting = await startCounting();
  const { server, open, answerNext } = counting;
  await using http = client(server.url, { limits: { viewer: 2 } });
  const all = [1, 2, 3, 4, 5].map((number) => http.send(thing(number), Thing));
  for (let answered = 0; answered < 5; answered += 1) {
    await server.arrived(Math.min(5, answered + 2));
    expect(open.length).toBeLessThanOrEqual(2);
    answerNext(); // whichever of the two came first
  }
  await Promise.all(all);
  expect(server.calls).toHaveLength(5);
  expect(server.calls.slice(2)).toEqual(['GET /3', 'GET /4', 'GET /5']);
});

test('by default three viewers and three reads of the leader go at a time, independent of each other', async () => {
  await using counting = await startCounting();
  const { server, answerNext } = counting;
  await using http = client(server.url);
  const viewers = [1, 2, 3, 4].map((number) => http.send(thing(number), Thing));
  await server.arrived(3);
  const leader = [11, 12, 13, 14].map((number) => http.send(thing(number, { lane: 'leader' }), Thing));
  await server.arrived(6);
  expect(server.calls.toSorted()).toEqual(['GET /1', 'GET /11', 'GET /12', 'GET /13', 'GET /2', 'GET /3']);
  for (const wave of [6, 2]) {
    for (let answered = 0; answered < wave; answered += 1) answerNext();
    await server.arrived(8);
  }
  await Promise.all([...viewers, ...leader]);
});

test('who leaves while waiting frees the place, and is never sent', async () => {
  await using counting = await startCounting();
  const { server, answerNext } = counting;
  await using http = client(server.url, { limits: { viewer: 1 } });
  const controller = new AbortController();
  const one = http.send(thing(1), Thing);
  const two = errorOf(http.send(thing(2, { signal: controller.signal }), Thing));
  const three = http.send(thing(3), Thing);
  await server.arrived(1);
  controller.abort();
  expect(await two).toMatchObject({ fault: 'aborted' });
  answerNext();
  await one;
  await server.arrived(2);
  answerNext();
  await three;
  expect(server.calls).toEqual(['GET /1', 'GET /3']);
});

test('waiting for a slot counts against the budget, and does not count against the source', async () => {
  await using counting = await startCounting();
  const { server, answerNext } = counting;
  await using http = client(server.url, { limits: { viewer: 1 }, circuit: { failuresToOpen: 1 } });
  const one = http.send(thing(1), Thing);
  await server.arrived(1);
  const late = await errorOf(http.send(thing(2, { deadline: performance.now() + 20 }), Thing));
  expect(late).toMatchObject({
    fault: 'timeout',
    message: 'prod: GET /2 was not sent: no slot became free in time',
    outcomeUnknown: false,
  });
  expect(http.health().circuit).toBe('closed');
  answerNext();
  await one;
});

test('a slot is free again after a failure', async () => {
  await using server = await startServer(({ url }, response) => (url === '/1' ? json(response, []) : json(response, { name: url })));
  await using http = client(server.url, { limits: { viewer: 1 } });
  await errorOf(http.send(thing(1), Thing));
  expect(await http.send(thing(2), Thing)).toEqual({ name: '/2' });
});
