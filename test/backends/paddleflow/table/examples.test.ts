import { readdir } from 'node:fs/promises';
import { getOperationAST, parse } from 'graphql';
import { expect, test } from 'vitest';
import { readExample } from '../../../../src/graphiql/examples.ts';
import { startDataStorySandbox, type DataStorySandbox } from '../../../../src/sandbox/datastory/index.ts';
import { cosmetics, storage } from '../../datastory/bench.ts';
import { startBench } from '../../../support/bench.ts';

const names = (await readdir(new URL('../../../../schema/operations/', import.meta.url))).map((file) => file.replace(/\.graphql$/, ''));

/** Both backends, as the examples know them, with a task. */
async function startDemo({ url, token }: DataStorySandbox) {
  const stories = {
    name: 'stories',
    kind: 'datastory',
    url,
    token,
    algorithms: [cosmetics],
    storage,
    email: { default: 'ops@acme.example' },
  };
  const bench = await startBench({ sandboxes: { demo: { seed: 'demo' } }, others: [stories] });
  await bench.synced();
  const { query, variables } = await readExample('SubmitTask');
  await bench.query(query, variables);
  return bench;
}

test('every query among the examples brings something in the demo, with the variables that stand in it', async () => {
  await using platform = await startDataStorySandbox({ clock: 'manual' });
  await using bench = await startDemo(platform);
  const examples = await Promise.all(names.map(readExample));
  const queries = examples.filter(({ query }) => getOperationAST(parse(query))?.operation === 'query');
  const answers = await Promise.all(
    queries.map(async ({ title, query, variables }) => ({ title, ...(await bench.query(query, variables)) })),
  );
  expect(answers.filter(({ data, errors }) => errors || Object.values<unknown>(data ?? {}).includes(null))).toEqual([]);
});

test('every mutation among the examples is done in the demo, but for the one that servers of today no longer know', async () => {
  await using platform = await startDataStorySandbox({ clock: 'manual' });
  await using bench = await startDemo(platform);
  const examples = await Promise.all(names.map(readExample));
  const mutations = examples.filter(({ query }) => getOperationAST(parse(query))?.operation === 'mutation');
  const { first = [], last = [] } = Object.groupBy(mutations, ({ title }) => (title.startsWith('Delete') ? 'last' : 'first')); // what is gone cannot be changed
  const answers: string[] = [];
  for (const { title, query, variables } of [...first, ...last]) {
    const { data, errors } = await bench.query<Record<string, { __typename: string; message?: string }>>(query, variables);
    const [answer] = Object.values(data ?? {});
    if (answer?.__typename !== `${title}Payload`)
      answers.push(`${title}: ${answer?.__typename} ${answer?.message} ${JSON.stringify(errors)}`);
  }
  expect(mutations.length).toBeGreaterThan(30);
  expect(answers).toEqual([expect.stringMatching(/^StopQueue: NotSupportedProblem /)]);
});
