import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { differences, filled } from '../../support/pattern.ts';
import { base64, callerOf } from './bench.ts';
import { givens, startSetting } from './vector-setting.ts';
import type { Vector } from './vector-setting.ts';

const file = new URL('../../contract/vectors/paddleflow.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Vector[] };
const keyOf = ({ method, path, call }: Vector): string => `${method} ${path} ${call}`;

describe(`the sandbox answers as the server that was recorded, in ${cases.length} vectors`, () => {
  test.each(cases.map((vector) => [keyOf(vector), vector] as const))('%s', async (key, vector) => {
    const { bench, alice, known } = await startSetting();
    await using _ = bench;
    await givens[key]?.(bench, known, vector);
    const token = vector.token ?? (vector.as === 'wdalice' ? alice.token : vector.as === 'root' ? bench.root.token : '');
    const asked = callerOf(bench.sandbox.url, token).call(vector.method, addressOf(vector, known), bodyOf(vector, known), vector.headers);
    const answer = await asked.catch(closed);
    const given: unknown = answer.text === '' ? null : cut(vector, JSON.parse(answer.text));
    expect([answer.status, ...differences(vector.response, given, known)]).toEqual([vector.status]);
  });

  test('each given belongs to a vector', () => {
    expect(Object.keys(givens).filter((key) => !cases.some((vector) => keyOf(vector) === key))).toEqual([]);
  });
});

/** What is recorded as an answer that never came. */
function closed(error: unknown): { status: null; text: '' } {
  if (error instanceof TypeError && error.message === 'fetch failed') return { status: null, text: '' };
  throw error;
}

function addressOf({ path, query }: Vector, known: Map<string, string>): string {
  const asked = new URLSearchParams(Object.entries(query ?? {}).map(([name, value]) => [name, filled(value, known)]));
  return filled(path, known) + (query === undefined ? '' : `?${asked}`);
}

function bodyOf({ raw, request, yaml = '' }: Vector, known: Map<string, string>): unknown {
  if (request === undefined) return raw;
  const text = JSON.stringify(request).replaceAll('<base64 of yaml>', base64(yaml));
  return filled(text, known);
}

/** Of one list only the first item was recorded. */
function cut({ given = '' }: Vector, body: unknown): unknown {
  if (!given.includes('cut to the first item')) return body;
  const list = body as { fsList: unknown[] };
  return { ...list, fsList: list.fsList.slice(0, 1) };
}
