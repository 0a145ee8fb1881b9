import { builder } from '../../../graphql/builder.ts';
import type { SourceState } from '../../../source/directory.ts';
import { SourceRef } from '../../../source/schema.ts';
import { runIdOf } from '../run/run-id.ts';

const SyncPhase = builder.enumType('SyncPhase', {
  description: 'How far the mirror of the runs has come.',
  values: {
    STARTING: { description: 'Looking for what is running and for the newest run.' },
    BACKFILL: { description: 'Reading history, newest first.' },
    COMPLETE: { description: 'Every run is in the catalog.' },
  },
} as const);

const SourceSync = builder.objectRef<SourceState>('SourceSync').implement({
  description: 'How far the catalog has caught up with a source.',
  fields: (t) => ({
    phase: t.expose('phase', { type: SyncPhase, description: 'Until it is COMPLETE, lists and totals lack older runs.' }),
    doneShare: t.float({
      description: 'Share of the run numbers that have been read, 0 to 1.',
      // Everything above `backfilledTo` has been asked for.
      resolve: ({ phase, newestOrdinal, backfilledTo }) =>
        phase === 'COMPLETE' ? 1 : newestOrdinal === 0 ? 0 : (newestOrdinal - backfilledTo) / newestOrdinal,
    }),
    newestId: t.string({
      nullable: true,
      description: "PaddleFlow's own id of the newest run; null while none is known.",
      resolve: ({ newestOrdinal }) => (newestOrdinal === 0 ? null : runIdOf(newestOrdinal)),
    }),
  }),
});

builder.objectRef<SourceState>('PaddleFlowSource').implement({
  description: 'A PaddleFlow server.',
  interfaces: [SourceRef],
  fields: (t) => ({
    sync: t.field({ type: SourceSync, description: 'How much of the history of its runs the catalog has.', resolve: (source) => source }),
    seesAllRuns: t.boolean({
      description: "False: its service account is not `root`, so only that account's runs are here, and they are found slowly.",
      resolve: ({ name }, _args, { paddleflow }) => paddleflow.seesAllRuns(name),
    }),
    version: t.string({
      nullable: true,
      description: 'Git version of the server, asked there. Null when it does not say or cannot be reached.',
      resolve: ({ name }, _args, { paddleflow }) => paddleflow.versionOf(name),
    }),
  }),
});
