import { expect, test } from 'vitest';
import { z } from 'zod';
import { client, errorOf, read, Thing, write } from './bench.ts';
import { json, startServer, type Respond } from './server.ts';

/** Holds every answer back until the test opens it. */
function held(respond: Respond) {
  const opened = Promise.withResolvers<void>();
  const hold: Respond = (request, response) => void opened.promise.then(() => respond(request, response));
  return { hold, open: opened.resolve };
}
const thing: Respond = (_request, response) => json(response, { name: 'a' });
const shared = { ...read, shareAs: 'root' };

test('equal reads in flight are one request, and all get the same value', async () => {
  const { hold, open } = held(thing);
  await using server = await startServer(hold);
  await using http = client(server.url);
  const all = [1, 2, 3].map(() => http.send(shared, Thing));
  await server.arrived(1);
  open();
  const [one, ...others] = await Promise.all(all);
  expect(one).toEqual({ name: 'a' });
  for (const other of others) expect(other).toBe(one);
  await http.send(shared, Thing);
  expect(server.calls).toHaveLength(2);
});

test('another identity, lane, query, path or shape is another request, and so is one that does not want to share', async () => {
  const { hold, open } = held(thing);
  await using server = await startServer(hold);
  await using http = client(server.url, { limits: { viewer: 10 } });
  const other = z.object({ name: z.string().transform((name) => name.length) });
  const all = [
    http.send(shared, Thing),
    http.send({ ...shared, shareAs: 'alice' }, Thing),
    http.send({ ...shared, lane: 'leader' }, Thing),
    http.send({ ...shared, query: { a: '1' } }, Thing),
    http.send({ ...shared, path: '/thing/2' }, Thing),
    http.send(shared, other),
    http.send(read, Thing),
  ];
  await server.arrived(7);
  open();
  expect((await Promise.all(all)).map(({ name }) => name)).toEqual(['a', 'a', 'a', 'a', 'a', 1, 'a']);
});

test('who leaves a shared read leaves alone', async () => {
  const { hold, open } = held(thing);
  await using server = await startServer(hold);
  await using http = client(server.url);
  const controller = new AbortController();
  const leaving = errorOf(http.send({ ...shared, signal: controller.signal }, Thing));
  const staying = http.send(shared, Thing);
  await server.arrived(1);
  controller.abort();
  expect(await leaving).toMatchObject({ fault: 'aborted' });
  open();
  expect(await staying).toEqual({ name: 'a' });
  expect(server.calls).toHaveLength(1);
});

test('the last one to leave aborts it, and who comes then starts anew', async () => {
  const hungUp = Promise.withResolvers<void>();
  await using server = await startServer((request, response) => {
    if (server.calls.length === 1) response.once('close', hungUp.resolve);
    else thing(request, response);
  });
  await using http = client(server.url);
  const controllers = [new AbortController(), new AbortController()];
  const all = controllers.map(({ signal }) => errorOf(http.send({ ...shared, signal }, Thing)));
  await server.arrived(1);
  for (const controller of controllers) controller.abort();
  await hungUp.promise;
  expect((await Promise.all(all)).map(({ fault }) => fault)).toEqual(['aborted', 'aborted']);
  expect(await http.send(shared, Thing)).toEqual({ name: 'a' });
});

test('a read that has just been given up is not joined any more', async () => {
  await using server = await startServer((request, response) => {
    if (server.calls.length > 1) thing(request, response);
  });
  await using http = client(server.url);
  const controller = new AbortController();
  const leaving = http.send({ ...shared, signal: controller.signal }, Thing);
  await server.arrived(1);
  const next = leaving.catch(() => http.send(shared, Thing)); // in the very next turn
  controller.abort();
  expect(await next).toEqual({ name: 'a' });
});

test('a failure is shared as well, and not kept', async () => {
  const { hold, open } = held((request, response) => (server.calls.length === 1 ? json(response, {}) : thing(request, response)));
  await using server = await startServer(hold);
  await using http = client(server.url);
  const all = [errorOf(http.send(shared, Thing)), errorOf(http.send(shared, Thing))];
  await server.arrived(1);
  open();
  expect((await Promise.all(all)).map(({ fault }) => fault)).toEqual(['garbage', 'garbage']);
  expect(await http.send(shared, Thing)).toEqual({ name: 'a' });
});

test('who reads after a write does not get an answer from before it', async () => {
  const { hold, open } = held(thing);
  await using server = await startServer((request, response) => {
    if (request.method === 'POST') json(response, undefined);
    else hold(request, response);
  });
  await using http = client(server.url);
  const before = http.send(shared, Thing);
  await server.arrived(1);
  await http.send(write, z.unknown());
  const after = http.send(shared, Thing);
  await server.arrived(3);
  open();
  await Promise.all([before, after]);
  expect(server.calls).toEqual(['GET /thing/1', 'POST /thing', 'GET /thing/1']);
});
