import { readdir } from 'node:fs/promises';
import { getOperationAST, parse } from 'graphql';
import { expect, test } from 'vitest';
import { readExample } from '../../src/graphiql/examples.ts';
import { startBench } from '../support/bench.ts';

const names = (await readdir(new URL('../../schema/operations/', import.meta.url))).map((file) => file.replace(/\.graphql$/, ''));

test('every query among the examples brings something in the demo, with the variables that stand in it', async () => {
  await using bench = await startBench({ sandboxes: { demo: { seed: 'demo' } } });
  await bench.synced();
  const examples = await Promise.all(names.map(readExample));
  const queries = examples.filter(({ query }) => getOperationAST(parse(query))?.operation === 'query');
  const answers = await Promise.all(
    queries.map(async ({ title, query, variables }) => ({ title, ...(await bench.query(query, variables)) })),
  );
  expect(answers.filter(({ data, errors }) => errors || Object.values<unknown>(data ?? {}).includes(null))).toEqual([]);
});
