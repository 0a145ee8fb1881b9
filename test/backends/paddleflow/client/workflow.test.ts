import { expect, test } from 'vitest';
import { InvalidCallError } from '../../../../src/upstream/errors.ts';
import type { PaddleFlowClient } from '../../../../src/backends/paddleflow/client/client.ts';
import { checkWorkflow } from '../../../../src/backends/paddleflow/client/refuse-deadly.ts';
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

test('what the server refuses itself is left to it, and what comes behind the first document is not looked at', () => {
  expect(() => checkWorkflow('yaml', `${endless}\nbroken: [`)).not.toThrow();
  expect(() => checkWorkflow('yaml', `${endless}\n---\nname: other`)).toThrow('second is itself a reference');
  const lines = ['a: &a [x,x,x,x,x,x,x,x,x,x]', 'b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]', 'c: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]'];
  expect(() => checkWorkflow('yaml', `${lines.join('\n')}\n${endless}`)).toThrow('second is itself a reference');
});

/** Each with what is said of it. */
const deadly: readonly (readonly [what: string, yaml: string, message: string])[] = [
  ['an empty root', 'name: x\nentry_points: {}\n', 'at line 2, column 1: There is nothing to do'],
  ['an empty dag', 'name: x\nentry_points:\n  a:\n    entry_points: {}\n', 'at line 4, column 5: There is nothing to do'],
  ['an empty dag in a dag', 'entry_points: {a: {entry_points: {b: {entry_points: {}}}}}', 'at line 1, column 39: There is nothing to do'],
  ['an empty template', 'entry_points: {a: {reference: {component: t}}}\ncomponents: {t: {entry_points: {}}}', 'at line 2, column 18'],
  ['an empty closing dag', 'entry_points: {a: {}}\npost_process: {z: {entry_points: {}}}', 'at line 2, column 20'],
  ['an empty dag by a merge', 'x: &x {entry_points: {}}\nentry_points: {a: {<<: *x}}', 'There is nothing to do'],
  ['an empty dag by an alias', 'x: &x {}\nentry_points: {a: {entry_points: *x}}', 'There is nothing to do'],
  ['a dag emptied by the last of two keys', 'entry_points: {a: {entry_points: {b: {}}, entry_points: {}}}', 'There is nothing to do'],
  [
    'an empty dag among thousands',
    `entry_points: {${Array.from({ length: 3_000 }, (_, at) => `a${at}: {}`).join(', ')}, z: {entry_points: {}}}`,
    'nothing',
  ],
  [
    'an empty dag two thousand levels down',
    `entry_points: ${'{a: {entry_points: '.repeat(2_000)}{}${'}}'.repeat(2_000)}`,
    'There is nothing to do',
  ],
  [
    'templates in a circle',
    'entry_points: {}\ncomponents: {t: {reference: {component: t}}}'.replace('{}', '{a: {}}'),
    'go in a circle: t refers to t',
  ],
  [
    'templates in a circle of many',
    `entry_points: {a: {}}\ncomponents: {${Array.from({ length: 1_500 }, (_, at) => `t${at}: {reference: {component: t${(at + 1) % 1_500}}}`).join(', ')}}`,
    'go in a circle',
  ],
  [
    'templates in a circle through a dag',
    'entry_points: {a: {}}\ncomponents: {t: {entry_points: {b: {reference: {component: u}}}}, u: {reference: {component: t}}}',
    'go in a circle: t refers to u refers to t',
  ],
  ['a condition that ends in a backslash', "entry_points: {a: {condition: 'x == y\\'}}", 'cuts the connection'],
  ['the same in a template', "entry_points: {a: {}}\ncomponents: {t: {condition: 'x\\'}}", 'cuts the connection'],
];
test.each(deadly)('%s is refused with its place, and nothing is sent', async (_what, yaml, message) => {
  await using bench = await startBench(give({}));
  const client = bench.prod.as('viewer');
  for (const asked of [
    client.createRun({ runYaml: yaml }),
    client.createPipeline({ yaml }),
    client.createPipelineVersion('ppl-000003', { yaml, desc: '' }),
  ])
    await expect(asked).rejects.toThrow(message);
  await expect(client.createRun({ runYaml: yaml })).rejects.toThrow(InvalidCallError);
  expect(bench.server.calls).toEqual([]);
});

test.each([
  ['0 0 31 2 *', /never fires/],
  ['0 0 30 2 *', /never fires/],
  ['0 0 31 4,6,9,11 *', /never fires/],
  ['59 23 30-31 FEB ?', /never fires/],
  ['CRON_TZ=Asia/Shanghai 0 0 30 2 *', /never fires/],
  [', * * * *', /never fires/],
  ['0 , * * *', /never fires/],
  ['* * , , ,', /never fires/],
  ['TZ=UTC', /time zone/],
  ['CRON_TZ=Europe/Berlin', /time zone/],
  ['61 * * * *', /0 to 59/],
])('a schedule for %j is refused, and nothing is sent', async (crontab, message) => {
  await using bench = await startBench(give({}));
  const asked = bench.prod.as('viewer').createSchedule({ name: 'never', pipelineID: 'ppl-000003', pipelineVersionID: '1', crontab });
  await expect(asked).rejects.toThrow(message);
  await expect(asked).rejects.toThrow(InvalidCallError);
  expect(bench.server.calls).toEqual([]);
});

test.each(['0 0 29 2 *', '0 0 31 2 1', '0 0 30 2 */2', '@every -1h', '* * * * *', '0 0 31 12 *'])(
  '%j fires, so it is sent',
  async (crontab) => {
    await using bench = await startBench(give({ scheduleID: 'schedule-000001' }, 201));
    const body = { name: 'nightly', pipelineID: 'ppl-000003', pipelineVersionID: '1', crontab };
    await expect(bench.prod.as('viewer').createSchedule(body)).resolves.toBe('schedule-000001');
  },
);
