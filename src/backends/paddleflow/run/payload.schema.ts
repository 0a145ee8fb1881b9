import { builder } from '../../../graphql/builder.ts';
import { encodeGlobalId } from '../../../graphql/global-id.ts';
import { keyOf } from '../../../core/key.ts';
import type { RunDeletion, RunDeletionEffects } from './deletion.ts';
import { runInCatalog, runsInCatalog } from './load-catalog.ts';
import type { Run } from './model.ts';
import { RunRef } from './schema.ts';
import { CacheHitRef } from './step.schema.ts';
import type { JobStop } from './stop-jobs.ts';

builder.objectField(CacheHitRef, 'run', (t) =>
  t.field({
    type: RunRef,
    nullable: true,
    description: 'The earlier run, from the catalog. Null when it is not known there, or not for this viewer.',
    resolve: ({ source, runId }, _args, context) => runInCatalog(context, keyOf(source, runId)),
  }),
);

const JobStopOutcome = builder.enumType('JobStopOutcome', {
  description: 'What became of asking a job to stop.',
  values: {
    ASKED: { description: 'The backend tries again to end it.' },
    ENDED: { description: 'The job has ended meanwhile, or is not there any more: there was nothing to stop.' },
    UNCONFIRMED: { description: 'The answer was lost. Asking again does no harm.' },
    FAILED: { description: 'The backend refused, or could not be reached; see the message.' },
  },
} as const);

const JobStopRef = builder.objectRef<JobStop>('JobStop').implement({
  description: 'A job that was asked to stop.',
  fields: (t) => ({
    path: t.string({ description: 'Path of the step; see `Component.path`.', resolve: ({ step }) => step.path }),
    jobId: t.string({ description: "PaddleFlow's own id of the job.", resolve: ({ step }) => step.jobId }),
    outcome: t.expose('outcome', { type: JobStopOutcome, description: 'What became of it.' }),
    message: t.exposeString('message', { nullable: true, description: 'Why it failed, or is not known, for people. Null otherwise.' }),
  }),
});

export const UnblockRunPayload = builder
  .objectRef<{ readonly run: Run; readonly jobs: readonly JobStop[] }>('UnblockRunPayload')
  .implement({
    description: 'The unfinished jobs of the run were asked once more to stop.',
    fields: (t) => ({
      run: t.expose('run', { type: RunRef, description: 'The run, as it was right after: the end, if it comes, comes later.' }),
      jobs: t.field({
        type: [JobStopRef],
        description: 'Jobs that were asked. Empty: no job is left to ask, so this cannot help.',
        resolve: ({ jobs }) => [...jobs],
      }),
    }),
  });

const RunDeletionObstacle = builder.enumType('RunDeletionObstacle', {
  description: 'Why the backend would refuse to delete a run.',
  values: {
    NOT_ENDED: { description: 'The run has not ended.' },
    CACHE_IN_USE: { description: 'A later run took over results of it. Without `checkCache` that does not count.' },
  },
} as const);

const RunDeletionEffectsRef = builder.objectRef<RunDeletionEffects>('RunDeletionEffects').implement({
  description: 'What deleting a run would do. Its jobs stay in any case, and so does what the gateway has archived of its log.',
  fields: (t) => ({
    obstacles: t.field({
      type: [RunDeletionObstacle],
      description: 'Why it would be a `ConflictProblem`. Empty: it would be done.',
      resolve: ({ obstacles }) => [...obstacles],
    }),
    cacheUsers: t.field({
      type: [RunRef],
      description: 'Later runs that took over results of it: the files go from under them.',
      resolve: ({ cacheUsers }, _args, context) => runsInCatalog(context, cacheUsers),
    }),
    filesDeleted: t.stringList({
      description: 'Paths of the artifacts that go, on its main file system.',
      resolve: ({ filesDeleted }) => [...filesDeleted],
    }),
    filesLeft: t.stringList({
      description: 'Paths of the artifacts that are left behind: those under a sub-path of the file system, which the backend overlooks.',
      resolve: ({ filesLeft }) => [...filesLeft],
    }),
  }),
});

export const DeleteRunPayload = builder.objectRef<RunDeletion>('DeleteRunPayload').implement({
  description: 'The run is gone from the backend or, with `dryRun`, untouched.',
  fields: (t) => ({
    deletedId: t.id({
      nullable: true,
      description: 'Global id of what is gone, for the caches of clients. Null with `dryRun`.',
      resolve: ({ key, affected }) => (affected === null ? encodeGlobalId('Run', key) : null),
    }),
    affected: t.expose('affected', {
      type: RunDeletionEffectsRef,
      nullable: true,
      description: 'What would happen; only with `dryRun`, otherwise null.',
    }),
  }),
});
