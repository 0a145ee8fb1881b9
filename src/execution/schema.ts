import { builder } from '../graphql/builder.ts';
import { sourceFields } from '../source/fields.schema.ts';
import type { ExecutionValue } from './kinds.ts';
import type { ExecutionState as State } from './state.ts';

export const ExecutionState = builder.enumType('ExecutionState', {
  description: "The state of work of every kind, in one vocabulary; `rawState` has the backend's own word.",
  values: {
    QUEUED: { description: 'Accepted; waits for its turn or for resources.' },
    RUNNING: { description: 'Being worked on.' },
    STOPPING: { description: 'Asked to stop; may take long.' },
    SUCCEEDED: { description: 'Ended well; results taken from a cache count too.' },
    FAILED: { description: 'Ended badly.' },
    CANCELLED: { description: 'Ended because somebody, or a failure elsewhere, stopped it.' },
    SKIPPED: { description: 'Never meant to run: disabled, its condition false, or its time missed.' },
    UNKNOWN: { description: 'The backend used a word we do not know, or its record cannot be read.' },
  } satisfies Record<State, { description: string }>,
});

const secondsBetween = (from: Date, to: Date) => Math.max(0, (to.getTime() - from.getTime()) / 1000);

export const ExecutionRef = builder.interfaceRef<ExecutionValue>('Execution').implement({
  description: 'A piece of work on one of the backends, whatever its kind.',
  interfaces: [builder.nodeInterfaceRef()],
  resolveType: ({ kind }) => kind,
  fields: (t) => ({
    ...sourceFields(t, (execution: ExecutionValue) => execution.source),
    name: t.exposeString('name', { description: 'For people; not unique. Empty while its record cannot be read.' }),
    creator: t.exposeString('creator', {
      nullable: true,
      description: 'Name of the viewer who made it through the gateway. Null: nobody did, or the backend itself says whose it is.',
    }),
    message: t.exposeString('message', { description: "The backend's last word on it, for people; may be empty." }),
    state: t.expose('state', { type: ExecutionState, description: 'Where it stands, in the vocabulary shared by all kinds of work.' }),
    rawState: t.exposeString('rawState', { description: "The backend's own word for the state; empty while its record cannot be read." }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the backend accepted it.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true, description: 'When it began. Null: not yet, or never.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When it was seen to have ended: where the backend keeps no such time, the last change of the record at that moment. Null: not yet.',
    }),
    durationSeconds: t.float({
      nullable: true,
      description: 'From its start to its end, or to the last look at it while it goes on. Null before the start; never negative.',
      resolve: ({ startedAt, endedAt, observedAt }) => (startedAt === null ? null : secondsBetween(startedAt, endedAt ?? observedAt)),
    }),
    observedAt: t.expose('observedAt', { type: 'DateTime', description: 'When the backend was last asked about it: how old all this is.' }),
  }),
});
