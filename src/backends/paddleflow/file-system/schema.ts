import type { Context } from '../../../context.ts';
import { builder } from '../../../graphql/builder.ts';
import { isKind } from '../../../graphql/is-kind.ts';
import { NameValueInput, NameValueRef } from '../../../graphql/name-value.ts';
import type { Connection } from '../../../graphql/pagination.ts';
import { loadPerSource } from '../../../graphql/per-source.ts';
import { idDescription } from '../../../graphql/relay-descriptions.ts';
import { pageOfWhole } from '../../../graphql/whole-list.ts';
import { keyOf } from '../../../core/key.ts';
import { sourceFields } from '../../../source/fields.schema.ts';
import { UserRef, userOf } from '../user/schema.ts';
import { linkPathOf } from './link-path.ts';
import type { FileSystem, FileSystemLink } from './model.ts';
import type { Whole } from './source.ts';

export const FileSystemRef = builder.loadableNodeRef('FileSystem', {
  id: { description: idDescription, resolve: (fileSystem: FileSystem) => fileSystem.key },
  load: (keys: string[], context: Context) =>
    loadPerSource(context, keys, (source, ids) => context.paddleflow.fileSystems(source).byIds(ids)),
  toKey: (fileSystem: FileSystem) => fileSystem.key,
});
export const FileSystemLinkRef = builder.loadableNodeRef('FileSystemLink', {
  id: { description: idDescription, resolve: (link: FileSystemLink) => link.key },
  load: (keys: string[], context: Context) =>
    loadPerSource(context, keys, (source, ids) => context.paddleflow.fileSystems(source).linksByIds(ids)),
  toKey: (link: FileSystemLink) => link.key,
});

interface WholePage<T> extends Connection<T> {
  readonly totalCount: number;
  readonly complete: boolean;
}
const wholePage = <T extends { readonly key: string }>(
  args: Parameters<typeof pageOfWhole>[0],
  { items, complete }: Whole<T>,
  list: string,
): WholePage<T> => ({ ...pageOfWhole(args, items, list), totalCount: items.length, complete });

const what = {
  type: 'Kind of storage: `s3`, `bos`, `hdfs`, `sftp`, `local`, `cfs`, `glusterfs`, `afs` or `mock`.',
  address: 'Host and port of the storage; may be empty.',
  subPath: 'Directory there that counts as the top.',
  properties: 'What else is known of the storage. Keys, passwords and all that might be secret can be set, and are never shown.',
};

FileSystemLinkRef.implement({
  description: 'Other storage that shows at a directory inside of a file system.',
  isTypeOf: isKind('FileSystemLink'),
  fields: (t) => ({
    path: t.exposeString('linkPath', { description: 'The directory inside of the file system.' }),
    ...sourceFields(t, (fileSystemLink: FileSystemLink) => fileSystemLink.source),
    fileSystem: t.field({
      type: FileSystemRef,
      nullable: true,
      description: 'Where it shows. Null when that is gone.',
      resolve: ({ fileSystemKey }) => fileSystemKey,
    }),
    type: t.exposeString('storageType', { description: 'Kind of storage: `s3`, `hdfs`, `sftp`, `local` or `cfs`.' }),
    serverAddress: t.exposeString('serverAddress', { description: what.address }),
    subPath: t.exposeString('subPath', { description: what.subPath }),
    properties: t.field({ type: [NameValueRef], description: what.properties, resolve: ({ properties }) => properties }),
  }),
});

const counts = <T>(kind: string) => ({
  totalCount: (page: unknown) => (page as WholePage<T>).totalCount, // made by `wholePage` alone
  complete: (page: unknown) => (page as WholePage<T>).complete, // as above
  incomplete: `False: the backend's paging, which goes by time, has lost its way, and older ${kind} are missing.`,
});
const ofLinks = counts<FileSystemLink>('links');
const LinkConnection = builder.connectionObject(
  {
    type: FileSystemLinkRef,
    name: 'FileSystemLinkConnection',
    description: 'A page of links, newest first.',
    fields: (t) => ({
      totalCount: t.int({ description: 'Number of all that match, over all pages.', resolve: ofLinks.totalCount }),
      complete: t.boolean({ description: ofLinks.incomplete, resolve: ofLinks.complete }),
    }),
  },
  { name: 'FileSystemLinkEdge', description: 'A link with its place in the list.' },
);

