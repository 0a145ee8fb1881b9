import SchemaBuilder from '@pothos/core';
import DataloaderPlugin from '@pothos/plugin-dataloader';
import { expect, test } from 'vitest';
import { startToy } from './toy.ts';

interface Run {
  id: string;
  state: string;
}

/** A run that changes between two events, read through a Pothos loader. */
function createRuns() {
  const states = ['QUEUED', 'RUNNING', 'SUCCEEDED'];
  const reads: string[][] = [];
  const builder = new SchemaBuilder<{ Context: { viewer: string } }>({
    plugins: [DataloaderPlugin],
    scopeAuth: { authScopes: () => ({}) }, // the types ask for it as soon as any builder of the project uses the plugin
  });
  const RunRef = builder.loadableObject('Run', {
    load: async (ids: string[]): Promise<Run[]> => {
      reads.push(ids);
      return ids.map((id) => ({ id, state: states[reads.length - 1] ?? 'UNKNOWN' }));
    },
    fields: (t) => ({ state: t.exposeString('state') }),
  });
  builder.queryType({ fields: (t) => ({ hello: t.string({ resolve: () => 'hello' }) }) });
  builder.subscriptionType({
    fields: (t) => ({
      runChanged: t.field({
        type: RunRef,
        subscribe: () => toAsync(states),
        resolve: () => 'run-1',
      }),
      viewer: t.string({ subscribe: () => toAsync(states), resolve: (_event, _args, { viewer }) => viewer }),
    }),
  });
  return { schema: builder.toSchema(), reads };
}

async function* toAsync<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items; // it ends by itself, so nobody has to wake it
}

async function watch(url: string, query: string): Promise<unknown[]> {
  const headers = { accept: 'text/event-stream' };
  const response = await fetch(`${url}/graphql?query=${encodeURIComponent(query)}`, { headers });
  return [...(await response.text()).matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(data ?? '').data);
}

test('each event of a subscription is loaded anew, once for all who need it in that event', async () => {
  const { schema, reads } = createRuns();
  await using toy = await startToy({ schema });
  expect(await watch(toy.url, 'subscription { runChanged { state } }')).toEqual([
    { runChanged: { state: 'QUEUED' } },
    { runChanged: { state: 'RUNNING' } },
    { runChanged: { state: 'SUCCEEDED' } },
  ]);
  expect(reads).toEqual([['run-1'], ['run-1'], ['run-1']]);
});

test('everything else of the context stays: it is made once per operation', async () => {
  const { schema } = createRuns();
  let made = 0;
  await using toy = await startToy({ schema, context: () => ({ viewer: `viewer ${++made}` }) });
  expect(await watch(toy.url, 'subscription { viewer }')).toEqual(Array.from({ length: 3 }, () => ({ viewer: 'viewer 1' })));
});
