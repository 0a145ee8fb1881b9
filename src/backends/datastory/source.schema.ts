import { builder } from '../../graphql/builder.ts';
import type { SourceState } from '../../source/directory.ts';
import { SourceRef } from '../../source/schema.ts';
import type { AlgorithmConfig, StorageProfile as Profile } from './config.ts';
import { StorageKind } from './task/location.schema.ts';

const TaskAlgorithm = builder.objectRef<AlgorithmConfig>('TaskAlgorithm').implement({
  description: 'An algorithm that can be submitted to a DataStory platform.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'By which `submitTask` names it; unique on its source.' }),
    takesParameters: t.boolean({
      description: 'False: `submitTask` refuses parameters for it.',
      resolve: ({ paramsMode }) => paramsMode !== 'none',
    }),
  }),
});

const StorageProfile = builder.objectRef<Profile>('StorageProfile').implement({
  description: 'A file system with its account, kept by the gateway: who names it in a location needs neither.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'By which a location names it; unique on its source.' }),
    kind: t.expose('type', { type: StorageKind, description: 'What kind of file system it is.' }),
    paths: t.exposeStringList('paths', { description: 'Folders that a location may name, and what is in them; empty: any.' }),
  }),
});

builder.objectRef<SourceState>('DataStorySource').implement({
  description: 'A DataStory platform.',
  interfaces: [SourceRef],
  fields: (t) => ({
    algorithms: t.field({
      type: [TaskAlgorithm],
      description: 'What can be submitted, as configured.',
      resolve: ({ name }, _args, { datastory }) => datastory.configOf(name)?.algorithms ?? [],
    }),
    storageProfiles: t.field({
      type: [StorageProfile],
      description: 'File systems that locations may name, as configured.',
      resolve: ({ name }, _args, { datastory }) => datastory.configOf(name)?.storage ?? [],
    }),
    hasDefaultEmail: t.boolean({
      description: 'True: `submitTask` may leave `email` out.',
      resolve: ({ name }, _args, { datastory }) => datastory.configOf(name)?.email.default !== undefined,
    }),
  }),
});
