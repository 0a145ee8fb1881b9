import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Context } from '../../../src/context.ts';
import { keyOf, splitKey } from '../../../src/core/key.ts';
import { apply } from '../../../src/execution/apply.ts';
import { registerKind } from '../../../src/execution/kinds.ts';
import type { ExecutionRow } from '../../../src/execution/list.ts';
import { ExecutionRef } from '../../../src/execution/schema.ts';
import { isFinal } from '../../../src/execution/state.ts';
import { databaseTime } from '../../../src/execution/store.ts';
import { builder } from '../../../src/graphql/builder.ts';
import { isKind } from '../../../src/graphql/is-kind.ts';
import type { Backend, ConfiguredSource } from '../../../src/source/backend.ts';
import { httpUrl, sourceName } from '../../../src/source/config.ts';
import type { SourceState } from '../../../src/source/directory.ts';
import { readingSucceeded } from '../../../src/source/reading.ts';
import { SourceRef } from '../../../src/source/schema.ts';
import type { ErrorDialect } from '../../../src/upstream/answer.ts';
import { createJsonHttp } from '../../../src/upstream/http.ts';

declare module '../../../src/context.ts' {
  interface Context {
    readonly toy: { cancel(source: string, id: string): Promise<void> };
  }
}

const ToyConfig = z.strictObject({ name: sourceName, kind: z.literal('toy'), url: httpUrl });
type ToyConfig = z.output<typeof ToyConfig>;
interface ToySource extends ConfiguredSource {
  cancel(id: string): Promise<unknown>;
}

/** As the toy's server tells them: `GET /jobs`, oldest first and whole; `POST /jobs/{number}/cancel`. */
const Job = z.object({ number: z.int(), title: z.string(), word: z.string(), at: z.string() });
const stateOf = { waiting: 'QUEUED', working: 'RUNNING', done: 'SUCCEEDED', stopped: 'CANCELLED' } as const;
const refusals = { 'no such job': { kind: 'missing', words: 'there is no such job' } } as const;

const dialect: ErrorDialect = {
  parse: (body) => {
    const { data } = z.object({ error: z.string() }).safeParse(body);
    return data && { code: data.error, message: data.error, requestId: '' };
  },
  retries: () => 2,
  countsAgainstSource: () => true,
  errors: ({ code }) => (code === 'no such job' ? refusals[code] : undefined),
};

function seenOf({ number, title, word, at }: z.output<typeof Job>) {
  const state = word in stateOf ? stateOf[word as keyof typeof stateOf] : ('UNKNOWN' as const);
  const createdAt = new Date(at);
  const times = { createdAt, startedAt: null, updatedAt: createdAt, endedAt: isFinal(state) ? createdAt : null };
  return { ordinal: number, key: String(number), name: title, owner: '', state, rawState: word, message: '', ...times };
}

function create({ name, url }: ToyConfig): ToySource {
  const http = createJsonHttp({ source: name, url, dialect });
  return {
    name,
    intervalMs: 20,
    health: http.health,
    close: http.close,
    cancel: (id) => http.send({ call: 'cancelJob', method: 'POST', path: `/jobs/${id}/cancel` }, z.object({})),
    async lead({ source, signal, fenced }, { db }) {
      while (!signal.aborted) {
        const observedAt = await databaseTime(db);
        const jobs = await http.send({ call: 'listJobs', path: '/jobs', lane: 'leader', signal }, z.array(Job));
        await fenced(async (tx) => {
          await apply(tx, { source, kind: 'ToyJob', observedAt, settleMs: 0 }, { seen: jobs.map(seenOf) });
          await readingSucceeded(tx, source, { phase: 'COMPLETE' });
        });
        await delay(20, undefined, { signal }).catch(() => {});
      }
    },
  };
}

const find = ({ executions }: Context, key: string) => {
  const { source, id } = splitKey(key);
  return executions.find('ToyJob', source, id);
};
const ToyJobRef = builder.objectRef<ExecutionRow>('ToyJob');
builder.node(ToyJobRef, {
  interfaces: [ExecutionRef],
  isTypeOf: isKind('ToyJob'),
  id: { resolve: ({ source, key }) => keyOf(source, key) },
  loadOne: async (key, context) => (await find(context, key)) ?? null,
});
registerKind({
  kind: 'ToyJob',
  load: async (_context, rows) => new Map(rows.map((row) => [row.ordinal, row])),
  find: (context, key) => find(context, key),
});
builder.objectRef<SourceState>('ToySource').implement({ interfaces: [SourceRef] });
builder.mutationField('cancelToyJob', (t) =>
  t.boolean({
    args: { id: t.arg.globalID({ for: ToyJobRef }) },
    async resolve(_root, { id }, { toy }) {
      const { source, id: number } = splitKey(id.id);
      await toy.cancel(source, number);
      return true;
    },
  }),
);

/** All that it takes: a server with a list of jobs, in the lists and streams of the graph. */
export const toy: Backend<ToyConfig, ToySource> = {
  kind: 'toy',
  title: 'Toy',
  description: 'A list of jobs.',
  sourceType: 'ToySource',
  configSchema: ToyConfig,
  describe: ({ url }) => `toy at ${url}`,
  create,
  contextOf: (_tools, sources) => ({
    toy: { cancel: async (name, id) => void (await sources.find((source) => source.name === name)?.cancel(id)) },
  }),
};
