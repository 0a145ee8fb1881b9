import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBench, toGlobalId, type Bench } from '../../../support/bench.ts';
import { base64, upstreamUser } from '../upstream.ts';
import type { Caller } from '../../../sandbox/paddleflow/bench.ts';

let bench: Bench;
let root: Caller;
beforeAll(async () => {
  bench = await startBench();
  root = await upstreamUser(bench.sandbox('prod').url);
});
afterAll(() => bench[Symbol.asyncDispose]());

const asked = `query ($yaml: String!) { validatePipeline(yaml: $yaml) {
  valid issues { severity line column message path }
  graph { nodes { path parameters { name value } env { name value } loop { items } } } } }`;
async function validate(yaml: string) {
  const { data, errors } = await bench.query<{ validatePipeline: Answer }>(asked, { yaml });
  expect(errors).toBeUndefined();
  return data?.validatePipeline ?? { valid: false, issues: [], graph: null };
}
interface Answer {
  readonly valid: boolean;
  readonly issues: readonly unknown[];
  readonly graph: { readonly nodes: readonly { readonly parameters: readonly { readonly value: unknown }[] }[] } | null;
}
const times = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, index) => line(index)).join('');
const flow = (entries: string, rest = '') =>
  `name: demo\ndocker_env: busybox\nentry_points:\n  ${entries.replaceAll('\n', '\n  ')}\n${rest}`;

const tenfold = (levels: number) =>
  `name: x\nl0: &l0 {entry_points: {}}\n${times(levels, (level) => `l${level + 1}: &l${level + 1} {entry_points: {${times(10, (x) => `x${x}: *l${level}, `)}}}\n`)}`;

/** Each would take between ten seconds and for ever if it were followed to its end. */
describe('a text that stands for far more than it holds is answered at once', () => {
  test.each([
    ['27 KB', tenfold(200)],
    ['one KB', tenfold(9)],
  ])('aliases of aliases in %s, with the place where they become too many', async (_size, yaml) => {
    const { issues, graph } = await validate(yaml);
    expect(issues).toEqual([
      {
        severity: 'ERROR',
        line: expect.any(Number),
        column: expect.any(Number),
        message: expect.stringMatching(/excessive aliasing/),
        path: [],
      },
    ]);
    expect(graph).toBeNull();
  });

  test('aliases of a long text, which is searched for templates each time', async () => {
    const yaml = flow(`a: &a {command: '${'{{PF_RUN_ID}} '.repeat(3_000)}'}\n${times(2_000, (index) => `a${index}: *a\n`)}`);
    expect((await validate(yaml)).issues).toEqual([
      expect.objectContaining({ line: 12, message: expect.stringMatching(/too many values/) }),
    ]);
  });

  test('templates within templates', async () => {
    const templates = times(
      11,
      (level) => `  t${level}: {entry_points: {${times(5, (x) => `x${x}: {reference: {component: t${level + 1}}}, `)}}}\n`,
    );
    const { valid, issues, graph } = await validate(
      flow('a: {reference: {component: t0}}', `components:\n${templates}  t11: {command: x}\n`),
    );
    expect({ valid, issues, graph }).toEqual({ valid: true, issues: [], graph: null });
  });

  test('a template with many parameters, referred to by many steps, is not drawn but judged', async () => {
    const template = `components: {t: {parameters: {${times(2_500, (index) => `p${index}: 1, `)}}}}\n`;
    const { valid, graph } = await validate(
      flow(`s: &s {reference: {component: t}}\n${times(1_900, (index) => `s${index}: *s\n`)}`, template),
    );
    expect({ valid, graph }).toEqual({ valid: true, graph: null });
  });

  test('the same mistake at each of many aliases is told for the first ones', async () => {
    const yaml = flow(`s: &s {reference: {component: nobody}}\n${times(1_500, (index) => `s${index}: *s\n`)}`);
    expect((await validate(yaml)).issues).toHaveLength(200);
  });

  test('a wrong character repeated to the longest text', async () => {
    const { valid, issues } = await validate(`[${','.repeat(65_000)}`);
    expect({ valid, issues: issues.length }).toEqual({ valid: false, issues: 1 });
  });

  test('dags within dags, deeper than the checks could follow', async () => {
    const { issues } = await validate(flow(`${'{a: {entry_points: '.repeat(260)}{}${'}}'.repeat(260)}`));
    const told = issues.map((issue) => ({ ...(issue as object), path: undefined }));
    expect(told).toEqual([
      expect.objectContaining({ severity: 'WARNING', line: 4, message: expect.stringMatching(/too deep/) }),
      // What would never end is seen at any depth.
      expect.objectContaining({ severity: 'ERROR', line: 4, message: expect.stringMatching(/nothing to do/) }),
    ]);
  });
});

