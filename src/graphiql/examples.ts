import { readFile } from 'node:fs/promises';
import type { Example } from './graphiql.ts';

/** The first tabs, in the order in which somebody new meets them. The other operations are there for programs. */
const tabs = [
  'NewestRuns',
  'FollowRuns',
  'CreateRun',
  'FollowRunLog',
  'FollowRun',
  'RunDetail',
  'RunLog',
  'StopRun',
  'Pipelines',
  'Sources',
];

/** Operations of `schema/operations`; a comment in each says with which variables it works in the demo. */
export const readExamples = (): Promise<Example[]> => Promise.all(tabs.map(readExample));

export async function readExample(title: string): Promise<Example> {
  const text = await readFile(new URL(`../../schema/operations/${title}.graphql`, import.meta.url), 'utf8');
  const [line, variables] = /^# Variables: (.*)\n/m.exec(text) ?? [''];
  const query = text.replace(line, ''); // the variables stand below it, with ids of the very gateway
  return { title, query, ...(variables !== undefined && { variables: JSON.parse(variables) as Record<string, unknown> }) };
}
