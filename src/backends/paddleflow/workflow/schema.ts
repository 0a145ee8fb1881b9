import { builder } from '../../../graphql/builder.ts';
import { PipelineGraphRef } from './graph.schema.ts';
import { graphOf } from './graph.ts';
import { PipelineIssue } from '../../../problem/issue.schema.ts';
import { validateWorkflow, type Purpose, type Validation } from './validate.ts';

const PipelineUse = builder.enumType('PipelineUse', {
  description: 'What a YAML is to become: the rules differ a little.',
  values: {
    PIPELINE: { description: 'A stored pipeline: it needs a name of its own, and with artifacts a main file system; repeated keys pass.' },
    RUN: { description: 'A run: the request may add name and main file system; repeated keys are refused.' },
  },
} as const);

const PipelineValidation = builder.objectRef<Validation & { readonly yaml: string }>('PipelineValidation').implement({
  description: 'What can be said about a workflow without asking the backend.',
  fields: (t) => ({
    valid: t.boolean({
      description: 'No error was found. The backend still judges what only it knows: file systems, names already taken.',
      resolve: ({ issues }) => issues.every(({ severity }) => severity !== 'ERROR'),
    }),
    issues: t.field({ type: [PipelineIssue], description: 'In the order of the text.', resolve: ({ issues }) => [...issues] }),
    graph: t.field({
      type: PipelineGraphRef,
      nullable: true,
      description: 'For drawing while it is being written; null when it cannot be read as a workflow.',
      resolve: async ({ yaml }, _args, { heavy }) => {
        const graph = await heavy(() => graphOf(yaml));
        return 'unreadable' in graph ? null : graph;
      },
    }),
  }),
});

builder.queryField('validatePipeline', (t) =>
  t.field({
    type: PipelineValidation,
    description: 'Checks the YAML of a workflow against the rules of PaddleFlow, without asking any: it costs no upstream call.',
    args: {
      yaml: t.arg.string({ description: 'The workflow as plain text; read as YAML 1.1, as the backend does.' }),
      use: t.arg({ type: PipelineUse, defaultValue: 'PIPELINE', description: 'The use whose rules apply.' }),
    },
    resolve: async (_root, { yaml, use }, { heavy }) => {
      const purpose: Purpose = use === 'RUN' ? { kind: 'RUN', name: 'perhaps', fileSystem: 'perhaps' } : { kind: 'PIPELINE' };
      return { ...(await heavy(() => validateWorkflow(yaml, purpose))), yaml };
    },
  }),
);
