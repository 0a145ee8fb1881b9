import { builder } from '../../../graphql/builder.ts';
import { deletionPayload } from '../deletion/schema.ts';
import { idempotencyKey } from '../../../execution/intent/key-field.ts';
import { InvalidInputProblem } from '../../../problem/problem.ts';
import { writeProblems } from '../../../problem/write-problems.ts';
import type { UpdateClusterBody } from './body.ts';
import type { Cluster } from './model.ts';
import { ClusterRef } from './schema.ts';

const text = {
  type: '`Kubernetes` or `K3S`.',
  version: 'Kubernetes version such as `1.20`; needed with the type `Kubernetes`.',
  credential: 'A kubeconfig as plain text. It can be written only: no query shows it.',
  provider: 'Where it comes from, a word of yours.',
  online: 'Whether it is to be used: the backend does not probe. Queues are only created on an online cluster.',
  description: 'For people.',
  setting: 'Settings, plain text. Put no secrets there: it is shown.',
  namespaces: 'Namespaces that queues may use',
};

const CreateClusterInput = builder.inputType('CreateClusterInput', {
  description: 'A cluster to register.',
  fields: (t) => ({
    source: t.string({ description: 'Name of the source that is to know it.' }),
    name: t.string({ description: 'Letters, digits, `_` and inner `-`, 2 to 255; unique on its source.' }),
    endpoint: t.string({ description: "URL of the cluster's API server." }),
    type: t.string({ defaultValue: 'Kubernetes', description: text.type }),
    version: t.string({ required: false, description: text.version }),
    credential: t.string({ required: false, description: `${text.credential} Needed with the type \`K3S\`.` }),
    provider: t.string({ defaultValue: 'OnPremise', description: text.provider }),
    online: t.boolean({ defaultValue: true, description: text.online }),
    description: t.string({ required: false, description: text.description }),
    setting: t.string({ required: false, description: text.setting }),
    namespaces: t.stringList({ required: false, description: `${text.namespaces}; empty: any.` }),
    idempotencyKey: t.string(idempotencyKey),
  }),
});
const UpdateClusterInput = builder.inputType('UpdateClusterInput', {
  description: 'What is to change of a cluster; what is left out stays. No text can be made empty: the backend takes that for "keep".',
  fields: (t) => ({
    id: t.globalID({ for: ClusterRef, description: 'Global id of the cluster.' }),
    endpoint: t.string({ required: false, description: "URL of the cluster's API server." }),
    type: t.string({ required: false, description: text.type }),
    version: t.string({ required: false, description: text.version }),
    credential: t.string({ required: false, description: text.credential }),
    provider: t.string({ required: false, description: text.provider }),
    online: t.boolean({ required: false, description: text.online }),
    description: t.string({ required: false, description: text.description }),
    setting: t.string({ required: false, description: text.setting }),
    namespaces: t.stringList({
      required: false,
      description: `${text.namespaces}. One that a queue uses cannot be dropped, and the list cannot be emptied.`,
    }),
  }),
});
const DeleteClusterInput = builder.inputType('DeleteClusterInput', {
  description: 'The cluster that is to go.',
  fields: (t) => ({
    id: t.globalID({ for: ClusterRef, description: 'Global id of the cluster.' }),
    ignoreMissing: t.boolean({ defaultValue: false, description: 'Count it as success when it is not there.' }),
    dryRun: t.boolean({ defaultValue: false, description: 'Only say what would go with it, and write nothing.' }),
  }),
});

type Common = Omit<typeof UpdateClusterInput.$inferInput, 'id'>;

function requireType(type: string | null | undefined): 'Kubernetes' | 'K3S' | undefined {
  if (type === null || type === undefined) return undefined;
  if (type !== 'Kubernetes' && type !== 'K3S') throw new InvalidInputProblem('must be Kubernetes or K3S', 'type');
  return type;
}

const bodyOf = ({ type, provider, online, namespaces, ...input }: Common): UpdateClusterBody => ({
  endpoint: input.endpoint ?? undefined,
  clusterType: requireType(type),
  version: input.version ?? undefined,
  credential: input.credential ?? undefined,
  source: provider ?? undefined,
  status: typeof online === 'boolean' ? (online ? 'online' : 'offline') : undefined,
  description: input.description ?? undefined,
  setting: input.setting ?? undefined,
  namespaceList: namespaces ?? undefined,
});

const payload = (name: string, description: string, clusterDescription: string) =>
  builder.objectRef<{ readonly cluster: Cluster }>(name).implement({
    description,
    fields: (t) => ({ cluster: t.expose('cluster', { type: ClusterRef, description: clusterDescription }) }),
  });
const CreateClusterPayload = payload(
  'CreateClusterPayload',
  'The cluster was registered.',
  'The new cluster; it may take half a minute to be usable.',
);
const UpdateClusterPayload = payload('UpdateClusterPayload', 'The cluster was changed.', 'The cluster as it is now.');
const DeleteClusterPayload = deletionPayload('Cluster', 'The cluster', ['unfinishedRunIds', 'scheduleIds', 'queueIds', 'grantedUserNames']);

builder.mutationFields((t) => ({
  createCluster: t.field({
    type: CreateClusterPayload,
    nullable: true, // an outage in one mutation leaves the answers of the others in the same operation
    description: 'Registers a cluster; for admins. A name that is taken is a `ConflictProblem`.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: CreateClusterInput, description: 'Where it is, and how to get in.' }) },
    resolve: async (_root, { input: { source, name, ...input } }, { paddleflow: { clusterWriter } }) => {
      const clusterType = requireType(input.type) ?? 'Kubernetes';
      if (clusterType === 'K3S' && !input.credential) throw new InvalidInputProblem('must be given for the type K3S', 'credential');
      const body = { ...bodyOf(input), clusterName: name, endpoint: input.endpoint, clusterType };
      return { cluster: await clusterWriter.create(source, body, { idempotencyKey: input.idempotencyKey ?? undefined }) };
    },
  }),
  updateCluster: t.field({
    type: UpdateClusterPayload,
    nullable: true,
    description: 'Changes the registration of a cluster; for admins.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: UpdateClusterInput, description: 'What is to change.' }) },
    resolve: async (_root, { input: { id, ...input } }, { paddleflow: { clusterWriter } }) => ({
      cluster: await clusterWriter.update(id.id, bodyOf(input)),
    }),
  }),
  deleteCluster: t.field({
    type: DeleteClusterPayload,
    nullable: true,
    description:
      'Deletes a cluster, and before that its queues with their grants, not in one piece; for admins. While a queue has unfinished jobs: `ConflictProblem`.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: DeleteClusterInput, description: 'The cluster, or the question what would go with it.' }) },
    resolve: (_root, { input }, { paddleflow: { clusterWriter } }) => clusterWriter.delete(input.id.id, input),
  }),
}));