FileSystemRef.implement({
  description: 'Storage that is known to PaddleFlow under a name, and mounted by steps or by people. Viewers see their own ones.',
  isTypeOf: isKind('FileSystem'),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique per owner; workflows and runs name it.' }),
    ...sourceFields(t, (fileSystem: FileSystem) => fileSystem.source),
    fsId: t.exposeString('fsId', { description: "PaddleFlow's own id: `fs-<owner>-<name>`." }),
    owner: t.field({
      type: UserRef,
      nullable: true,
      description: 'User it belongs to; its name is unique among theirs. Null when the backend does not say.',
      resolve: ({ source, owner }) => userOf(source, owner),
    }),
    type: t.exposeString('storageType', { description: what.type }),
    serverAddress: t.exposeString('serverAddress', { description: what.address }),
    subPath: t.exposeString('subPath', { description: what.subPath }),
    properties: t.field({ type: [NameValueRef], description: what.properties, resolve: ({ properties }) => properties }),
    independentMountProcess: t.exposeBoolean('independentMountProcess', { description: 'Each pod mounts it by a process of its own.' }),
    links: t.connection(
      {
        type: FileSystemLinkRef,
        nullable: true,
        description:
          'Links in it, newest first. One upstream call per file system that is asked. Null with an error while the source cannot be reached.',
        resolve: async (fileSystem, args, context) =>
          wholePage(args, await context.paddleflow.fileSystems(fileSystem.source).links(fileSystem), keyOf('links', fileSystem.key)),
      },
      LinkConnection,
    ),
    link: t.field({
      type: FileSystemLinkRef,
      nullable: true,
      description: 'The link at one path; null when there is none.',
      args: { path: t.arg.string({ description: 'Directory inside of the file system, such as `/ext`.' }) },
      resolve: async (fileSystem, { path }, context) => {
        const place = linkPathOf(path);
        return (place && (await context.paddleflow.fileSystems(fileSystem.source).link(fileSystem, place))) || null;
      },
    }),
    mountCommand: t.string({
      nullable: true, // a bad path must not cost the file system
      description:
        'What a person runs in a shell to mount it at a directory of their machine; the gateway mounts nothing. The shell fills in `fuse_env` (path of pfs-fuse), `PADDLEFLOW_PASSWORD` and, for operators, `PADDLEFLOW_USERNAME`: no secret is in it. Null with an error for a path or an option that is none.',
      args: {
        path: t.arg.string({ description: 'Directory that is there and not mounted yet; better an absolute one.' }),
        options: t.arg({
          type: [NameValueInput],
          required: false,
          description: 'Further options of pfs-fuse: `{name: "file-mode", value: "0644"}`.',
        }),
      },
      resolve: (fileSystem, { path, options }, context) =>
        context.paddleflow.fileSystems(fileSystem.source).mountCommand(fileSystem, path, options ?? []),
    }),
  }),
});

const FileSystemFilter = builder.inputType('FileSystemFilter', {
  description: 'A condition for file systems.',
  fields: (t) => ({
    ownerName: t.string({ required: false, description: 'Name of the user they belong to. Somebody else has none for a viewer.' }),
  }),
});

const ofFileSystems = counts<FileSystem>('file systems');
const FileSystemConnection = builder.connectionObject(
  {
    type: FileSystemRef,
    name: 'FileSystemConnection',
    description: 'A page of file systems, newest first.',
    fields: (t) => ({
      totalCount: t.int({ description: 'Number of all that match, over all pages.', resolve: ofFileSystems.totalCount }),
      complete: t.boolean({ description: ofFileSystems.incomplete, resolve: ofFileSystems.complete }),
    }),
  },
  { name: 'FileSystemEdge', description: 'A file system with its place in the list.' },
);

builder.queryFields((t) => ({
  fileSystem: t.field({
    type: FileSystemRef,
    nullable: true,
    description: 'A file system; null when it is not there, or not for this viewer.',
    args: { id: t.arg.globalID({ for: FileSystemRef, description: 'Global id of a FileSystem, not its name.' }) },
    resolve: (_root, { id }) => id.id,
  }),
  fileSystems: t.connection(
    {
      type: FileSystemRef,
      nullable: true, // one dead source never blanks the page
      description:
        "File systems of one source, newest first: one's own for viewers, everybody's for operators. Asked there, so null with an error while it cannot be reached.",
      args: {
        source: t.arg.string({ description: 'Name of the source.' }),
        filter: t.arg({ type: FileSystemFilter, required: false, description: 'Left out: all that this viewer may see.' }),
      },
      resolve: async (_root, { source, filter, ...args }, context) => {
        context.paddleflow.requireSource(source);
        return wholePage(
          args,
          await context.paddleflow.fileSystems(source).list(filter?.ownerName ?? undefined),
          keyOf('fileSystems', source),
        );
      },
    },
    FileSystemConnection,
  ),
}));
