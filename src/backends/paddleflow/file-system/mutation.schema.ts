import { builder } from '../../../graphql/builder.ts';
import { encodeGlobalId } from '../../../graphql/global-id.ts';
import { deletionPayload } from '../deletion/schema.ts';
import { idempotencyKey } from '../../../execution/intent/key-field.ts';
import { InvalidInputProblem } from '../../../problem/problem.ts';
import { writeProblems } from '../../../problem/write-problems.ts';
import { linkPathOf } from './link-path.ts';
import type { FileSystem, FileSystemLink } from './model.ts';
import { FileSystemLinkRef, FileSystemRef } from './schema.ts';
import { FileSystemStorageInput, LinkStorageInput } from './storage.schema.ts';
import { fileSystemSchemes, linkStorageOf, storageOf } from './storage.ts';

const CreateFileSystemInput = builder.inputType('CreateFileSystemInput', {
  description: 'A file system to make.',
  fields: (t) => ({
    source: t.string({ description: 'Name of the source that is to know it.' }),
    name: t.string({ description: 'Letters, digits, `_` and `-`; together with its owner at most 59. Unique per owner.' }),
    ownerName: t.string({
      required: false,
      description:
        "User it is to belong to; somebody else than oneself is for operators. Left out: one's own, for operators the service account's.",
    }),
    storage: t.field({ type: FileSystemStorageInput, description: 'Where it lies.' }),
    independentMountProcess: t.boolean({ defaultValue: false, description: 'Each pod mounts it by a process of its own.' }),
    idempotencyKey: t.string(idempotencyKey),
  }),
});
const DeleteFileSystemInput = builder.inputType('DeleteFileSystemInput', {
  description: 'The file system that is to go.',
  fields: (t) => ({
    id: t.globalID({ for: FileSystemRef, description: 'Global id of the file system.' }),
    ignoreMissing: t.boolean({ defaultValue: false, description: 'Count it as success when it is not there.' }),
    dryRun: t.boolean({ defaultValue: false, description: 'Only say what hangs on it, and write nothing.' }),
  }),
});
const CreateLinkInput = builder.inputType('CreateLinkInput', {
  description: 'Other storage to show inside of a file system.',
  fields: (t) => ({
    fileSystemId: t.globalID({ for: FileSystemRef, description: 'Where it is to show; not a local one.' }),
    path: t.string({ description: 'An empty directory there, such as `/ext`; neither inside of another link nor around one.' }),
    storage: t.field({ type: LinkStorageInput, description: 'What is to show there.' }),
    idempotencyKey: t.string(idempotencyKey),
  }),
});
const DeleteLinkInput = builder.inputType('DeleteLinkInput', {
  description: 'The link that is to go.',
  fields: (t) => ({
    id: t.globalID({ for: FileSystemLinkRef, description: 'Global id of the link.' }),
    ignoreMissing: t.boolean({ defaultValue: false, description: 'Count it as success when it, or its file system, is not there.' }),
  }),
});

const CreateFileSystemPayload = builder.objectRef<{ readonly fileSystem: FileSystem }>('CreateFileSystemPayload').implement({
  description: 'The file system was made, and the backend could reach its storage.',
  fields: (t) => ({
    fileSystem: t.expose('fileSystem', { type: FileSystemRef, description: 'As the backend has it now, without secrets.' }),
  }),
});
const DeleteFileSystemPayload = deletionPayload('FileSystem', 'The file system', ['unfinishedRunIds', 'scheduleIds', 'linkPaths']);
const CreateLinkPayload = builder.objectRef<{ readonly link: FileSystemLink }>('CreateLinkPayload').implement({
  description: 'The link was made, and the backend could reach its storage.',
  fields: (t) => ({ link: t.expose('link', { type: FileSystemLinkRef, description: 'As the backend has it now, without secrets.' }) }),
});
const DeleteLinkPayload = builder.objectRef<{ readonly key: string }>('DeleteLinkPayload').implement({
  description: 'The link is gone; what it led to stays.',
  fields: (t) => ({
    deletedId: t.id({
      description: 'Global id of what is gone, for the caches of clients.',
      resolve: ({ key }) => encodeGlobalId('FileSystemLink', key),
    }),
  }),
});

const errors = { types: writeProblems };

builder.mutationFields((t) => ({
  createFileSystem: t.field({
    type: CreateFileSystemPayload,
    nullable: true, // an outage in one mutation leaves the answers of the others in the same operation
    description:
      'Makes a file system. The backend tries to reach the storage first, which may take its time: `UpstreamRejectedProblem` with `ConnectivityFailed` when it cannot.',
    errors,
    args: { input: t.arg({ type: CreateFileSystemInput, description: 'Name and place of the file system.' }) },
    resolve: async (_root, { input: { source, ownerName, storage, ...input } }, { paddleflow: { fileSystemWriter } }) => {
      const wanted = {
        ...input,
        owner: ownerName ?? undefined,
        storage: storageOf(storage, fileSystemSchemes),
        idempotencyKey: input.idempotencyKey ?? undefined,
      };
      return { fileSystem: await fileSystemWriter.create(source, wanted) };
    },
  }),
  deleteFileSystem: t.field({
    type: DeleteFileSystemPayload,
    nullable: true,
    description:
      'Takes a file system from the backend, with its links; what is stored there stays. While it is mounted, or a running schedule uses it: `ConflictProblem`. Slow.',
    errors,
    args: { input: t.arg({ type: DeleteFileSystemInput, description: 'The file system, or the question what hangs on it.' }) },
    resolve: (_root, { input }, { paddleflow: { fileSystemWriter } }) => fileSystemWriter.delete(input.id.id, input),
  }),
  createLink: t.field({
    type: CreateLinkPayload,
    nullable: true,
    description:
      'Lets other storage show inside of a file system. A path that is not empty, or has a link already, is a `ConflictProblem`.',
    errors,
    args: { input: t.arg({ type: CreateLinkInput, description: 'What is to show, and where.' }) },
    resolve: async (_root, { input: { fileSystemId, storage, ...input } }, { paddleflow: { fileSystemWriter } }) => {
      const path = linkPathOf(input.path);
      if (path === undefined) throw new InvalidInputProblem('must name a directory inside of the file system, without ".."', 'path');
      const link = { path, storage: linkStorageOf(storage), idempotencyKey: input.idempotencyKey ?? undefined };
      return { link: await fileSystemWriter.createLink(fileSystemId.id, link) };
    },
  }),
  deleteLink: t.field({
    type: DeleteLinkPayload,
    nullable: true,
    description: 'Takes a link from a file system.',
    errors,
    args: { input: t.arg({ type: DeleteLinkInput, description: 'The link that is meant.' }) },
    resolve: async (_root, { input }, { paddleflow: { fileSystemWriter } }) => {
      await fileSystemWriter.deleteLink(input.id.id, input);
      return { key: input.id.id };
    },
  }),
}));
