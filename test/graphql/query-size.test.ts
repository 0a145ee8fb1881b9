import { readdir, readFile } from 'node:fs/promises';
import { getIntrospectionQuery, parse } from 'graphql';
import { expect, test } from 'vitest';
import { defaultLimits } from '../../src/graphql/limits.ts';
import { pairsOf, sizesOf } from '../../src/graphql/query-size.ts';
import { startToy } from '../server/toy.ts';

const times = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, index) => text(index)).join(' ');

test.each([
  ['{ a b c }', 0],
  ['{ a a a }', 3],
  ['{ a: x a: y b: x }', 1],
  ['{ a { x } a { x y } }', 1 + 1],
  ['{ a { x x } a { x x } }', 1 + 6],
  ['{ a { x } ... { a { x } ... on T { a { x } } } }', 3 + 3],
  ['{ a { x } ...F } fragment F on Q { a { x } }', 1 + 1],
  ['{ ...F ...G ...H } fragment F on Q { a } fragment G on Q { b } fragment H on Q { c }', 3],
  ['{ a { ...F } } query B { a { x x } ...F } fragment F on Q { b b }', 1 + 1 + 1],
  [`{ a(t: "${'x'.repeat(75)}") a(t: "${'x'.repeat(75)}") }`, 1 + 2],
])('%s has %i pairs of fields to be compared', (query, expected) => {
  expect(pairsOf(parse(query))).toBe(expected);
});

const folder = new URL('../../schema/operations/', import.meta.url);
test('the examples and the introspection query are far from every limit', async () => {
  const files = await readdir(folder);
  const examples = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  const all = [...examples, getIntrospectionQuery()].map((query) => parse(query));
  expect(Math.max(...all.map(pairsOf))).toBeLessThan(defaultLimits.pairs / 100);
  for (const { fields, aliases, depth } of all.flatMap(sizesOf)) {
    expect(fields).toBeLessThan(defaultLimits.fields / 5);
    expect(aliases).toBeLessThan(defaultLimits.aliases / 5);
    expect(depth).toBeLessThan(defaultLimits.depth);
  }
});

const doubling = (depth: number): string => (depth === 0 ? 'hello' : `self { ${doubling(depth - 1)} } self { ${doubling(depth - 1)} }`);
test.each<[string, string, string]>([
  ['the same field again and again', `{ ${times(210, () => 'self { hello }')} }`, 'same fields'],
  ['fields that double with every level', `{ ${doubling(8)} }`, 'same fields'],
  [
    'many fragments at one place',
    `{ ${times(210, (i) => `...F${i}`)} } ${times(210, (i) => `fragment F${i} on Query { hello }`)}`,
    'same fields',
  ],
  ['long arguments to be compared', `{ ${times(100, () => `echo(text: "${'x'.repeat(250)}")`)} }`, 'same fields'],
  [
    'many operations that share a long chain of fragments',
    `${times(120, (i) => `query Q${i} { ...F0 }`)} ${times(100, (i) => `fragment F${i} on Query { ...F${i + 1} }`)} fragment F100 on Query { hello }`,
    'fragments in all its operations',
  ],
  ['more lines than words', `{ hello ${'\n'.repeat(5000)} }`, 'lines'],
  // The rules, which would complain about its fields, do not get to see it.
  ['more fields than are looked at', `{ ${times(2100, () => 'nothing')} }`, 'more than 2000 fields'],
])('%s: refused before anything is compared', async (_what, query, message) => {
  await using toy = await startToy();
  const answer = await toy.post({ query, ...(query.startsWith('query') && { operationName: 'Q0' }) });
  expect(await answer.json()).toEqual({
    errors: [{ message: expect.stringContaining(message), extensions: { code: 'QUERY_TOO_COMPLEX' } }],
  });
});

test.each([
  ['a fragment that nobody uses', '{ nothing } fragment F on Query { nothing }', 'is never used'],
  ['a cycle of fragments', '{ ...F } fragment F on Query { nothing ...F }', 'within itself'],
  ['two fragments of one name', '{ ...F } fragment F on Query { hello } fragment F on Query { nothing }', 'only one fragment'],
  ['a fragment that is not there', '{ nothing ...F }', 'Unknown fragment'],
])('%s is told alone: without that nothing can be measured', async (_what, query, message) => {
  await using toy = await startToy();
  const { errors } = (await (await toy.post({ query })).json()) as { errors: unknown[] };
  expect(errors).toMatchObject([{ message: expect.stringContaining(message), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
});
