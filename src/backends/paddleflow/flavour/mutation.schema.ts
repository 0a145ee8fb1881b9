import { builder } from '../../../graphql/builder.ts';
import { encodeGlobalId } from '../../../graphql/global-id.ts';
import { idempotencyKey } from '../../../execution/intent/key-field.ts';
import { splitKey } from '../../../core/key.ts';
import { ClusterRef } from '../cluster/schema.ts';
import { InvalidInputProblem } from '../../../problem/problem.ts';
import { requireDevices, requireQuantity } from '../resources/input.ts';
import { DeviceInputRef } from '../resources/schema.ts';
import { writeProblems } from '../../../problem/write-problems.ts';
import type { CreateFlavourBody, UpdateFlavourBody } from './body.ts';
import type { Flavour } from './model.ts';
import { FlavourRef } from './schema.ts';

const CreateFlavourInput = builder.inputType('CreateFlavourInput', {
  description: 'A flavour to make.',
  fields: (t) => ({
    source: t.string({ description: 'Name of the source that is to have it.' }),
    name: t.string({ description: 'Unique on its source, over all clusters; not `customFlavour`.' }),
    clusterId: t.globalID({ for: ClusterRef, required: false, description: 'The cluster it is bound to. Left out: it fits all of them.' }),
    cpu: t.string({ description: 'Cores, more than none: `4`, or `500m` for half a core.' }),
    memory: t.string({ description: 'Bytes, more than none: `8Gi`.' }),
    devices: t.field({ type: [DeviceInputRef], required: false, description: 'GPUs and the like.' }),
    idempotencyKey: t.string(idempotencyKey),
  }),
});
const UpdateFlavourInput = builder.inputType('UpdateFlavourInput', {
  description: 'What is to change of a flavour; what is left out stays.',
  fields: (t) => ({
    id: t.globalID({ for: FlavourRef, description: 'Global id of the flavour.' }),
    clusterId: t.globalID({
      for: ClusterRef,
      required: false,
      description: 'The cluster it is bound to, which cannot be changed: needed if there is one, and left out if there is none.',
    }),
    cpu: t.string({ required: false, description: 'Cores, more than none.' }),
    memory: t.string({ required: false, description: 'Bytes, more than none.' }),
    devices: t.field({
      type: [DeviceInputRef],
      required: false,
      description: 'GPUs and the like to set. The backend removes none that is there already; its amount can be made `0`.',
    }),
  }),
});
const DeleteFlavourInput = builder.inputType('DeleteFlavourInput', {
  description: 'The flavour that is to go.',
  fields: (t) => ({
    id: t.globalID({ for: FlavourRef, description: 'Global id of the flavour.' }),
    ignoreMissing: t.boolean({ defaultValue: false, description: 'Count it as success when it is not there.' }),
  }),
});

function clusterOf(cluster: { readonly id: string } | null | undefined, source: string): string | undefined {
  if (!cluster) return undefined;
  const place = splitKey(cluster.id);
  if (place.source !== source) throw new InvalidInputProblem('is on another source', 'clusterId');
  return place.id;
}
const amount = (text: string | null | undefined, field: string) =>
  typeof text === 'string' ? requireQuantity(text, field, { positive: true }) : undefined;

/** Jobs that say it are not looked up among the flavours (contract 2.4), so one of that name could never be used. */
const pseudoName = 'customFlavour';

function creationOf({ source, name, clusterId, cpu, memory, devices }: typeof CreateFlavourInput.$inferInput): CreateFlavourBody {
  const positive = { positive: true };
  if (name === pseudoName) throw new InvalidInputProblem(`${pseudoName} stands for a size that a job names itself`, 'name');
  return {
    name,
    clusterName: clusterOf(clusterId, source),
    cpu: requireQuantity(cpu, 'cpu', positive),
    mem: requireQuantity(memory, 'memory', positive),
    scalarResources: requireDevices(devices, 'devices'),
  };
}
const changeOf = ({ id, clusterId, cpu, memory, devices }: typeof UpdateFlavourInput.$inferInput): UpdateFlavourBody => ({
  clusterName: clusterOf(clusterId, splitKey(id.id).source),
  cpu: amount(cpu, 'cpu'),
  mem: amount(memory, 'memory'),
  scalarResources: requireDevices(devices, 'devices'),
});

const payload = (name: string, description: string) =>
  builder.objectRef<{ readonly flavour: Flavour }>(name).implement({
    description,
    fields: (t) => ({ flavour: t.expose('flavour', { type: FlavourRef, description: 'The flavour as it is now.' }) }),
  });
const CreateFlavourPayload = payload('CreateFlavourPayload', 'The flavour was made.');
const UpdateFlavourPayload = payload('UpdateFlavourPayload', 'The flavour was changed; what runs already keeps its size.');
const DeleteFlavourPayload = builder.objectRef<{ readonly key: string }>('DeleteFlavourPayload').implement({
  description: 'The flavour is gone.',
  fields: (t) => ({
    deletedId: t.id({
      description: 'Global id of what is gone, for the caches of clients.',
      resolve: ({ key }) => encodeGlobalId('Flavour', key),
    }),
  }),
});

builder.mutationFields((t) => ({
  createFlavour: t.field({
    type: CreateFlavourPayload,
    nullable: true, // an outage in one mutation leaves the answers of the others in the same operation
    description: "Makes a flavour; everybody may. It is nobody's: only admins can change it later.",
    errors: { types: writeProblems },
    args: { input: t.arg({ type: CreateFlavourInput, description: 'Name and size of the flavour.' }) },
    resolve: async (_root, { input }, { paddleflow: { flavourWriter } }) => ({
      flavour: await flavourWriter.create(input.source, creationOf(input), { idempotencyKey: input.idempotencyKey ?? undefined }),
    }),
  }),
  updateFlavour: t.field({
    type: UpdateFlavourPayload,
    nullable: true,
    description: 'Changes the size of a flavour; for admins.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: UpdateFlavourInput, description: 'What is to change.' }) },
    resolve: async (_root, { input }, { paddleflow: { flavourWriter } }) => ({
      flavour: await flavourWriter.update(input.id.id, changeOf(input)),
    }),
  }),
  deleteFlavour: t.field({
    type: DeleteFlavourPayload,
    nullable: true,
    description: 'Deletes a flavour; for admins.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: DeleteFlavourInput, description: 'The flavour that is meant.' }) },
    resolve: async (_root, { input }, { paddleflow: { flavourWriter } }) => {
      await flavourWriter.delete(input.id.id, input);
      return { key: input.id.id };
    },
  }),
}));
