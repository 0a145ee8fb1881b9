import { builder } from '../../../graphql/builder.ts';
import { mapOf, NameValueInput } from '../../../graphql/name-value.ts';
import { idempotencyKey } from '../../../execution/intent/key-field.ts';
import { splitKey } from '../../../core/key.ts';
import { ClusterRef } from '../cluster/schema.ts';
import { deletionPayload } from '../deletion/schema.ts';
import { InvalidInputProblem, NotSupportedProblem } from '../../../problem/problem.ts';
import { requireResources } from '../resources/input.ts';
import { excessOf } from '../resources/model.ts';
import { ResourcesInputRef } from '../resources/schema.ts';
import { writeProblems } from '../../../problem/write-problems.ts';
import type { CreateQueueBody, UpdateQueueBody } from './body.ts';
import type { Queue } from './model.ts';
import { QueueRef } from './schema.ts';

const minimum = 'Guaranteed; for `elasticQuota` only, and not over the maximum.';
const entries = 'Settings of the quota, an open map.';

const CreateQueueInput = builder.inputType('CreateQueueInput', {
  description: 'A queue to make.',
  fields: (t) => ({
    source: t.string({ description: 'Name of the source that is to have it.' }),
    name: t.string({ description: 'Lower case letters, digits and inner `-`, at most 63. `default` is reserved.' }),
    namespace: t.string({ description: 'Kubernetes namespace for its pods, one of those the cluster allows; made when it is missing.' }),
    clusterId: t.globalID({
      for: ClusterRef,
      required: false,
      description: 'An online cluster of the source. Left out: `default-cluster`, on servers of a single cluster.',
    }),
    quotaType: t.string({ defaultValue: 'elasticQuota', description: '`elasticQuota` or `volcanoCapabilityQuota`.' }),
    maxResources: t.field({ type: ResourcesInputRef, description: 'Never exceeded.' }),
    minResources: t.field({ type: ResourcesInputRef, required: false, description: minimum }),
    location: t.field({ type: [NameValueInput], required: false, description: `${entries} The backend adds entries of its own.` }),
    schedulingPolicies: t.stringList({ required: false, description: 'Policies of the batch scheduler.' }),
    idempotencyKey: t.string(idempotencyKey),
  }),
});
const UpdateQueueInput = builder.inputType('UpdateQueueInput', {
  description: 'What is to change of a queue; what is left out stays.',
  fields: (t) => ({
    id: t.globalID({ for: QueueRef, description: 'Global id of the queue.' }),
    maxResources: t.field({ type: ResourcesInputRef, required: false, description: 'Never exceeded.' }),
    minResources: t.field({ type: ResourcesInputRef, required: false, description: minimum }),
    location: t.field({ type: [NameValueInput], required: false, description: entries }),
    addSchedulingPolicies: t.stringList({ required: false, description: 'Policies to add to those it has.' }),
    removeSchedulingPolicies: t.stringList({ required: false, description: 'Policies to take from it.' }),
  }),
});
const StopQueueInput = builder.inputType('StopQueueInput', {
  description: 'The queue that is to take no more work.',
  fields: (t) => ({ id: t.globalID({ for: QueueRef, description: 'Global id of the queue.' }) }),
});
const DeleteQueueInput = builder.inputType('DeleteQueueInput', {
  description: 'The queue that is to go.',
  fields: (t) => ({
    id: t.globalID({ for: QueueRef, description: 'Global id of the queue.' }),
    ignoreMissing: t.boolean({ defaultValue: false, description: 'Count it as success when it is not there.' }),
    dryRun: t.boolean({ defaultValue: false, description: 'Only say what hangs on it, and write nothing.' }),
  }),
});

/** A `-` at its end would remove a policy upstream (contract 2.3). */
function policies(names: readonly string[] | null | undefined, field: string): string[] {
  if (names?.some((name) => name === '' || name.endsWith('-')))
    throw new InvalidInputProblem('holds an empty name, or one that ends in "-"', field);
  return [...(names ?? [])];
}

function limitsOf({
  maxResources,
  minResources,
  location,
}: Pick<typeof UpdateQueueInput.$inferInput, 'maxResources' | 'minResources' | 'location'>) {
  const max = maxResources ? requireResources(maxResources, 'maxResources') : undefined;
  const min = minResources ? requireResources(minResources, 'minResources') : undefined;
  const excess = max && min && excessOf(min, max);
  if (excess) throw new InvalidInputProblem('must not exceed the maximum', `minResources.${excess}`);
  return { maxResources: max, minResources: min, location: mapOf(location) };
}

