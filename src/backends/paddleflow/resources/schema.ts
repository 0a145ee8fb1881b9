import { builder } from '../../../graphql/builder.ts';
import type { Device, Resources } from './model.ts';
import type { Quantity } from './quantity.ts';

export const QuantityRef = builder.objectRef<Quantity>('Quantity').implement({
  description: 'An amount in the notation of Kubernetes, and what it comes to.',
  fields: (t) => ({
    text: t.exposeString('text', {
      description:
        'As Kubernetes writes it: `20`, `500m`, `20Gi`, `20G`. Inputs take the same. Of the notations for one size the shorter one is shown.',
    }),
    value: t.exposeFloat('value', {
      nullable: true,
      description: 'The amount as a number: cores of CPU, bytes of memory, pieces of a device. Null when the text cannot be understood.',
    }),
  }),
});

export const DeviceRef = builder.objectRef<Device>('DeviceQuantity').implement({
  description: 'A device that can be counted, and how many of it there are.',
  fields: (t) => ({
    name: t.exposeString('name', { description: "Kubernetes' name of the resource, such as `nvidia.com/gpu`." }),
    quantity: t.expose('quantity', { type: QuantityRef, description: 'Number of pieces.' }),
  }),
});

export const ResourcesRef = builder.objectRef<Resources>('Resources').implement({
  description: 'Amounts of what steps need to run.',
  fields: (t) => ({
    cpu: t.expose('cpu', { type: QuantityRef, description: 'Processors; the value counts cores: `500m` is 0.5.' }),
    memory: t.expose('memory', { type: QuantityRef, description: 'Main memory; the value counts bytes.' }),
    devices: t.field({
      type: [DeviceRef],
      description: 'GPUs and the like; empty when there are none.',
      resolve: ({ devices }) => [...devices],
    }),
  }),
});

export const DeviceInputRef = builder.inputType('DeviceQuantityInput', {
  description: 'A device, and how many of it are meant.',
  fields: (t) => ({
    name: t.string({ description: "Kubernetes' name of the resource, such as `nvidia.com/gpu`." }),
    quantity: t.string({ description: 'Number of pieces, such as `4`.' }),
  }),
});

export const ResourcesInputRef = builder.inputType('ResourcesInput', {
  description: 'Amounts in the notation of Kubernetes. A mistake is an `InvalidInputProblem` that names the field; nothing is sent then.',
  fields: (t) => ({
    cpu: t.string({ description: 'Cores: `4`, or `500m` for half a core.' }),
    memory: t.string({ description: 'Bytes: `20Gi` is 20 × 1024³, `20G` is 20 × 1000³.' }),
    devices: t.field({ type: [DeviceInputRef], required: false, description: 'GPUs and the like.' }),
  }),
});
