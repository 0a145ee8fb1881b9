import { expect, test } from 'vitest';
import { readYaml } from '../../../../src/backends/paddleflow/workflow/read-yaml.ts';
import type { Value } from '../../../../src/backends/paddleflow/workflow/yaml.ts';
import { recorded } from '../../../support/recorded.ts';

interface Case {
  readonly text: string;
  readonly json?: string;
  readonly error?: string;
  readonly doubled?: true;
}
const cases = recorded<Case>('go-yaml');

/** With numbers as JavaScript has them; the server's JSON is compared as such as well. */
function valueOf(value: Value): unknown {
  if (value.kind === 'list') return value.items.map(valueOf);
  if (value.kind === 'map') return Object.fromEntries([...value.entries.values()].map((entry) => [entry.name, valueOf(entry.value)]));
  return typeof value.value === 'bigint' ? Number(value.value) : value.value === 0 ? 0 : value.value;
}

test(`${cases.length} texts are read as go-yaml reads them: with the same values, or not at all`, () => {
  const wrong = cases.filter(({ text, json, error, doubled }) => {
    const { root, issues, repeated } = readYaml(text);
    const refused = issues.some(({ severity }) => severity === 'ERROR');
    if (error !== undefined || json === undefined) return !refused;
    if (refused || root === undefined || repeated.length > 0 !== (doubled ?? false)) return true;
    if (issues.some(({ message }) => message.includes('left to chance'))) return false;
    try {
      expect(valueOf(root)).toEqual(JSON.parse(json));
      return false;
    } catch {
      return true;
    }
  });
  expect(wrong).toEqual([]);
  expect(cases.filter(({ error }) => error !== undefined).length).toBeGreaterThan(50);
});

test('what cannot be read has a place', () => {
  const refused = cases.filter(({ error }) => error !== undefined);
  for (const { text } of refused) {
    const lines = text.split(/\r\n|[\n\r]/);
    for (const { line, column } of readYaml(text).issues) {
      expect(line).toBeLessThanOrEqual(lines.length + 1);
      expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
    }
  }
});

test.each([
  ['a row of ten thousand brackets', '['.repeat(9_000) + ']'.repeat(9_000)],
  ['ten thousand blocks', Array.from({ length: 340 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ['one line', `a: ${'x '.repeat(32_000)}`],
  ['a flow map without an end', '{a: '.repeat(16_000)],
  [
    'anchors and merges in a row',
    Array.from({ length: 2_000 }, (_, at) => `a${at}: &a${at} {k${at}: 1${at ? `, <<: *a${at - 1}` : ''}}`).join('\n'),
  ],
])('%s is read in a time in proportion to it, to its end', (_what, text) => {
  expect(readYaml(text).issues.length).toBeLessThanOrEqual(200);
});