function creationOf({ source, clusterId, ...input }: typeof CreateQueueInput.$inferInput): CreateQueueBody {
  const { name, namespace, quotaType, schedulingPolicies } = input;
  const place = clusterId ? splitKey(clusterId.id) : undefined;
  if (place && place.source !== source) throw new InvalidInputProblem('is on another source', 'clusterId');
  if (quotaType !== 'elasticQuota' && quotaType !== 'volcanoCapabilityQuota')
    throw new InvalidInputProblem('must be elasticQuota or volcanoCapabilityQuota', 'quotaType');
  const maxResources = requireResources(input.maxResources, 'maxResources');
  const schedulingPolicy = policies(schedulingPolicies, 'schedulingPolicies');
  return { name, namespace, quotaType, clusterName: place?.id, ...limitsOf(input), maxResources, schedulingPolicy };
}

function changeOf(input: typeof UpdateQueueInput.$inferInput): UpdateQueueBody {
  const added = policies(input.addSchedulingPolicies, 'addSchedulingPolicies');
  const gone = policies(input.removeSchedulingPolicies, 'removeSchedulingPolicies');
  const both = gone.find((name) => added.includes(name)); // which the backend would remove, without a word
  if (both !== undefined) throw new InvalidInputProblem(`holds ${both}, which is to be added as well`, 'removeSchedulingPolicies');
  const removed = gone.map((name) => `${name}-`);
  const schedulingPolicy = added.length + removed.length > 0 ? [...added, ...removed] : undefined;
  return { ...limitsOf(input), schedulingPolicy };
}

const payload = (name: string, description: string, queueDescription: string) =>
  builder.objectRef<{ readonly queue: Queue }>(name).implement({
    description,
    fields: (t) => ({ queue: t.expose('queue', { type: QueueRef, description: queueDescription }) }),
  });
const CreateQueuePayload = payload(
  'CreateQueuePayload',
  'The queue was made.',
  'The new queue; it may take half a minute until steps can use it.',
);
const UpdateQueuePayload = payload('UpdateQueuePayload', 'The queue was changed.', 'The queue as it is now.');
const StopQueuePayload = payload(
  'StopQueuePayload',
  'The queue takes no more work.',
  'The queue, which is closed once its jobs have ended.',
);
const DeleteQueuePayload = deletionPayload('Queue', 'The queue', ['unfinishedRunIds', 'scheduleIds', 'grantedUserNames']);

const withVersions = [...writeProblems, NotSupportedProblem];

builder.mutationFields((t) => ({
  createQueue: t.field({
    type: CreateQueuePayload,
    nullable: true, // an outage in one mutation leaves the answers of the others in the same operation
    description: 'Makes a queue; for admins. A name that is taken, and a cluster that is offline, are a `ConflictProblem`.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: CreateQueueInput, description: 'Where it is to be, and how large.' }) },
    resolve: async (_root, { input }, { paddleflow: { queueWriter } }) => ({
      queue: await queueWriter.create(input.source, creationOf(input), { idempotencyKey: input.idempotencyKey ?? undefined }),
    }),
  }),
  updateQueue: t.field({
    type: UpdateQueuePayload,
    nullable: true,
    description: 'Changes the limits of a queue; for admins. `NotSupportedProblem` on servers before v0.14.1.',
    errors: { types: withVersions },
    args: { input: t.arg({ type: UpdateQueueInput, description: 'What is to change.' }) },
    resolve: async (_root, { input }, { paddleflow: { queueWriter } }) => ({
      queue: await queueWriter.update(input.id.id, changeOf(input)),
    }),
  }),
  stopQueue: t.field({
    type: StopQueuePayload,
    nullable: true,
    description:
      'Lets a queue take no more work; for admins. PaddleFlow can do that up to v0.14.0 only: `NotSupportedProblem` on later servers, where nothing is changed.',
    errors: { types: withVersions },
    args: { input: t.arg({ type: StopQueueInput, description: 'The queue that is meant.' }) },
    resolve: async (_root, { input }, { paddleflow: { queueWriter } }) => ({ queue: await queueWriter.stop(input.id.id) }),
  }),
  deleteQueue: t.field({
    type: DeleteQueuePayload,
    nullable: true,
    description: 'Deletes a queue with the grants on it; for admins. One with unfinished jobs stays: `ConflictProblem`.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: DeleteQueueInput, description: 'The queue, or the question what hangs on it.' }) },
    resolve: (_root, { input }, { paddleflow: { queueWriter } }) => queueWriter.delete(input.id.id, input),
  }),
}));
