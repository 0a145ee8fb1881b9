import { builder } from '../../../graphql/builder.ts';

export const WorkflowPath = builder.inputType('WorkflowPathInput', {
  description:
    'A YAML file on a file system, which only the backend reads: what is in it is not checked before it is sent, so a workflow that never ends is not noticed either.',
  fields: (t) => ({
    fileSystemName: t.string({ description: 'Name of the one on which the file lies, unique per owner.' }),
    path: t.string({ defaultValue: './run.yaml', description: 'Path of the file there.' }),
  }),
});
