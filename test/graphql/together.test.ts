import { buildSchema, execute, isObjectType, parse, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { afterEach, expect, test, vi } from 'vitest';
import { inHand, type StreamInHand } from '../../src/core/in-hand.ts';
import { useFreshLoaders } from '../../src/graphql/fresh-loaders.ts';
import { executeTogether } from '../../src/graphql/together.ts';

const schema = buildSchema(`
  type Query { hello: String }
  interface Item { cursor: String! }
  type News implements Item { cursor: String! text: String! maybe: String later: Int! others: [News!]! }
  type End implements Item { cursor: String! }
  type Subscription { item(limit: Int): Item! }
`);
interface Event {
  readonly __typename: string;
  readonly cursor: string;
  readonly text?: string;
}
const failing = (event: Event, where: string) => {
  if (event.text === where) throw new Error(`${where} of ${event.cursor} failed`);
  return event.text;
};
let subscribed: AsyncIterable<unknown> | undefined;
const resolvers: Record<string, (event: Event, args: { limit?: number }) => unknown> = {
  'Subscription.item': (event, { limit = 9 }) =>
    failing(event, 'all') === undefined ? event : { ...event, text: event.text?.slice(0, limit) },
  'News.text': (event) => failing(event, 'text'),
  'News.maybe': (event) => failing(event, 'maybe'),
  'News.later': async (event) => (failing(event, 'later') ?? '').length,
  'News.others': ({ text, ...event }) => (text === 'others' ? [event, null] : [{ ...event, text: 'one' }]),
};
for (const type of Object.values(schema.getTypeMap())) {
  if (!isObjectType(type)) continue;
  for (const field of Object.values(type.getFields())) {
    const resolve = resolvers[`${type.name}.${field.name}`];
    if (resolve) field.resolve = resolve;
  }
}
const itself = schema.getSubscriptionType()?.getFields()['item'];
if (itself) itself.subscribe = () => subscribed;

const texts = ['fine', 'text', 'maybe', 'all', 'later', 'others', 'fine too'];
const events: Event[] = [
  ...texts.map((text, index) => ({ __typename: 'News', cursor: `c${index}`, text })),
  { __typename: 'End', cursor: 'end' },
  { __typename: 'Nothing', cursor: 'of no type' },
];
const plain = (result: ExecutionResult) => JSON.parse(JSON.stringify(result)) as unknown;

test.each([
  ['a field', 'subscription { item { cursor } }', {}],
  [
    'fields of one of the types, under other names',
    'subscription { news: item { __typename ... on News { words: text maybe later } } }',
    {},
  ],
  [
    'lists, fragments and variables',
    'subscription ($limit: Int) { ...all } fragment all on Subscription { item(limit: $limit) { ... on News { text others { text } } } }',
    { limit: 3 },
  ],
  ['a variable that is none', 'subscription ($limit: Int) { item(limit: $limit) { cursor } }', { limit: 'three' }],
])('%s: executed together, each event has the result that it has alone', async (_what, text, variableValues) => {
  const args: ExecutionArgs = { schema, document: parse(text), variableValues };
  const alone = await Promise.all(events.map((event) => execute({ ...args, rootValue: event })));
  const together = await executeTogether(args, events);
  expect(together.map(({ data }) => plain({ data: data ?? null }))).toEqual(alone.map(({ data }) => plain({ data: data ?? null })));
  expect(together.map(({ errors }) => errors?.map((error) => plain(error as never)))).toEqual(
    alone.map(({ errors }) => errors?.map((error) => plain(error as never))),
  );
  expect(together.map(({ errors }) => errors?.map(({ originalError }) => originalError?.message))).toEqual(
    alone.map(({ errors }) => errors?.map(({ originalError }) => originalError?.message)),
  );
});

/** A stream that has everything in hand. */
function streamOf(items: readonly Event[]): StreamInHand<Event> {
  let rest = items;
  return {
    async next() {
      const [value, ...others] = rest;
      rest = others;
      return value === undefined ? { done: true, value } : { done: false, value };
    },
    [inHand]() {
      const all = rest;
      rest = [];
      return all;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
const subscribe = async (document: string) => {
  let begin: ((args: ExecutionArgs) => Promise<AsyncIterableIterator<ExecutionResult>>) | undefined;
  await useFreshLoaders().onSubscribe?.({ setSubscribeFn: (fn: never) => void (begin = fn) } as never);
  const stream = await begin?.({ schema, document: parse(document), contextValue: {} });
  if (stream === undefined) throw new Error('nothing to subscribe with');
  return stream;
};

afterEach(() => void vi.useRealTimers());

test('what waits for its reader for long is told anew; what came before an event that is lost is told, and then the stream ends', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  let executed = 0;
  const cursor = schema.getType('News');
  if (!isObjectType(cursor)) throw new Error('News is a type');
  const field = cursor.getFields()['cursor'];
  if (field) field.resolve = (event: Event) => `${event.cursor}, read ${(executed += 1)}`;
  subscribed = streamOf(events.filter(({ text }) => text === 'fine' || text === 'maybe' || text === 'fine too' || text === 'text'));
  const stream = await subscribe('subscription { item { cursor ... on News { text } } }');
  const next = async () => (await stream.next()).value?.data?.item?.cursor;
  expect(await next()).toBe('c0, read 1');
  vi.advanceTimersByTime(60_000);
  await expect(stream.next()).rejects.toThrow('text of c1 failed');
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(executed).toBe(7); // four at first, then the three that were left

  subscribed = streamOf(events.filter(({ text }) => text === 'fine' || text === 'fine too'));
  const quick = await subscribe('subscription { item { cursor } }');
  expect((await quick.next()).value?.data?.item?.cursor).toBe('c0, read 8');
  expect((await quick.next()).value?.data?.item?.cursor).toBe('c6, read 9');
});
