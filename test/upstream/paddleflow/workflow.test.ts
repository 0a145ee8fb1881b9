import { expect, test } from 'vitest';
import { InvalidCallError } from '../../../src/upstream/errors.ts';
import type { PaddleFlowClient } from '../../../src/upstream/paddleflow/client.ts';
import { checkWorkflow } from '../../../src/upstream/paddleflow/validate-workflow.ts';
import { give, startBench } from './bench.ts';

/** Validating this, a server runs in circles for ever (1.9). */
const endless = `
name: endless
entry_points:
  main: {command: echo}
components:
  first: {command: echo}
  second: {reference: {component: first}}
post_process:
  last: {reference: {component: second}}
`;
const withPostProcess = (text: string) => endless.replace(/post_process:[^]*/, `post_process:\n${text}`);

test.each<[string, (client: PaddleFlowClient) => Promise<unknown>]>([
  ['a run', (client) => client.createRun({ runYaml: endless })],
  ['a pipeline', (client) => client.createPipeline({ yaml: endless })],
  ['a version', (client) => client.createPipelineVersion('ppl-000003', { yaml: endless, desc: '' })],
])('%s that would keep the server busy for ever is not sent', async (_name, ask) => {
  await using bench = await startBench(give({}));
  await expect(ask(bench.prod.as('viewer'))).rejects.toThrow(InvalidCallError);
  expect(bench.server.calls).toEqual([]);
});

test.each([
  ['as JSON', '{"components": {"a": {"reference": {"component": "b"}}}, "post_process": {"p": {"reference": {"component": "a"}}}}'],
  [
    'by an alias',
    endless
      .replace('last: {reference: {component: second}}', 'last: *step')
      .replace('main: {', 'other: &step {reference: {component: second}}\n  main: {'),
  ],
  ['by a merge key', `x: &x {reference: {component: second}}\n${withPostProcess('  last: {<<: *x}')}`],
  ['by the last of two equal keys', withPostProcess('  last: {command: echo}\n  last: {reference: {component: second}}')],
  ['by a name that YAML 1.1 takes for a boolean', endless.replace('second:', 'on:').replace('component: second', 'component: yes')],
  ['among other steps', withPostProcess('  a: {command: echo}\n  last: {reference: {component: second}}')],
])('a reference to a reference is seen %s', (_name, yaml) => {
  expect(() => checkWorkflow('yaml', yaml)).toThrow(InvalidCallError);
});

test.each([
  ['a reference to a component', withPostProcess('  last: {reference: {component: first}}')],
  ['a reference to nothing, which the server refuses by itself', withPostProcess('  last: {reference: {component: third}}')],
  [
    'a component twice, of which the last counts',
    endless.replace('{reference: {component: first}}', '{reference: {component: first}}\n  second: {command: b}'),
  ],
  [
    'references in chains elsewhere',
    endless.replace(/post_process:[^]*/, '').replace('{command: echo}', '{reference: {component: second}}'),
  ],
  ['no workflow at all', '- a\n- b'],
  ['a post_process that is a list', 'post_process: [a]'],
  ['nothing', ''],
  ['what is no YAML and has no references', 'name: [a'],
  ['a tab, which is the server’s to refuse', 'name:\n\t- a'],
])('%s may be sent', (_name, yaml) => {
  expect(() => checkWorkflow('yaml', yaml)).not.toThrow();
});

test.each([
  ['broken', `${endless}\nbroken: [`],
  ['of two documents', `${endless}\n---\nname: other`],
  [
    'of aliases that multiply',
    `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]\n${endless}`,
  ],
])('YAML that is %s and speaks of references is not sent', (_name, yaml) => {
  expect(() => checkWorkflow('yaml', yaml)).toThrow('is no YAML that can be checked for references');
});
