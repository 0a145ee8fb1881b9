import { expect, test } from 'vitest';
import { parseJson } from '../../src/core/exact-json.ts';
import { ExactNumber } from '../../src/core/exact-number.ts';

const written = (text: string) => JSON.stringify(parseJson(text));

test.each([
  '9007199254740993',
  '1.0',
  '1e400',
  '-1e-400',
  '123456789012345678901234567890',
  '-0',
  '-0.0',
  '1E5',
  '1e5',
  '1e+5',
  '0.10',
  '0.0000001',
  '0.30000000000000001',
  '1.7976931348623157e308',
  '1000000000000000000000',
])('%s is written as it was read', (text) => {
  for (const place of ['#', '[#]', '{"a":#}', '[1,#,2]', '{"a":[{"b":#}],"c":"d"}']) {
    const json = place.replace('#', text);
    expect(written(json)).toBe(json);
  }
  expect(parseJson(text)).toEqual(new ExactNumber(text));
});

test.each([
  '0',
  '1',
  '-1',
  '1.5',
  '-0.25',
  '0.000001',
  '9007199254740991',
  '9007199254740992',
  '0.1',
  '0.30000000000000004',
  '1e+21',
  '1e-7',
])('%s is a plain number, as JavaScript writes it in the same way', (text) => expect(parseJson(text)).toBe(Number(text)));

test('what looks like a number in a text or a name is none', () => {
  const json = '{"1.0":"1.0","a\\"b":"x, 1e5, 9007199254740993","\\\\":": -0 "}';
  expect(parseJson(json)).toEqual(JSON.parse(json));
});

test('names are own properties whatever they are called, and of two the last counts', () => {
  const value = parseJson('{"__proto__":{"a":1.0},"b":1.0,"b":2,"":-0}') as object;
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(JSON.stringify(value)).toBe('{"__proto__":{"a":1.0},"b":2,"":-0}');
});

test('it does not fill the stack, however deep a text goes', () => {
  const deep = `${'['.repeat(500_000)}1.0${']'.repeat(500_000)}`;
  let value = parseJson(deep);
  for (let level = 0; level < 500_000; level += 1) [value] = value as unknown[];
  expect(value).toEqual(new ExactNumber('1.0'));
});

test.each(['', ' ', '{', '[1.0,]', '01.0', '1.', '.5', '+1.0', '1e', '-', '--1', '1.0.0', '1.0 2', 'NaN', 'Infinity', '"\n1.0"', '[1.0'])(
  '%j is no JSON',
  (text) => expect(() => parseJson(text)).toThrow(SyntaxError),
);

/** The same numbers on every run. */
function createRandom(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function writeNumber(random: (below: number) => number): string {
  const digits = (count: number) => Array.from({ length: count }, () => random(10)).join('');
  const whole = random(3) === 0 ? '0' : `${1 + random(9)}${digits(random(random(3) === 0 ? 25 : 4))}`;
  const fraction = random(2) === 0 ? `.${digits(1 + random(20))}` : '';
  const exponent = random(5) === 0 ? `${random(2) === 0 ? 'e' : 'E'}${['', '+', '-'][random(3)] ?? ''}${random(400)}` : '';
  return `${random(4) === 0 ? '-' : ''}${whole}${fraction}${exponent}`;
}

const texts = ['', 'a', '__proto__', '"', '],}', 'ü€😀', '\n\t', '\\"', '1.0'];

function write(random: (below: number) => number, depth: number): string {
  const kind = random(depth > 0 ? 6 : 3);
  if (kind < 2) return kind === 0 ? writeNumber(random) : (['true', 'false', 'null', '" -0 "'][random(4)] ?? '');
  const many = Array.from({ length: random(5) }, () => write(random, depth - 1));
  const space = [' ', '', '\n', '\t'][random(4)] ?? '';
  if (kind < 4) return `[${many.join(`${space},`)}${space}]`;
  return `{${many.map((value) => `${JSON.stringify(texts[random(texts.length)])}${space}:${space}${value}`).join(`,${space}`)}}`;
}

/** What the language itself tells of the source of a number. */
const withSources = (text: string) =>
  JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' && context?.source !== undefined && context.source !== String(value)
      ? new ExactNumber(context.source)
      : value,
  ) as unknown;

test.each([1, 2, 3])('exact numbers are those whose source JavaScript would not write (%d)', (seed) => {
  const random = createRandom(seed);
  const different: string[] = [];
  for (let round = 0; round < 5_000; round += 1) {
    const text = write(random, 4);
    if (written(text) !== JSON.stringify(withSources(text))) different.push(text);
  }
  expect(different).toEqual([]);
});
