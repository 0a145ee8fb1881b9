import type { Context } from '../../../context.ts';
import { isMap } from '../../../core/exact-number.ts';
import { builder } from '../../../graphql/builder.ts';
import { idempotencyKey } from '../../../execution/intent/key-field.ts';
import { splitKey } from '../../../core/key.ts';
import { PipelineRef } from '../pipeline/schema.ts';
import {
  ConflictProblem,
  ForbiddenProblem,
  InvalidInputProblem,
  NotFoundProblem,
  UnconfirmedProblem,
  UpstreamRejectedProblem,
} from '../../../problem/problem.ts';
import type { CreateRunBody } from './body.ts';
import type { Run } from './model.ts';
import { DeleteRunPayload, UnblockRunPayload } from './payload.schema.ts';
import { FailureStrategy } from '../workflow/failure-strategy.schema.ts';
import { requireWorkflow } from '../workflow/require.ts';
import { validateWorkflow, type Purpose } from '../workflow/validate.ts';
import { RunRef } from './schema.ts';
import { WorkflowPath } from '../workflow/path.schema.ts';

const problems = {
  types: [NotFoundProblem, ForbiddenProblem, ConflictProblem, InvalidInputProblem, UpstreamRejectedProblem, UnconfirmedProblem],
};

const RunFromPipeline = builder.inputType('RunFromPipelineInput', {
  description: 'A version of a stored pipeline.',
  fields: (t) => ({
    id: t.globalID({ for: PipelineRef, description: 'Id of the pipeline, on the source that the run is for.' }),
    version: t.string({
      required: false,
      description: 'Version, such as `1`. Left out: the latest, and the run then does not say which that was.',
    }),
  }),
});
const CreateRunFrom = builder.inputType('CreateRunFromInput', {
  isOneOf: true,
  description: 'What to run: exactly one of these.',
  fields: (t) => ({
    yaml: t.string({
      required: false,
      description: 'The workflow itself, as plain text, at most 65,535 bytes. Checked before it is sent.',
    }),
    pipeline: t.field({ type: RunFromPipeline, required: false, description: 'A stored pipeline.' }),
    path: t.field({
      type: WorkflowPath,
      required: false,
      description: 'A file, which becomes the place of the run too: its file system is the main one.',
    }),
  }),
});
const CreateRunInput = builder.inputType('CreateRunInput', {
  description: 'A run to start.',
  fields: (t) => ({
    source: t.string({ description: 'Name of the source that is to run it.' }),
    from: t.field({ type: CreateRunFrom, description: 'The workflow, and where it comes from.' }),
    name: t.string({ required: false, description: "Instead of the YAML's name; need not be unique. `[A-Za-z_][A-Za-z0-9_-]{0,127}`." }),
    description: t.string({ required: false, description: 'For people; shown with the run.' }),
    fileSystemName: t.string({ required: false, description: "Main file system; must be the YAML's own where that names one." }),
    fileSystemOwnerName: t.string({
      required: false,
      description:
        'User whose file systems are meant, for the account `root` only. The run stays with the account that starts it; its jobs, cached results and artifacts belong to that user. Left out: that account.',
    }),
    dockerEnv: t.string({
      required: false,
      description: "Shown as `Run.dockerEnv` instead of the YAML's, and nothing more: a step's image is what the YAML says.",
    }),
    parameters: t.field({
      type: 'JSON',
      required: false,
      description:
        'Overrides by name: `{"epoch": 10, "train.lr": 0.1}`. One that the workflow does not declare is refused. Numbers are sent as they are written.',
    }),
    disabled: t.stringList({ required: false, description: 'Full names of components to leave out.' }),
    failureStrategy: t.field({ type: FailureStrategy, required: false, description: "Instead of the YAML's." }),
    idempotencyKey: t.string(idempotencyKey),
  }),
});

const runPayload = (name: string, description: string, runDescription: string) =>
  builder.objectRef<{ readonly run: Run }>(name).implement({
    description,
    fields: (t) => ({ run: t.expose('run', { type: RunRef, description: runDescription }) }),
  });
