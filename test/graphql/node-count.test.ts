import { readdir, readFile } from 'node:fs/promises';
import { getOperationAST, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultLimits } from '../../src/graphql/limits.ts';
import { countNodes, heavyPages } from '../../src/graphql/node-count.ts';
import { createSchema } from '../../src/schema.ts';
import { startBench, type Bench } from '../support/bench.ts';

const schema = createSchema();
function count(query: string, variables: Record<string, unknown> = {}, operationName?: string): number {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('no operation');
  return countNodes({ schema, document, operation, variables });
}

test.each<[string, number, object?]>([
  ['{ viewer { name } }', 1],
  ['{ runs { nodes { id } } }', 21],
  ['{ runs(first: 7) { totalCount nodes { id owner { name } } } }', 15],
  ['{ runs(first: 7) { edges { node { id } } pageInfo { hasNextPage } } }', 16],
  ['{ runs(last: 7) { nodes { id } } }', 8],
  ['query ($n: Int) { runs(first: $n) { nodes { id } } }', 8, { n: 7 }],
  ['query ($n: Int = 9) { runs(first: $n) { nodes { id } } }', 10],
  ['query ($n: Int = 9) { runs(first: $n) { nodes { id } } }', 21, { n: null }],
  ['{ runs(first: 4) { nodes { owner { runs(first: 5) { nodes { id } } } } } }', 1 + 4 * (1 + 1 + 1 + 5)],
  ['{ runs(first: 4) { ...C } } fragment C on RunConnection { nodes { ...R ...R } } fragment R on Run { owner { name } }', 1 + 4 * 3],
  ['{ runs(first: 4) { nodes { steps { name } retries { id } } } }', 1 + 4 * 41],
  ['{ runs(first: 4) { nodes { steps { resolvedParameters { name } ... on Dag { steps { name } } } } } }', 1 + 4 * (1 + 20 * 7)],
  ['query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Run { owner { name } } } }', 6, { ids: ['a', 'b', 'c'] }],
  ['{ nodes(ids: ["a", "b"]) { id } }', 2],
  ['query ($not: Boolean!) { runs @skip(if: $not) { nodes { id } } viewer @include(if: true) { name } }', 1, { not: true }],
  ['{ runs(first: 2) { nodes { log(first: 3) { nodes { text } } } } }', 1 + 2 * (1 + 1 + 30)],
  ['{ __schema { types { fields { type { name } } } } }', 0],
])('%s may be answered with %i objects', (query, expected, variables = {}) => {
  expect(count(query, { ...variables })).toBe(expected);
});

test('fragments that double with every link are counted at once', () => {
  const links = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(' ');
  expect(count(`{ ...F0 } ${links} fragment F40 on Query { viewer { name } }`)).toBe(2 ** 40);
});

test('pages that are not like the others are of types that are there', () => {
  for (const name of Object.keys(heavyPages)) expect(schema.getType(name)).toBeDefined();
});

const folder = new URL('../../schema/operations/', import.meta.url);
test.each(await readdir(folder))('the example %s may ask for ten times as much', async (file) => {
  const query = await readFile(new URL(file, folder), 'utf8');

  expect(count(query)).toBeLessThan(defaultLimits.nodes / 10);
});

describe('too much', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench({ options: { server: { limits: { nodes: 1000 } } } });
  });
  afterAll(() => bench[Symbol.asyncDispose]());
  const query = 'query ($n: Int) { runs(first: $n) { nodes { owner { runs(first: $n) { nodes { id } } } } } }';
  const refused = {
    errors: [{ message: expect.stringMatching(/10,301 objects, more than 1,000/), extensions: { code: 'QUERY_TOO_COMPLEX' } }],
  };
  const ask = (accept: string, n: number) =>
    fetch(bench.gateways[0]?.url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query, variables: { n } }),
    });

  test('is refused over HTTP, with the status of a query that is not valid', async () => {
    const answer = await ask('application/graphql-response+json', 100);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual(refused);
    expect(await (await ask('application/json', 10)).json()).toMatchObject({ data: { runs: { nodes: [] } } });
  });

  test('is refused in an event stream and on a WebSocket', async () => {
    expect(await (await ask('text/event-stream', 100)).text()).toContain('10,301 objects');
    await using socket = await bench.socket();
    const answers = socket.start({ query, variables: { n: 100 } });
    expect(await answers.next()).toEqual(refused);
    const subscription = `subscription ($id: ID!, $n: Int) { runChanged(id: $id) { ... on RunChange { run { owner { runs(first: $n) { nodes { id } } } } } } }`;
    const events = socket.start({ query: subscription, variables: { id: 'x', n: 1000 } });
    expect(await events.next()).toMatchObject({ errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }] });
  });
});

test('values count too: many names for the same fields of many objects are too much', async () => {
  await using bench = await startBench();
  const names = Array.from({ length: 99 }, (_, n) => `a${n}: state`).join(' ');
  const ask = (first: number) => bench.query(`{ runs(first: ${first}) { nodes { retries { ${names} } } } }`);
  expect(await ask(100)).toEqual({ data: { runs: { nodes: [] } } });
  expect(await ask(1000)).toMatchObject({
    errors: [{ message: expect.stringContaining('1,980,000 values'), extensions: { code: 'QUERY_TOO_COMPLEX' } }],
  });
});
