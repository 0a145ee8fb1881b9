import type { Context } from '../../../context.ts';
import { builder } from '../../../graphql/builder.ts';
import { isKind } from '../../../graphql/is-kind.ts';
import { lookAhead } from '../../../graphql/look-ahead.ts';
import { resolveMarkerConnection } from '../../../graphql/pagination.ts';
import { loadPerSource } from '../../../graphql/per-source.ts';
import { idDescription } from '../../../graphql/relay-descriptions.ts';
import { keyOf } from '../../../core/key.ts';
import { fileSystemId } from '../file-system/model.ts';
import { FileSystemRef } from '../file-system/schema.ts';
import { loadOfRuns, runIdsOn } from '../run/load-leavings.ts';
import type { Run } from '../run/model.ts';
import { RunRef } from '../run/schema.ts';
import { sourceFields } from '../../../source/fields.schema.ts';
import type { RunCache } from './model.ts';

export const RunCacheRef = builder.loadableNodeRef('RunCache', {
  id: { description: idDescription, resolve: (cache: RunCache) => cache.key },
  load: (keys: string[], context: Context) =>
    loadPerSource(context, keys, (source, ids) => context.paddleflow.runCaches(source).byIds(ids)),
  toKey: (cache: RunCache) => cache.key,
});

RunCacheRef.implement({
  description:
    'A record that lets later steps take over what a job has made, where command, environment, parameters and inputs are the same. Written when the job is submitted; viewers see those of their own file systems.',
  isTypeOf: isKind('RunCache'),
  fields: (t) => ({
    cacheId: t.exposeString('cacheId', { description: "PaddleFlow's own id, such as `cch-000004`; unique on its source." }),
    ...sourceFields(t, (runCache: RunCache) => runCache.source),
    runId: t.exposeString('runId', { description: "PaddleFlow's own id of the run whose job it is about." }),
    run: t.field({
      type: RunRef,
      nullable: true,
      description: 'The run whose job it is about. Null when it is not there any more, or not for this viewer.',
      resolve: ({ source, runId }) => (runId === '' ? null : keyOf(source, runId)),
    }),
    jobId: t.string({
      nullable: true,
      description: "PaddleFlow's own id of the job whose result it stands for. Null when the backend does not say.",
      resolve: ({ jobId }) => jobId || null,
    }),
    origin: t.exposeString('origin', { description: 'Only runs from the same origin use it; see `Run.origin`.' }),
    fileSystemName: t.string({
      nullable: true,
      description: 'Name of the main file system, where the result lies. Null when the backend does not say.',
      resolve: ({ fileSystem }) => fileSystem || null,
    }),
    fileSystem: t.field({
      type: FileSystemRef,
      nullable: true,
      description:
        'The main file system, where the result lies. Asked of the backend, with one call for all of a page. Null when it is not there any more, or not for this viewer.',
      resolve: ({ source, fileSystem, ownerName }) =>
        fileSystem === '' ? null : keyOf(source, fileSystemId({ owner: ownerName, name: fileSystem })),
    }),
    ownerName: t.exposeString('ownerName', { description: 'User who owns the file systems; not always the owner of the run.' }),
    firstFingerprint: t.exposeString('firstFingerprint', {
      description: 'SHA-256 of image, command, environment, parameters, mounts and the paths of inputs.',
    }),
    secondFingerprint: t.exposeString('secondFingerprint', {
      description: 'SHA-256 of when the inputs and the watched paths were last changed.',
    }),
    strategy: t.exposeString('strategy', { description: 'How hits are decided; PaddleFlow knows `conservative` alone.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'From then on it is no hit. Null: never.' }),
    registeredAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the job was submitted. Null when the backend does not say.',
    }),
    changedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Last change of the record, from which its time to live counts. Null when the backend does not say.',
    }),
  }),
});

builder.objectField(RunRef, 'caches', (t) =>
  t.loadableList({
    type: RunCacheRef,
    nullable: true,
    description:
      'Cache records that its jobs have left. Asked of the backend, with one call for a whole page of runs. Null with an error while the source cannot be reached.',
    load: (runs: Run[], context) => loadOfRuns(runs, (source, runIds) => context.paddleflow.runCaches(source).ofRuns(runIds)),
    loaderOptions: { cacheKeyFn: ({ source, runId }: Run) => keyOf(source, runId) },
    resolve: (run) => run,
  }),
);

const RunCacheFilter = builder.inputType('RunCacheFilter', {
  description: 'All conditions must hold; each list means "one of these".',
  fields: (t) => ({
    ownerNames: t.stringList({ required: false, description: 'Users who own the file systems.' }),
    fileSystemNames: t.stringList({ required: false, description: 'Names of main file systems.' }),
    runIds: t.globalIDList({ for: RunRef, required: false, description: 'Global ids of runs, on the same source.' }),
  }),
});

const RunCacheConnection = builder.connectionObject(
  { type: RunCacheRef, name: 'RunCacheConnection', description: 'A page of cache records, oldest first as the backend lists them.' },
  { name: 'RunCacheEdge', description: 'A cache record with its place in the list.' },
);

builder.queryFields((t) => ({
  runCache: t.field({
    type: RunCacheRef,
    nullable: true,
    description: 'A cache record; null when it is not there, or not for this viewer.',
    args: { id: t.arg.globalID({ for: RunCacheRef, description: 'Global id of a RunCache, not its `cacheId`.' }) },
    resolve: (_root, { id }) => id.id,
  }),
  runCaches: t.connection(
    {
      type: RunCacheRef,
      nullable: true, // one dead source never blanks the page
      description: 'Cache records of one source, forward only. Asked there, so null with an error while it cannot be reached.',
      args: {
        source: t.arg.string({ description: 'Name of the source.' }),
        filter: t.arg({ type: RunCacheFilter, required: false, description: 'Left out: all that this viewer may see.' }),
      },
      resolve: (_root, { source, filter, ...args }, context, info) => {
        context.paddleflow.requireSource(source);
        const wanted = {
          owners: filter?.ownerNames ?? undefined,
          fileSystems: filter?.fileSystemNames ?? undefined,
          runIds: runIdsOn(source, filter?.runIds),
        };
        return resolveMarkerConnection(args, (at) => context.paddleflow.runCaches(source).page(wanted, at), {
          source,
          list: keyOf('runCaches', source),
          peek: lookAhead(info).has('pageInfo.hasNextPage'),
        });
      },
    },
    RunCacheConnection,
  ),
}));