const CreateRunPayload = runPayload('CreateRunPayload', 'The run was started.', 'The new run, as the backend has it now.');
const StopRunPayload = runPayload(
  'StopRunPayload',
  'The run is being stopped, or was already.',
  'The run, which may stay STOPPING for long.',
);
const RetryRunPayload = runPayload(
  'RetryRunPayload',
  'A new run was made from a failed or cancelled one.',
  'The new run; what had succeeded is carried over into it.',
);

/** A parameter with two values for the same component: the backend takes either (contract 7.6). */
function ambiguousOverride(parameters: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(parameters).find((name) =>
    Object.keys(parameters).some(
      (other) => other.endsWith(`.${name}`) && JSON.stringify(parameters[other]) !== JSON.stringify(parameters[name]),
    ),
  );
}

/** The check of a workflow counts a value as there or not; what it is does not matter. */
const given = (value: string | null | undefined) => (value ? 'given' : undefined);

/** The text alone first, so that a place in it is never given for what only the request names. */
async function requireText(yaml: string, purpose: Purpose, disabled: readonly string[], heavy: Context['heavy']): Promise<void> {
  await heavy(() => requireWorkflow(yaml, { ...purpose, ...(disabled.length > 0 && { disabled: [] }) }, 'from.yaml'));
  if (disabled.length === 0) return;
  const [error] = (await heavy(() => validateWorkflow(yaml, { ...purpose, disabled }))).issues.filter(
    ({ severity }) => severity === 'ERROR',
  );
  if (error) throw new InvalidInputProblem(error.message, 'disabled');
}

/** The request in the backend's terms. Throws `InvalidInputProblem` for what GraphQL's types do not catch. */
async function bodyOf({ source, from, ...input }: typeof CreateRunInput.$inferInput, heavy: Context['heavy']): Promise<CreateRunBody> {
  const parameters: unknown = input.parameters ?? undefined;
  if (parameters !== undefined && !isMap(parameters)) throw new InvalidInputProblem('must be an object of names and values', 'parameters');
  const doubled = parameters && ambiguousOverride(parameters);
  if (doubled !== undefined)
    throw new InvalidInputProblem(
      `${doubled} is given for all and for one component, and which one counts would be left to chance`,
      'parameters',
    );
  if (from.pipeline && splitKey(from.pipeline.id.id).source !== source)
    throw new InvalidInputProblem('is on another source', 'from.pipeline.id');
  if (from.path && input.fileSystemName && input.fileSystemName !== from.path.fileSystemName)
    throw new InvalidInputProblem('is not the one of the path', 'fileSystemName');
  if (from.path?.fileSystemName === '') throw new InvalidInputProblem('must not be empty', 'from.path.fileSystemName');
  if (input.disabled?.some((name) => name === '' || name.includes(',')))
    throw new InvalidInputProblem('holds what is no name of a component', 'disabled');
  if (typeof from.yaml === 'string')
    await requireText(
      from.yaml,
      { kind: 'RUN', name: given(input.name), fileSystem: given(input.fileSystemName) },
      input.disabled ?? [],
      heavy,
    );
  return {
    runYaml: from.yaml ?? undefined,
    pipelineID: from.pipeline ? splitKey(from.pipeline.id.id).id : undefined,
    pipelineVersionID: from.pipeline?.version ?? undefined,
    runYamlPath: from.path?.path,
    fsName: from.path?.fileSystemName ?? input.fileSystemName ?? undefined,
    name: input.name ?? undefined,
    desc: input.description ?? undefined,
    username: input.fileSystemOwnerName || undefined,
    dockerEnv: input.dockerEnv ?? undefined,
    parameters,
    disabled: input.disabled?.join(',') || undefined,
    failureOptions: input.failureStrategy ? { strategy: input.failureStrategy } : undefined,
  };
}

