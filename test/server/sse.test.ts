import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createClient } from 'graphql-sse';
import { expect, test } from 'vitest';
import { startToy } from './toy.ts';

type Headers = Record<string, string>;

/** An event stream that is read only when a test reads it; until then its bytes stay where they are. */
async function openStream(url: string, query: string, headers: Headers = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const all = { 'content-type': 'application/json', accept: 'text/event-stream', ...headers };
  const ask = request(`${url}/graphql`, { method: 'POST', headers: all }, resolve).on('error', reject);
  ask.end(JSON.stringify({ query }));
  const response = await promise;
  response.on('error', () => {}); // being cut off is what some tests wait for
  return { response, events: eventsOf(response), leave: () => ask.destroy() };
}

async function* eventsOf(response: AsyncIterable<Buffer>): AsyncGenerator<{ event?: string; id?: string; data?: string; comment?: true }> {
  let rest = '';
  for await (const chunk of response) {
    const blocks = (rest + String(chunk)).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      if (block === ':') yield { comment: true };
      else yield Object.fromEntries(block.split('\n').map((line) => line.split(/: ?(.*)/s).slice(0, 2)));
    }
  }
}

const LINES = 'subscription { lines(count: 3) { loads } }';

async function collect(url: string, headers: Headers = {}): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const event of (await openStream(url, LINES, headers)).events) {
    if (event.comment !== true) seen.push([event.event, event.id, event.data]);
  }
  return seen;
}

const next = (id: string) => ['next', id, '{"data":{"lines":{"loads":1}}}'];

test('each event carries the cursor of its item as its id, selected or not, and a fresh context', async () => {
  await using toy = await startToy();
  expect(await collect(toy.url)).toEqual([next('c1'), next('c2'), next('c3'), ['complete', undefined, '']]);
  expect(toy.operations.map(({ transport }) => transport)).toEqual(['sse']);
});

test('the Last-Event-ID of a reconnecting client reaches the context, and the stream goes on after it', async () => {
  await using toy = await startToy();
  expect(await collect(toy.url, { 'last-event-id': 'c2' })).toEqual([next('c3'), ['complete', undefined, '']]);
  expect(toy.operations.map(({ lastEventId }) => lastEventId)).toEqual(['c2']);
});

test('a plain URL is enough, as an EventSource asks', async () => {
  await using toy = await startToy();
  const response = await fetch(`${toy.url}/graphql?query=${encodeURIComponent(LINES)}`, { headers: { accept: 'text/event-stream' } });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  expect(await response.text()).toContain('event: next\nid: c3\n');
});

test('a client that takes both gets a subscription as a stream and a query as JSON', async () => {
  await using toy = await startToy();
  const accept = 'application/graphql-response+json, application/json, text/event-stream, multipart/mixed';
  const typeOf = async (query: string) => {
    const response = await toy.post({ query }, { accept });
    await response.text();
    return response.headers.get('content-type');
  };
  expect(await typeOf(LINES)).toBe('text/event-stream; charset=utf-8');
  expect(await typeOf('{ hello }')).toBe('application/graphql-response+json; charset=utf-8');
});

test("the working group's client gets results, errors and the end", async () => {
  await using toy = await startToy();
  const client = createClient({ url: `${toy.url}/graphql`, headers: { authorization: 'Bearer me' } });
  const results = async (query: string) => Array.fromAsync(client.iterate({ query }));
  expect(await results(LINES)).toHaveLength(3);
  expect(await results('{ viewer }')).toEqual([{ data: { viewer: 'Bearer me' } }]);
  expect(await results('{ nothing }')).toMatchObject([{ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }]);
  client.dispose();
});

test('a client that leaves ends its source at once, even a quiet one', async () => {
  await using toy = await startToy();
  const { leave } = await openStream(toy.url, 'subscription { news { text } }');
  await toy.joined.next();
  leave();
  expect(await toy.left.next()).toBe('news');
  expect([toy.listening.size, toy.operations[0]?.signal.aborted, toy.logged]).toEqual([0, true, []]);
});

test('a quiet stream is kept alive by comments', async () => {
  await using toy = await startToy({ keepAliveMs: 5 });
  const { events, leave } = await openStream(toy.url, 'subscription { news { text } }');
  for (let n = 0; n < 3; n++) expect((await events.next()).value).toEqual({ comment: true });
  leave();
});

test('a client that stops reading stops the pull, nobody else, and gets everything once it reads again', async () => {
  await using toy = await startToy({ keepAliveMs: 5 });
  const slow = await openStream(toy.url, 'subscription { lines(count: 20000) { text } }');
  const fast = await openStream(toy.url, 'subscription { lines(count: 20001) { text } }');
  expect((await Array.fromAsync(fast.events)).filter(({ id }) => id !== undefined)).toHaveLength(20_001);
  expect(toy.pulled.get(20_000)).toBeLessThan(15_000); // what the kernel's buffers take
  expect((await Array.fromAsync(slow.events)).filter(({ id }) => id !== undefined)).toHaveLength(20_000);
});

test('a client that takes nothing for longer than the cap is cut off, and its source ends', async () => {
  await using toy = await startToy({ stallMs: 100, keepAliveMs: 20 });
  const quiet = await openStream(toy.url, 'subscription { news { text } }');
  const { response } = await openStream(toy.url, 'subscription { lines(count: 1000000) { text } }');
  expect(await toy.left.next()).toBe('lines');
  await expect(Array.fromAsync(response)).rejects.toThrow('aborted');
  expect(toy.listening.size).toBe(1); // who has nothing to read is not stalled
  quiet.leave();
});
