import { accountOn } from '../../../auth/viewer.ts';
import type { Context } from '../../../context.ts';
import { createShelf, loadAhead } from '../../../graphql/ahead.ts';
import { builder } from '../../../graphql/builder.ts';
import { isKind } from '../../../graphql/is-kind.ts';
import { lookAhead } from '../../../graphql/look-ahead.ts';
import { resolveMarkerConnection } from '../../../graphql/pagination.ts';
import { loadPerSource } from '../../../graphql/per-source.ts';
import { idDescription } from '../../../graphql/relay-descriptions.ts';
import { keyOf } from '../../../core/key.ts';
import { sourceFields } from '../../../source/fields.schema.ts';
import { UserRef, userOf } from '../user/schema.ts';
import { PipelineGraphRef } from '../workflow/graph.schema.ts';
import { graphOf } from '../workflow/graph.ts';
import type { Pipeline, PipelineVersion } from './model.ts';

/** The upstream asks for root; a viewer with an owner of their own sees theirs only. */
const visible = <T extends { readonly source: string; readonly owner: string }>({ viewer }: Context, item: T): boolean =>
  viewer.owner === undefined || accountOn(viewer, item.source) === item.owner;
const onlyVisible = async <T extends { readonly source: string; readonly owner: string; readonly key: string }>(
  context: Context,
  items: Promise<readonly T[]>,
): Promise<T[]> => (await items).filter((item) => visible(context, item));

export const PipelineRef = builder.loadableNodeRef('Pipeline', {
  id: { description: idDescription, resolve: (pipeline: Pipeline) => pipeline.key },
  load: (keys: string[], context: Context) =>
    loadPerSource(context, keys, (source, ids) => onlyVisible(context, context.paddleflow.pipelines(source).byIds(ids))),
  toKey: (pipeline: Pipeline) => pipeline.key,
});
export const PipelineVersionRef = builder.loadableNodeRef('PipelineVersion', {
  id: { description: idDescription, resolve: (version: PipelineVersion) => version.key },
  load: (keys: string[], context: Context) =>
    loadPerSource(context, keys, (source, ids) => onlyVisible(context, context.paddleflow.pipelines(source).versionsByIds(ids))),
  toKey: (version: PipelineVersion) => version.key,
});

type Drawn = ReturnType<typeof graphOf>;
const drawings = new WeakMap<PipelineVersion, Promise<Drawn>>();
/** Two fields ask for it. */
function drawnOnce(version: PipelineVersion, heavy: Context['heavy']): Promise<Drawn> {
  const drawn = drawings.get(version) ?? heavy(() => graphOf(version.yaml));
  drawings.set(version, drawn);
  drawn.catch(() => drawings.delete(version)); // whoever is refused may ask again
  return drawn;
}

