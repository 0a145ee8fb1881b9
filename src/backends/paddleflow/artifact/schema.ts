import { builder } from '../../../graphql/builder.ts';
import { lookAhead } from '../../../graphql/look-ahead.ts';
import { resolveMarkerConnection } from '../../../graphql/pagination.ts';
import { keyOf } from '../../../core/key.ts';
import { fileSystemId } from '../file-system/model.ts';
import { FileSystemRef } from '../file-system/schema.ts';
import { loadOfRuns, runIdsOn } from '../run/load-leavings.ts';
import type { Run } from '../run/model.ts';
import { RunRef } from '../run/schema.ts';
import { sourceFields } from '../../../source/fields.schema.ts';
import type { Artifact } from './model.ts';

const ArtifactDirection = builder.enumType('ArtifactDirection', {
  description: 'What a step did with an artifact.',
  values: { INPUT: { description: 'The step read it.' }, OUTPUT: { description: 'The step made it.' } },
} as const);

const ArtifactRef = builder.objectRef<Artifact>('Artifact').implement({
  description:
    'The note that a step has read or made something on a file system. It has no id upstream; viewers see those of their own file systems.',
  fields: (t) => ({
    ...sourceFields(t, (artifact: Artifact) => artifact.source),
    name: t.exposeString('name', { description: 'As the step calls it in the YAML.' }),
    direction: t.expose('direction', {
      type: ArtifactDirection,
      nullable: true,
      description: 'Read or made. Null for a word that the gateway does not know, see `rawDirection`.',
    }),
    rawDirection: t.exposeString('rawDirection', { description: "The backend's own word." }),
    paths: t.exposeStringList('paths', { description: 'On the file system; several when a looped step made them.' }),
    fileSystemName: t.exposeString('fileSystem', { description: 'Name of the file system it lies on.' }),
    fileSystem: t.field({
      type: FileSystemRef,
      nullable: true,
      description:
        'The file system it lies on. Asked of the backend, with one call for all of a page. Null when it is not there any more, or not for this viewer.',
      resolve: ({ source, fileSystem, ownerName }) =>
        fileSystem === '' ? null : keyOf(source, fileSystemId({ owner: ownerName, name: fileSystem })),
    }),
    ownerName: t.exposeString('ownerName', { description: 'User who owns the file system; not always the owner of the run.' }),
    runId: t.exposeString('runId', { description: "PaddleFlow's own id of the run of the step." }),
    run: t.field({
      type: RunRef,
      nullable: true,
      description: 'The run of the step. Null when it is not there any more, or not for this viewer.',
      resolve: ({ source, runId }) => keyOf(source, runId),
    }),
    stepName: t.exposeString('stepName', { description: 'The step, as in the YAML; the turns of a loop share it.' }),
    jobId: t.string({
      nullable: true,
      description: "PaddleFlow's own id of the job of the step. Null when the backend does not say.",
      resolve: ({ jobId }) => jobId || null,
    }),
    meta: t.exposeString('meta', { description: 'What the backend notes besides; mostly empty.' }),
    registeredAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was noted. Null when the backend does not say.',
    }),
    changedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Last change of the note. Null when the backend does not say.',
    }),
  }),
});

builder.objectField(RunRef, 'artifacts', (t) =>
  t.loadableList({
    type: ArtifactRef,
    nullable: true,
    description:
      'What its steps have read and made. Asked of the backend, with one call for a whole page of runs. Null with an error while the source cannot be reached.',
    load: (runs: Run[], context) => loadOfRuns(runs, (source, runIds) => context.paddleflow.artifacts(source).ofRuns(runIds)),
    loaderOptions: { cacheKeyFn: ({ source, runId }: Run) => keyOf(source, runId) },
    resolve: (run) => run,
  }),
);

const ArtifactFilter = builder.inputType('ArtifactFilter', {
  description: 'All conditions must hold; each list means "one of these".',
  fields: (t) => ({
    ownerNames: t.stringList({ required: false, description: 'Users who own the file systems.' }),
    fileSystemNames: t.stringList({ required: false, description: 'Names of the file systems on which they lie.' }),
    runIds: t.globalIDList({ for: RunRef, required: false, description: 'Global ids of runs, on the same source.' }),
    directions: t.field({ type: [ArtifactDirection], required: false, description: 'Read, or made.' }),
    paths: t.stringList({ required: false, description: 'Exact paths. Those with a comma, as looped steps have, cannot be asked for.' }),
  }),
});

const ArtifactConnection = builder.connectionObject(
  { type: ArtifactRef, name: 'ArtifactConnection', description: 'A page of artifacts, oldest first as the backend lists them.' },
  { name: 'ArtifactEdge', description: 'An artifact with its place in the list.' },
);

builder.queryField('artifacts', (t) =>
  t.connection(
    {
      type: ArtifactRef,
      nullable: true, // one dead source never blanks the page
      description: 'Artifacts of one source, forward only. Asked there, so null with an error while it cannot be reached.',
      args: {
        source: t.arg.string({ description: 'Name of the source.' }),
        filter: t.arg({ type: ArtifactFilter, required: false, description: 'Left out: all that this viewer may see.' }),
      },
      resolve: (_root, { source, filter, ...args }, context, info) => {
        context.paddleflow.requireSource(source);
        const wanted = {
          owners: filter?.ownerNames ?? undefined,
          fileSystems: filter?.fileSystemNames ?? undefined,
          runIds: runIdsOn(source, filter?.runIds),
          directions: filter?.directions ?? undefined,
          paths: filter?.paths ?? undefined,
        };
        return resolveMarkerConnection(args, (at) => context.paddleflow.artifacts(source).page(wanted, at), {
          source,
          list: keyOf('artifacts', source),
          peek: lookAhead(info).has('pageInfo.hasNextPage'),
        });
      },
    },
    ArtifactConnection,
  ),
);
