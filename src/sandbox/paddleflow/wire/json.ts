/** Bodies are read by the rules of Go's `encoding/json` (1.5). */
import type { Json, OpenMap, OpenValue } from '../../kit/json-value.ts';
import { JsonObject, NumberLiteral } from '../../kit/json-value.ts';
import { JsonSyntaxError, readJson } from '../../kit/read-json.ts';
import { ApiError } from './errors.ts';

type Kind = 'string' | 'boolean' | 'integer' | 'object' | 'strings' | 'string-map';
/** A shape in brackets: a list of such objects. */
export type Shape = { readonly [key: string]: Kind | Shape | readonly [Shape] };

interface KindTypes {
  string: string;
  boolean: boolean;
  integer: number;
  object: OpenMap;
  strings: string[];
  'string-map': Record<string, string>;
}
/** A key is missing where the body left it out or sent `null`: Go keeps the field's default. */
export type Decoded<S extends Shape> = {
  [K in keyof S]?: S[K] extends Kind
    ? KindTypes[S[K]]
    : S[K] extends readonly [infer Item extends Shape]
      ? Decoded<Item>[]
      : S[K] extends Shape
        ? Decoded<S[K]>
        : never;
};

/** How a group of endpoints answers a body that does not decode (section 2). */
export type Complaint = 'default-message' | 'decoder-text' | 'invalid-http-request' | 'unclassified';

/** `streaming`: `POST /run` alone, where whatever follows the first value is ignored and numbers of open objects keep their form. */
export function readBody<S extends Shape>(text: string, shape: S, complaint: Complaint, options: { streaming?: boolean } = {}): Decoded<S> {
  const streaming = options.streaming === true;
  try {
    return decodeObject(parseBody(text, streaming), shape, { literals: streaming });
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    switch (complaint) {
      case 'default-message':
        throw new ApiError('MalformedJSON');
      case 'decoder-text':
        throw new ApiError('MalformedJSON', error.message);
      case 'invalid-http-request':
        throw new ApiError('InvalidHTTPRequest', error.message);
      case 'unclassified':
        throw new ApiError('', error.message);
    }
  }
}

class DecodeError extends Error {}

function parseBody(text: string, streaming: boolean): Json {
  if (/^[ \t\r\n]*$/.test(text)) throw new DecodeError(streaming ? 'EOF' : 'unexpected end of JSON input');
  try {
    return readJson(text, streaming ? 'ignored' : 'refused');
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new DecodeError(error.message);
  }
}

interface Reading {
  readonly literals: boolean;
}

/** Keys match whatever their case and all those of one field go to it in turn; unknown ones are ignored. */
function decodeObject<S extends Shape>(
  value: Json,
  shape: S,
  reading: Reading,
  path = '',
  before: Record<string, unknown> = {},
): Decoded<S> {
  if (value === null) return before as Decoded<S>; // built below, key by key from the shape, which the compiler cannot follow
  if (!(value instanceof JsonObject)) throw mismatch(value, path, 'object');
  const names = new Map(Object.keys(shape).map((name) => [folded(name), name]));
  for (const [key, item] of value.entries) {
    const name = names.get(folded(key));
    const kind = name === undefined ? undefined : shape[name];
    if (name === undefined || kind === undefined) continue;
    const decoded = decodeField(item, kind, reading, path === '' ? name : `${path}.${name}`, before[name]);
    if (decoded === undefined) delete before[name];
    else before[name] = decoded;
  }
  return before as Decoded<S>;
}

/** As Go compares names: two letters outside of ASCII count as `k` and `s`. */
export const folded = (name: string): string =>
  name
    .replaceAll('\u212a', 'k')
    .replaceAll('\u017f', 's')
    .replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** `before`: what an earlier key of the same field has left. A `null` leaves it where the field is plain, and empties what could be nil. */
function decodeField(item: Json, kind: Shape[string], reading: Reading, path: string, before: unknown): unknown {
  if (typeof kind === 'string') return decodeKind(item, kind, reading, path, before);
  if (!isList(kind)) return decodeObject(item, kind, reading, path, before as Record<string, unknown> | undefined); // what it has returned
  if (item === null) return undefined;
  if (!Array.isArray(item)) throw mismatch(item, path, '[]object');
  return (item as readonly Json[]).map((one) => decodeObject(one, kind[0], reading, path));
}

const isList = (kind: Shape | readonly [Shape]): kind is readonly [Shape] => Array.isArray(kind);

function decodeKind(value: Json, kind: Kind, reading: Reading, path: string, before: unknown): unknown {
  switch (kind) {
    case 'string':
    case 'boolean':
      if (value === null) return before;
      if (typeof value !== kind) throw mismatch(value, path, kind === 'boolean' ? 'bool' : kind);
      return value;
    case 'integer':
      if (value === null) return before;
      if (!(value instanceof NumberLiteral) || !isInt64(value.text)) throw mismatch(value, path, 'int');
      return Number(value.text);
    case 'object':
      if (value === null) return undefined;
      if (!(value instanceof JsonObject)) throw mismatch(value, path, 'map[string]interface {}');
      return new Map([...((before as OpenMap | undefined) ?? []), ...openMapOf(value, reading)]); // what it has returned
    case 'strings':
      if (value === null) return undefined;
      if (!Array.isArray(value)) throw mismatch(value, path, '[]string');
      return (value as readonly Json[]).map((item) => asText(item, path));
    case 'string-map':
      if (value === null) return undefined;
      if (!(value instanceof JsonObject)) throw mismatch(value, path, 'map[string]string');
      return Object.fromEntries([
        ...Object.entries((before as Record<string, string> | undefined) ?? {}), // what it has returned
        ...value.entries.map(([key, item]) => [key, asText(item, path)]),
      ]);
  }
}

const isInt64 = (text: string): boolean => /^-?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);

function openMapOf(value: JsonObject, reading: Reading): OpenMap {
  try {
    return new Map(value.entries.map(([key, item]) => [key, openValueOf(item, reading)]));
  } catch (error) {
    throw error instanceof RangeError ? new DecodeError('exceeded max depth') : error; // nothing that anybody sends nests so deep
  }
}

function openValueOf(value: Json, reading: Reading): OpenValue {
  if (value instanceof JsonObject) return new Map(value.entries.map(([key, item]) => [key, openValueOf(item, reading)]));
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => openValueOf(item, reading));
  if (!(value instanceof NumberLiteral) || reading.literals) return value as OpenValue; // neither of both
  const number = Number(value.text);
  if (!Number.isFinite(number)) throw new DecodeError(`json: cannot unmarshal number ${value.text} into Go value of type float64`);
  return number;
}

function asText(item: Json, path: string): string {
  if (item === null) return '';
  if (typeof item !== 'string') throw mismatch(item, path, 'string');
  return item;
}

const mismatch = (value: Json, path: string, wanted: string): DecodeError =>
  new DecodeError(`json: cannot unmarshal ${wordFor(value)} into Go ${path === '' ? 'value' : `struct field ${path}`} of type ${wanted}`);

function wordFor(value: Json): string {
  if (Array.isArray(value)) return 'array';
  if (value instanceof NumberLiteral) return 'number';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