PipelineVersionRef.implement({
  description: 'A version of a pipeline. It never changes once made, so the gateway keeps it after it was seen once.',
  isTypeOf: isKind('PipelineVersion'),
  fields: (t) => ({
    version: t.exposeString('versionId', { description: 'Decimal, counting all versions ever made of this pipeline: `1`, `2`, …' }),
    pipeline: t.field({
      type: PipelineRef,
      nullable: true,
      description: 'What it is a version of. Null when the pipeline has been deleted.',
      resolve: ({ source, pipelineId }, _args, context) => pipelinesAhead.orKey(context, keyOf(source, pipelineId)),
    }),
    yaml: t.string({
      nullable: true,
      description: 'The workflow as it was submitted. Null when the backend has none.',
      resolve: ({ yaml }) => yaml || null,
    }),
    graph: t.field({
      type: PipelineGraphRef,
      nullable: true,
      description:
        'Steps and dags for drawing, from the YAML; costs no upstream call. Null for what cannot be read: see `graphUnreadable`.',
      resolve: async (version, _args, { heavy }) => {
        const drawn = await drawnOnce(version, heavy);
        return 'unreadable' in drawn ? null : drawn;
      },
    }),
    graphUnreadable: t.string({
      nullable: true,
      description: 'Why there is no `graph`, for people; null when there is one.',
      resolve: async (version, _args, { heavy }) => {
        const drawn = await drawnOnce(version, heavy);
        return 'unreadable' in drawn ? drawn.unreadable : null;
      },
    }),
    fileSystemName: t.string({
      nullable: true,
      description: 'Name of the file system the YAML was read from; null when it was sent as text.',
      resolve: ({ fsName }) => fsName || null,
    }),
    yamlPath: t.string({
      nullable: true,
      description: 'Path of the YAML there; null when it was sent as text.',
      resolve: ({ yamlPath }) => yamlPath || null,
    }),
    owner: t.field({
      type: UserRef,
      nullable: true,
      description: 'User who made this version. Null when the backend does not say.',
      resolve: ({ source, owner }) => userOf(source, owner),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When this version was made.' }),
  }),
});

const VersionConnection = builder.connectionObject(
  { type: PipelineVersionRef, name: 'PipelineVersionConnection', description: 'A page of versions, oldest first.' },
  { name: 'PipelineVersionEdge', description: 'A version with its place in the list.' },
);

PipelineRef.implement({
  description: 'A workflow under a name, kept in versions, from which runs are started.',
  isTypeOf: isKind('Pipeline'),
  fields: (t) => ({
    name: t.exposeString('name', { description: "Unique per owner; it comes from the YAML's `name`." }),
    ...sourceFields(t, (pipeline: Pipeline) => pipeline.source),
    description: t.exposeString('description', { description: 'Of the latest version: each new one overwrites it. May be empty.' }),
    owner: t.field({
      type: UserRef,
      nullable: true,
      description: 'User who made it; nobody else but `root` may use it. Null when the backend does not say.',
      resolve: ({ source, owner }) => userOf(source, owner),
    }),
    registeredAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its first version was made. Null when the backend does not say.',
    }),
    changedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last got a version. Null when the backend does not say.',
    }),
    versions: t.connection(
      {
        type: PipelineVersionRef,
        nullable: true,
        description:
          'All versions that were not deleted. One upstream call per pipeline that is asked. Null with an error while the source cannot be reached.',
        resolve: (pipeline, args, context, info) => {
          const { key, source, pipelineId } = pipeline;
          pipelinesAhead.set(context, key, pipeline); // for its versions, each of which leads back to it
          return resolveMarkerConnection(args, (at) => context.paddleflow.pipelines(source).versions(pipelineId, at), {
            source,
            list: keyOf('versions', key),
            peek: lookAhead(info).has('pageInfo.hasNextPage'),
          });
        },
      },
      VersionConnection,
    ),
  }),
});

export const pipelinesAhead = createShelf<Pipeline>('Pipeline');
export const versionsAhead = createShelf<PipelineVersion>('PipelineVersion');

/** Pipelines of a page of runs, ahead of the fields that show them. */
export async function loadPipelines(context: Context, keys: readonly string[]): Promise<void> {
  await loadAhead(pipelinesAhead, context, keys, (source, ids) => onlyVisible(context, context.paddleflow.pipelines(source).byIds(ids)));
}

/** The same for the versions. */
export async function loadVersions(context: Context, keys: readonly string[]): Promise<void> {
  await loadAhead(versionsAhead, context, keys, (source, ids) =>
    onlyVisible(context, context.paddleflow.pipelines(source).versionsByIds(ids)),
  );
}

const PipelineFilter = builder.inputType('PipelineFilter', {
  description: 'All conditions must hold; each list means "one of these".',
  fields: (t) => ({
    names: t.stringList({ required: false, description: 'Exact matches.' }),
    ownerNames: t.stringList({ required: false, description: 'Names of users.' }),
  }),
});

const PipelineConnection = builder.connectionObject(
  { type: PipelineRef, name: 'PipelineConnection', description: 'A page of pipelines, oldest first as the backend lists them.' },
  { name: 'PipelineEdge', description: 'A pipeline with its place in the list.' },
);

builder.queryFields((t) => ({
  pipeline: t.field({
    type: PipelineRef,
    nullable: true,
    description: 'A pipeline; null when it is not there, or not for this viewer.',
    args: { id: t.arg.globalID({ for: PipelineRef, description: 'Global id of a Pipeline, not its name.' }) },
    resolve: (_root, { id }) => id.id,
  }),
  pipelines: t.connection(
    {
      type: PipelineRef,
      nullable: true,
      description: 'Pipelines of one source, forward only. Asked there, so null with an error while it cannot be reached.',
      args: {
        source: t.arg.string({ description: 'Name of the source.' }),
        filter: t.arg({ type: PipelineFilter, required: false, description: 'Left out: all that this viewer may see.' }),
      },
      resolve: (_root, { source, filter, ...args }, context, info) => {
        context.paddleflow.requireSource(source);
        return resolveMarkerConnection(
          args,
          (at) => context.paddleflow.pipelines(source).page({ ...at, owners: filter?.ownerNames, names: filter?.names }),
          {
            source,
            list: keyOf('pipelines', source),
            peek: lookAhead(info).has('pageInfo.hasNextPage'),
          },
        );
      },
    },
    PipelineConnection,
  ),
}));