const StopRunInput = builder.inputType('StopRunInput', {
  description: 'The run to stop, and how.',
  fields: (t) => ({
    id: t.globalID({ for: RunRef, description: 'Global id of the run, not its `runId`.' }),
    force: t.boolean({ defaultValue: false, description: 'Leave out the closing step too.' }),
  }),
});
const UnblockRunInput = builder.inputType('UnblockRunInput', {
  description: 'A run that does not come to its end.',
  fields: (t) => ({ id: t.globalID({ for: RunRef, description: 'Global id of a run that is being stopped.' }) }),
});
const RetryRunInput = builder.inputType('RetryRunInput', {
  description: 'A run to try again.',
  fields: (t) => ({
    id: t.globalID({ for: RunRef, description: 'Global id of a failed or cancelled run.' }),
    idempotencyKey: t.string(idempotencyKey),
  }),
});
const DeleteRunInput = builder.inputType('DeleteRunInput', {
  description: 'The run to delete, and what would prevent it.',
  fields: (t) => ({
    id: t.globalID({ for: RunRef, description: 'Global id of a run that has ended.' }),
    checkCache: t.boolean({ defaultValue: true, description: 'Refuse while another run uses results of this one.' }),
    ignoreMissing: t.boolean({ defaultValue: false, description: 'Count it as success when it is not there.' }),
    dryRun: t.boolean({ defaultValue: false, description: 'Say what it would do, and write nothing.' }),
  }),
});

builder.mutationFields((t) => ({
  createRun: t.field({
    type: CreateRunPayload,
    nullable: true, // an outage in one mutation leaves the answers of the others in the same operation
    description:
      'Starts a run; for operators, or who has signed in. Without an idempotency key it is sent once, and after a lost answer only a look at the newest runs tells what came of it.',
    errors: problems,
    args: {
      input: t.arg({ type: CreateRunInput, description: 'The workflow, the source that is to run it, and what differs from the YAML.' }),
    },
    resolve: async (_root, { input }, { heavy, paddleflow: { runWriter } }) => ({
      run: await runWriter.create({
        source: input.source,
        body: await bodyOf(input, heavy),
        idempotencyKey: input.idempotencyKey ?? undefined,
      }),
    }),
  }),
  stopRun: t.field({
    type: StopRunPayload,
    nullable: true,
    description: 'Asks a run to stop. Without `force` its closing step still runs. A run that has ended otherwise is a `ConflictProblem`.',
    errors: problems,
    args: { input: t.arg({ type: StopRunInput, description: 'The run, and whether gently.' }) },
    resolve: async (_root, { input }, { paddleflow: { runWriter } }) => ({ run: await runWriter.stop(input.id.id, input) }),
  }),
  unblockRun: t.field({
    type: UnblockRunPayload,
    nullable: true,
    description:
      'For a run that stays STOPPING, see `Run.stuckSince`: asks each of its unfinished jobs once more to stop. A closing step that still does its work is left alone: `stopRun` with `force` ends that. A run that is not being stopped is a `ConflictProblem`.',
    errors: problems,
    args: { input: t.arg({ type: UnblockRunInput, description: 'The run that is meant.' }) },
    resolve: (_root, { input }, { paddleflow: { runWriter } }) => runWriter.unblock(input.id.id),
  }),
  retryRun: t.field({
    type: RetryRunPayload,
    nullable: true,
    description: 'Makes a new run of a failed or cancelled one, which keeps what had succeeded. Otherwise a `ConflictProblem`.',
    errors: problems,
    args: { input: t.arg({ type: RetryRunInput, description: 'The run, which stays as it is.' }) },
    resolve: async (_root, { input }, { paddleflow: { runWriter } }) => ({
      run: await runWriter.retry(input.id.id, { idempotencyKey: input.idempotencyKey ?? undefined }),
    }),
  }),
  deleteRun: t.field({
    type: DeleteRunPayload,
    nullable: true,
    description:
      'Deletes a run that has ended, with its files under `.pipeline` on its main file system. Its jobs stay, and so does what the gateway has archived of its log. Its streams end with DELETED.',
    errors: problems,
    args: { input: t.arg({ type: DeleteRunInput, description: 'The run, and what is to prevent it.' }) },
    resolve: (_root, { input }, { paddleflow: { runWriter } }) => runWriter.delete(input.id.id, input),
  }),
}));
