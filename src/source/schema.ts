import { builder } from '../graphql/builder.ts';
import type { SourceState } from './directory.ts';
import { sourceKind } from './kind.schema.ts';
import { staleAfterMs } from './trouble-words.ts';

const SourceHealth = builder.enumType('SourceHealth', {
  description: 'Whether the mirror of a source is being kept.',
  values: {
    HEALTHY: { description: 'Read within the last few intervals.' },
    UNREACHABLE: {
      description:
        'The source cannot be read, and has not been for a while: lists show what was known then, see `observedAt`. `problem` says why.',
    },
    STALE: {
      description: 'Not read for a while, and not for a fault of its own: no gateway reads it, or the database did not answer.',
    },
    STARTING: { description: 'Never read yet, and nothing has failed so far.' },
  },
} as const);
const CircuitState = builder.enumType('CircuitState', {
  description: 'Whether calls to a source are sent at all.',
  values: {
    CLOSED: { description: 'Calls are sent.' },
    OPEN: { description: 'The source failed too often: calls fail at once, for a while.' },
    HALF_OPEN: { description: 'A single call is tried, and decides.' },
  },
} as const);
/** One that has never been read has no time of grace: what fails from the start will go on so. */
function healthOf({ ageMs, problem, intervalMs }: SourceState): 'HEALTHY' | 'UNREACHABLE' | 'STALE' | 'STARTING' {
  if (ageMs === null) return problem === null ? 'STARTING' : 'UNREACHABLE';
  if (ageMs <= staleAfterMs(intervalMs)) return 'HEALTHY';
  return problem === null ? 'STALE' : 'UNREACHABLE';
}

const staleWords =
  'No gateway has read it since then, for no fault of its own. See whether the gateways run, and what their logs say of the database and the lease of this source.';

export const SourceRef = builder.interfaceRef<SourceState>('Source').implement({
  description: 'A configured backend. Its name is part of every id.',
  resolveType: ({ sourceType }) => sourceType,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As configured; it never changes.' }),
    kind: t.expose('kind', { type: sourceKind(), description: 'What software it runs.' }),
    health: t.field({
      type: SourceHealth,
      description: 'From when the mirror was last able to read it, whichever process leads.',
      resolve: healthOf,
    }),
    problem: t.string({
      nullable: true,
      description:
        'What is wrong and what helps, for people. Null while nothing is; it is there from the first failure on, before `health` says so.',
      resolve: (source) => (healthOf(source) === 'STALE' ? staleWords : source.problem),
    }),
    since: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when there has been a problem, whatever it was at first. Null while there is none.',
      resolve: (source) => (healthOf(source) === 'STALE' ? source.lastSuccessAt : source.problemSince),
    }),
    circuit: t.field({
      type: CircuitState,
      description: 'Of the process that answers this: each keeps its own.',
      resolve: ({ circuit }) => (circuit === 'half-open' ? 'HALF_OPEN' : circuit === 'open' ? 'OPEN' : 'CLOSED'),
    }),
    syncedAt: t.expose('lastSuccessAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the mirror last read all that is unfinished. Null: never.',
    }),
    lagSeconds: t.float({
      description: 'Seconds by which the last cycle over all unfinished runs took longer than its interval; 0 when it fits.',
      resolve: ({ lagMs }) => lagMs / 1000,
    }),
  }),
});

builder.queryFields((t) => ({
  sources: t.field({
    type: [SourceRef],
    description: 'All configured backends, with their health.',
    resolve: (_root, _args, { sources }) => sources.all(),
  }),
  source: t.field({
    type: SourceRef,
    nullable: true,
    description: 'A backend by its name; null when none is configured so.',
    args: { name: t.arg.string({ description: 'As in the configuration.' }) },
    resolve: (_root, { name }, { sources }) => sources.byName(name),
  }),
}));
