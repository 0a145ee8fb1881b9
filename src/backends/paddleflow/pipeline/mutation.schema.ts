import { builder } from '../../../graphql/builder.ts';
import { deletionPayload } from '../deletion/schema.ts';
import { idempotencyKey } from '../../../execution/intent/key-field.ts';
import { InvalidInputProblem } from '../../../problem/problem.ts';
import { writeProblems } from '../../../problem/write-problems.ts';
import { WorkflowPath } from '../workflow/path.schema.ts';
import type { PipelineBody } from './body.ts';
import { pipelinesAhead, PipelineRef, PipelineVersionRef } from './schema.ts';
import type { MadeVersion } from './write.ts';

const PipelineFrom = builder.inputType('PipelineFromInput', {
  isOneOf: true,
  description: 'Where the workflow comes from: exactly one of these.',
  fields: (t) => ({
    yaml: t.string({ required: false, description: 'The workflow as plain text, at most 65,535 bytes. Checked before it is sent.' }),
    path: t.field({
      type: WorkflowPath,
      required: false,
      description: 'A file. That only says where it is read: its file system does not become the main one.',
    }),
  }),
});
const fileSystemOwner = 'User whose file systems are meant, for the account `root` only. Left out: the owner of the pipeline.';

const CreatePipelineInput = builder.inputType('CreatePipelineInput', {
  description: 'A pipeline to store. Its name is that of its YAML.',
  fields: (t) => ({
    source: t.string({ description: 'Name of the source that is to have it.' }),
    from: t.field({ type: PipelineFrom, description: 'Workflow of the first version.' }),
    description: t.string({ required: false, description: 'For people, at most 256 bytes.' }),
    fileSystemOwnerName: t.string({ required: false, description: fileSystemOwner }),
    idempotencyKey: t.string(idempotencyKey),
  }),
});
const CreatePipelineVersionInput = builder.inputType('CreatePipelineVersionInput', {
  description: 'A new version of a pipeline.',
  fields: (t) => ({
    pipelineId: t.globalID({ for: PipelineRef, description: 'Global id of the pipeline, whose name the YAML must bear.' }),
    from: t.field({ type: PipelineFrom, description: 'Workflow of the new version.' }),
    description: t.string({
      required: false,
      description:
        'Takes the place of the description of the pipeline, at most 256 bytes; an empty one removes it. Left out: it stays as it is.',
    }),
    fileSystemOwnerName: t.string({ required: false, description: fileSystemOwner }),
    idempotencyKey: t.string(idempotencyKey),
  }),
});

const DeletePipelineInput = builder.inputType('DeletePipelineInput', {
  description: 'The pipeline to delete, with all its versions.',
  fields: (t) => ({
    id: t.globalID({ for: PipelineRef, description: 'Global id of the pipeline.' }),
    ignoreMissing: t.boolean({ defaultValue: false, description: 'Count it as success when it is not there.' }),
    dryRun: t.boolean({ defaultValue: false, description: 'Only say what hangs on it, and write nothing.' }),
  }),
});
const DeletePipelineVersionInput = builder.inputType('DeletePipelineVersionInput', {
  description: 'The version that is to go.',
  fields: (t) => ({
    id: t.globalID({ for: PipelineVersionRef, description: 'Global id of a version that is not the last one.' }),
    ignoreMissing: t.boolean({ defaultValue: false, description: 'Count it as success when it is not there.' }),
    dryRun: t.boolean({ defaultValue: false, description: 'Only say what hangs on it, and write nothing.' }),
  }),
});

const payload = (name: string, description: string, pipeline: string, version: string) =>
  builder.objectRef<MadeVersion>(name).implement({
    description,
    fields: (t) => ({
      pipeline: t.expose('pipeline', { type: PipelineRef, description: pipeline }),
      version: t.expose('version', { type: PipelineVersionRef, description: version }),
    }),
  });
const CreatePipelinePayload = payload(
  'CreatePipelinePayload',
  'The pipeline was stored.',
  'The pipeline that was stored.',
  'The version that was created, its first one.',
);
const CreatePipelineVersionPayload = payload(
  'CreatePipelineVersionPayload',
  'The version was added.',
  'The pipeline, with its description as it is now.',
  'The version that was added.',
);
const DeletePipelinePayload = deletionPayload('Pipeline', 'The pipeline with all its versions', ['unfinishedRunIds', 'scheduleIds']);
const DeletePipelineVersionPayload = deletionPayload('PipelineVersion', 'The version', ['unfinishedRunIds', 'scheduleIds']);

function bodyOf({
  from,
  description,
  fileSystemOwnerName: username,
}: Omit<typeof CreatePipelineInput.$inferInput, 'source'>): PipelineBody {
  if (from.path?.fileSystemName === '') throw new InvalidInputProblem('must not be empty', 'from.path.fileSystemName');
  return {
    yaml: from.yaml ?? undefined,
    fsName: from.path?.fileSystemName,
    yamlPath: from.path?.path,
    username: username ?? undefined,
    desc: description ?? undefined,
  };
}

builder.mutationFields((t) => ({
  createPipeline: t.field({
    type: CreatePipelinePayload,
    nullable: true, // an outage in one mutation leaves the answers of the others in the same operation
    description:
      'Stores a workflow under the name in its YAML; for operators, or who has signed in. A name that is taken is a `ConflictProblem`.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: CreatePipelineInput, description: 'The workflow, and the source that is to keep it.' }) },
    resolve: (_root, { input }, { paddleflow: { pipelineWriter } }) =>
      pipelineWriter.create(input.source, bodyOf(input), { idempotencyKey: input.idempotencyKey ?? undefined }),
  }),
  createPipelineVersion: t.field({
    type: CreatePipelineVersionPayload,
    nullable: true,
    description:
      'Adds a version to a pipeline. Without an idempotency key, after an `UnconfirmedProblem`, look at the versions before repeating it.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: CreatePipelineVersionInput, description: 'The workflow, and whose next version it becomes.' }) },
    resolve: async (_root, { input }, context) => {
      const made = await context.paddleflow.pipelineWriter.createVersion(input.pipelineId.id, bodyOf(input), {
        idempotencyKey: input.idempotencyKey ?? undefined,
      });
      // Who asks again in this operation sees it changed.
      PipelineRef.getDataloader(context).clear(made.pipeline.key);
      pipelinesAhead.set(context, made.pipeline.key, made.pipeline);
      return made;
    },
  }),
  deletePipeline: t.field({
    type: DeletePipelinePayload,
    nullable: true,
    description: 'Deletes a pipeline with all its versions. While a running schedule uses one it stays: `ConflictProblem`. Its runs go on.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: DeletePipelineInput, description: 'The pipeline, or the question what hangs on it.' }) },
    resolve: async (_root, { input }, context) => {
      const deleted = await context.paddleflow.pipelineWriter.delete(input.id.id, input);
      if (deleted.affected !== null) return deleted;
      PipelineRef.getDataloader(context).clear(input.id.id);
      pipelinesAhead.set(context, input.id.id, null);
      return deleted;
    },
  }),
  deletePipelineVersion: t.field({
    type: DeletePipelineVersionPayload,
    nullable: true,
    description:
      'Deletes one version. While a running schedule uses it, and as long as it is the only one, it stays: `ConflictProblem`. The gateway keeps its YAML for the runs that were made from it.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: DeletePipelineVersionInput, description: 'The version, or the question what hangs on it.' }) },
    resolve: (_root, { input }, { paddleflow: { pipelineWriter } }) => pipelineWriter.deleteVersion(input.id.id, input),
  }),
}));
