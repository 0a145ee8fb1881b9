import { builder } from '../graphql/builder.ts';
import type { Issue } from './issue.ts';

const IssueSeverity = builder.enumType('IssueSeverity', {
  description: 'How certain a refusal is.',
  values: {
    ERROR: { description: 'The backend refuses it; what holds such a one is not even sent.' },
    WARNING: { description: 'The backend may refuse it, or it will not do what it seems to say.' },
  },
} as const);

export const PipelineIssue = builder.objectRef<Issue>('PipelineIssue').implement({
  description: 'Something wrong with the YAML of a workflow, and where.',
  fields: (t) => ({
    severity: t.expose('severity', { type: IssueSeverity, description: 'Whether it is wrong for certain.' }),
    message: t.exposeString('message', { description: 'What is wrong, for people; its wording may change.' }),
    line: t.exposeInt('line', { description: 'Counted from 1.' }),
    column: t.exposeInt('column', { description: 'Counted from 1, in UTF-16 units as editors do.' }),
    path: t.exposeStringList('path', {
      description: 'Keys that lead there, such as entry_points, fit, deps; list places as decimal text.',
    }),
  }),
});
