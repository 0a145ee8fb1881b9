import { expect, test } from 'vitest';
import { parseJson } from '../../src/core/exact-json.ts';
import { parseInPieces } from '../../src/upstream/json-in-pieces.ts';
import { createShapeGuard } from '../../src/upstream/answer-limits.ts';

const pass = async () => {};

/** The same numbers on every run. */
function createRandom(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

// None is a backslash alone: where V8 has met that as a key, it takes the key `\"` for it the next time.
const texts = ['', 'a', '__proto__', '"', 'b\\', '\\"', '],}', 'ü€😀', '\n\t', 'x'.repeat(40), '1'];
const spaces = ['', '', ' ', '\n', '\t \r\n'];

/** A value as somebody might write it, with white space of all kinds. */
function write(random: (below: number) => number, depth: number): string {
  const space = () => spaces[random(spaces.length)] ?? '';
  const kind = random(depth > 0 ? 8 : 3);
  const many = random(6);
  if (kind === 0) return JSON.stringify(texts[random(texts.length)]);
  if (kind === 1) return String(random(1000) / 8);
  if (kind === 2) return ['true', 'false', 'null', '-0', '1e5', '1.0', '9007199254740993'][random(7)] ?? '0';
  if (kind < 6)
    return `[${space()}${Array.from({ length: many }, () => write(random, depth - 1)).join(`${space()},${space()}`)}${space()}]`;
  const entries = Array.from(
    { length: many },
    () => `${JSON.stringify(texts[random(texts.length)])}${space()}:${space()}${write(random, depth - 1)}`,
  );
  return `{${space()}${entries.join(`${space()},${space()}`)}${space()}}`;
}

/** One of the ways in which a text may be broken. */
function corrupt(random: (below: number) => number, text: string): string {
  const at = random(text.length + 1);
  const marks = ['', ',', '[', ']', '{', '}', '"', ':', '\\', ' ', '1', '\u00a0', '\u0001'];
  return text.slice(0, at) + (marks[random(marks.length)] ?? '') + text.slice(at + random(3));
}

const whole = (text: string): unknown => {
  try {
    return { value: parseJson(text) };
  } catch {
    return 'no JSON';
  }
};
const inPieces = (bytes: Buffer, size: number) =>
  parseInPieces(bytes, pass, size).then(
    (value) => ({ value }),
    () => 'no JSON',
  );

test.each([1, 2, 3, 4])('what is parsed in pieces is what the parser makes of the whole, broken texts included (%d)', async (seed) => {
  const random = createRandom(seed);
  const different: unknown[] = [];
  for (let round = 0; round < 200; round += 1) {
    const sound = write(random, 4);
    if (sound.length > 1_000) continue;
    for (const text of [sound, corrupt(random, sound), corrupt(random, corrupt(random, sound))]) {
      const bytes = Buffer.from(text);
      const expected = JSON.stringify(whole(bytes.toString()));
      for (const size of [0, 3, 17, 1_000]) if (JSON.stringify(await inPieces(bytes, size)) !== expected) different.push({ size, text });
    }
  }
  expect(different).toEqual([]);
});

test.each([
  '',
  ' ',
  '[1,[2,[3]]] x',
  '[[1]',
  '[1]]',
  '[1],',
  '[1]"',
  '\u0001[1]',
  '{"a":[1] "b":2}',
  '[[1] 2]',
  '[,[1]]',
  '[[1],]',
  '{"a" [1]}',
])('%j is no JSON, in pieces too', async (text) => {
  for (const size of [0, 100]) expect(await inPieces(Buffer.from(text), size)).toBe('no JSON');
});

test('a mark of the encoding is dropped, bad bytes are shown as such, and the message quotes nothing', async () => {
  expect(await parseInPieces(Buffer.from('\ufeff [[1,2],[3]]'), pass, 2)).toEqual([[1, 2], [3]]);
  expect(await parseInPieces(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]), pass, 0)).toEqual(['\ufffd']);
  await expect(parseInPieces(Buffer.from('["secret", oops]'), pass, 3)).rejects.toThrow(/^is no JSON$/);
});

test('large work is cut into small pieces, so that others have their turn', async () => {
  const row = { name: 'x'.repeat(400), list: [1, 2, 3] };
  const bytes = Buffer.from(JSON.stringify({ rows: Array.from({ length: 20_000 }, () => row), text: 'y'.repeat(1_000_000) }));
  let breaths = 0;
  const value = await parseInPieces(bytes, async () => void (breaths += 1));
  expect(value).toEqual(JSON.parse(bytes.toString()));
  expect(breaths).toBeGreaterThan(bytes.length / 200_000);
});

test.each([
  ['[[[]]]', undefined],
  ['[[[[]]]]', 'nested more than 3 deep'],
  ['["[[[[[[[", "\\"[[[[[", {}]', undefined],
  ['[1,2,3,4,5,6,7,8]', undefined],
  ['[1,2,3,4,5,6,7,8,9,10,11,12]', 'of more than 10 values'],
  ['[{},{},{},{},{},{}]', 'of more than 10 values'],
  ['["a\\\\", "\\"", "]]]]]]]]]]]]]]]]]]]]"]', undefined],
  ['["[[[[[[[[[[[[[[[[[[[[\\""]', 'that holds a text of more than 20 bytes'],
  ['["\\\\\\\\", [[[[1]]]]]', 'nested more than 3 deep'],
] as const)('%s is %s, however it is cut', (text, verdict) => {
  for (const size of [1, 2, 5, 100]) {
    const guard = createShapeGuard({ depth: 3, values: 10, textBytes: 20 });
    const bytes = Buffer.from(text);
    const found = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      guard.feed(bytes.subarray(index * size, (index + 1) * size)),
    );
    expect(found.find((word) => word !== undefined)).toBe(verdict);
  }
});