test.each([
  [
    'within what it stands for',
    'name: x\nentry_points: &a {a: *a}\n',
    { line: 2, column: 22, message: expect.stringMatching(/contains itself|within/) },
  ],
  ['of nothing', 'name: x\nentry_points: *a\n', { line: 2, column: 15, message: expect.stringMatching(/anchor 'a'/) }],
  ['of an anchor further down', 'name: *a\nentry_points: &a {}\n', { line: 1, column: 7, message: expect.stringMatching(/anchor 'a'/) }],
])('an alias %s is an error, here and there', async (_what, yaml, issue) => {
  expect((await validate(yaml)).issues).toEqual([{ severity: 'ERROR', path: [], ...issue }]);
  expect((await root.post('/pipeline', { yamlRaw: base64(yaml) })).body.code).toBe('InvalidPipeline');
});

test('an anchor that is given twice means the last one before the alias', async () => {
  const { graph } = await validate(flow('a: {parameters: {p: &x 1, q: *x, r: &x 2, s: *x}}'));
  expect(graph?.nodes[0]?.parameters.map(({ value }) => value)).toEqual([1, 1, 2, 2]);
});

/** Values as the converter of YAML to JSON makes them, which knows neither times nor numbers to the base of 60 (contract 7). */
const written = {
  day: ['2024-03-05', '2024-03-05'],
  moment: ['2024-03-05T10:00:00Z', '2024-03-05T10:00:00Z'],
  clock: ['12:30', '12:30'],
  big: ['12345678901234567', '12345678901234567'],
  safe: ['9007199254740991', 9007199254740991],
  octal: ['0777', 511],
  hex: ['0x1F', 31],
  grouped: ['1_000', 1000],
  float: ['1.5e3', 1500],
  nearly: ['1.2.3', '1.2.3'],
  tagged: ['!!str 5', '5'],
  counted: ['!!int "5"', 5],
  other: ['!mine 5', '5'],
  quoted: ['"2024-03-05"', '2024-03-05'],
} as const;
test('dates, times of day and long numbers are drawn as they are written', async () => {
  const own = Object.entries(written).map(([name, [text]]) => `\n    ${name}: ${text}`);
  const yaml = flow(`a:
  loop_argument: [2024-03-05, 12:30, 12345678901234567]
  env: {DAY: 2024-03-05, CLOCK: 12:30, COUNT: 12345678901234567}
  parameters:${own.join('')}`);
  const { valid, issues, graph } = await validate(yaml);
  expect({ valid, issues }).toEqual({ valid: true, issues: [] });
  expect(graph?.nodes).toEqual([
    {
      path: 'a',
      loop: { items: ['2024-03-05', '12:30', '12345678901234567'] },
      env: [
        { name: 'DAY', value: '2024-03-05' },
        { name: 'CLOCK', value: '12:30' },
        { name: 'COUNT', value: '12345678901234567' },
      ],
      parameters: Object.entries(written).map(([name, [, value]]) => ({ name, value })),
    },
  ]);
  const made = await root.post('/pipeline', { yamlRaw: base64(yaml) });
  const stored = await bench.query(
    'query ($id: ID!) { node(id: $id) { ... on PipelineVersion { graph { nodes { parameters { name value } } } } } }',
    { id: toGlobalId('PipelineVersion', 'prod', `${made.body['pipelineID']}/1`) },
  );
  expect(stored.data?.node?.graph?.nodes?.[0]?.parameters).toEqual(graph?.nodes[0]?.parameters);
});

test('a number with more digits than the backend keeps is drawn as written, with a warning', async () => {
  const { valid, issues, graph } = await validate(flow('a: {parameters: {p: 12345678901234567890}}'));
  expect(valid).toBe(true);
  expect(issues).toEqual([
    { severity: 'WARNING', line: 4, column: 23, message: expect.stringMatching(/digits/), path: ['entry_points', 'a', 'parameters', 'p'] },
  ]);
  expect(graph?.nodes[0]?.parameters).toEqual([{ name: 'p', value: '12345678901234567890' }]);
});
