import { builder } from '../../../graphql/builder.ts';
import { encodeGlobalId } from '../../../graphql/global-id.ts';
import { writeProblems } from '../../../problem/write-problems.ts';
import { RunCacheRef } from './schema.ts';

const DeleteRunCacheInput = builder.inputType('DeleteRunCacheInput', {
  description: 'The cache record to delete.',
  fields: (t) => ({
    id: t.globalID({ for: RunCacheRef, description: 'Global id of the record, not its `cacheId`.' }),
    ignoreMissing: t.boolean({ defaultValue: false, description: 'Count it as success when it is not there.' }),
  }),
});
const DeleteRunCachePayload = builder.objectRef<{ readonly key: string }>('DeleteRunCachePayload').implement({
  description: 'The record is gone; the files that it stands for are where they were.',
  fields: (t) => ({
    deletedId: t.id({
      description: 'Global id of what is gone, for the caches of clients.',
      resolve: ({ key }) => encodeGlobalId('RunCache', key),
    }),
  }),
});

builder.mutationField('deleteRunCache', (t) =>
  t.field({
    type: DeleteRunCachePayload,
    nullable: true, // an outage in one mutation leaves the answers of the others in the same operation
    description: 'Deletes a cache record: from then on the step runs again instead of taking over the old result.',
    errors: { types: writeProblems },
    args: { input: t.arg({ type: DeleteRunCacheInput, description: 'The record that is meant.' }) },
    resolve: async (_root, { input }, context) => {
      await context.paddleflow.runCacheWriter.delete(input.id.id, input);
      RunCacheRef.getDataloader(context).clear(input.id.id); // who asks again in this operation sees it gone
      return { key: input.id.id };
    },
  }),
);
