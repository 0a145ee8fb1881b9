/** Bodies are read by the rules of Go's `encoding/json` (1.5). */
import { ApiError } from './errors.ts';

type Kind = 'string' | 'boolean' | 'integer' | 'object' | 'strings' | 'string-map';
/** A shape in brackets: a list of such objects. */
export type Shape = { readonly [key: string]: Kind | Shape | readonly [Shape] };

interface KindTypes {
  string: string;
  boolean: boolean;
  integer: number;
  object: Record<string, unknown>;
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

/** `streaming`: `POST /run` alone, where whatever follows the first value is ignored. */
export function readBody<S extends Shape>(text: string, shape: S, complaint: Complaint, options: { streaming?: boolean } = {}): Decoded<S> {
  try {
    return decodeObject(parseValue(text, options.streaming === true), shape);
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

function parseValue(text: string, streaming: boolean): unknown {
  if (text.trim() === '') throw new DecodeError(streaming ? 'EOF' : 'unexpected end of JSON input');
  try {
    return JSON.parse(streaming ? firstValue(text) : text);
  } catch (error) {
    throw new DecodeError(error instanceof Error ? error.message : String(error));
  }
}

/** The text of the first JSON value, which need not be sound. */
export const firstValue = (text: string): string => text.slice(0, endOfFirstValue(text));

function endOfFirstValue(text: string): number {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if ('{['.includes(char)) depth += 1;
    else if ('}]'.includes(char)) {
      depth -= 1;
      if (depth <= 0) return at + 1;
    } else if (depth === 0 && char.trim() === '' && text.slice(0, at).trim() !== '') return at;
  }
  return text.length;
}

/** Keys match whatever their case, the last one in the body wins, unknown ones are ignored, `null` leaves the default. */
function decodeObject<S extends Shape>(value: unknown, shape: S, path = ''): Decoded<S> {
  if (value === null) return {};
  if (!isObject(value)) throw mismatch(value, path, 'object');
  const names = new Map(Object.keys(shape).map((name) => [name.toLowerCase(), name]));
  const decoded: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const name = names.get(key.toLowerCase());
    const kind = name === undefined ? undefined : shape[name];
    if (name === undefined || kind === undefined || item === null) continue;
    const here = path === '' ? name : `${path}.${name}`;
    decoded[name] = decodeField(item, kind, here);
  }
  return decoded as Decoded<S>; // built key by key from the shape, which the compiler cannot follow
}

function decodeField(item: unknown, kind: Shape[string], path: string): unknown {
  if (typeof kind === 'string') return decodeKind(item, kind, path);
  if (!isList(kind)) return decodeObject(item, kind, path);
  if (!Array.isArray(item)) throw mismatch(item, path, '[]object');
  return item.map((one: unknown) => decodeObject(one, kind[0], path));
}

const isList = (kind: Shape | readonly [Shape]): kind is readonly [Shape] => Array.isArray(kind);

function decodeKind(value: unknown, kind: Kind, path: string): unknown {
  switch (kind) {
    case 'string':
    case 'boolean':
      if (typeof value !== kind) throw mismatch(value, path, kind === 'boolean' ? 'bool' : kind);
      return value;
    case 'integer':
      if (!Number.isSafeInteger(value)) throw mismatch(value, path, 'int');
      return value;
    case 'object':
      if (!isObject(value)) throw mismatch(value, path, 'map');
      return value;
    case 'strings':
      if (!Array.isArray(value)) throw mismatch(value, path, '[]string');
      return value.map((item: unknown) => asText(item, path));
    case 'string-map':
      if (!isObject(value)) throw mismatch(value, path, 'map[string]string');
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item, path)]));
  }
}

function asText(item: unknown, path: string): string {
  if (item === null) return '';
  if (typeof item !== 'string') throw mismatch(item, path, 'string');
  return item;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const mismatch = (value: unknown, path: string, wanted: string): DecodeError =>
  new DecodeError(`json: cannot unmarshal ${wordFor(value)} into Go ${path === '' ? 'value' : `struct field ${path}`} of type ${wanted}`);

const wordFor = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value);
