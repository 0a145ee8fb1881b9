import { createHash, createHmac } from 'node:crypto';

/** One request as it goes over the wire, and the key that signs it. */
export interface SignatureInput {
  readonly method: string;
  /** Absolute. The wire form: what is escaped here is escaped on the wire. */
  readonly url: string;
  /** All of them are signed, by their lower-case names. `X-Sdk-Date` is added where it is missing; `Host` has to be given to be signed. */
  readonly headers: Readonly<Record<string, string>>;
  /** The very bytes that are sent, or null for none. */
  readonly body: string | Uint8Array | null;
  readonly ak: string;
  readonly sk: string;
  /** UTC, `YYYYMMDDTHHMMSSZ`. */
  readonly date: string;
}

/** The parts of a signature: `authorization` is the header, the others tell why two sides disagree. None holds the secret key. */
export interface Signature {
  readonly canonicalRequest: string;
  readonly canonicalRequestHash: string;
  readonly stringToSign: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly authorization: string;
}

/** Thrown where the vendor's own signers disagree, so that no server can be expected to take it, or where the input is no request. */
export class UnsignableError extends Error {
  override name = 'UnsignableError';
}

const algorithm = 'SDK-HMAC-SHA256';
const dateHeader = 'x-sdk-date';
const bodyHashHeader = 'x-sdk-content-sha256';

/** `SDK-HMAC-SHA256` (contract huawei-auth 3.2): a pure function of its input. Throws an `UnsignableError`, which quotes no value. */
export function signRequest({ method, url, headers, body, ak, sk, date }: SignatureInput): Signature {
  const { path, query } = partsOf(url);
  const signed = canonicalHeaders(headers, date);
  const lines = [
    method.toUpperCase(),
    canonicalPath(path),
    canonicalQuery(query),
    signed.map(([name, value]) => `${name}:${value}\n`).join(''),
    signed.map(([name]) => name).join(';'),
    bodyHash(signed, body),
  ];
  const canonicalRequest = lines.join('\n');
  const canonicalRequestHash = sha256(canonicalRequest);
  const stringToSign = `${algorithm}\n${date}\n${canonicalRequestHash}`;
  const signature = createHmac('sha256', sk).update(stringToSign).digest('hex');
  const signedHeaders = lines[4] ?? '';
  const authorization = `${algorithm} Access=${ak}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return { canonicalRequest, canonicalRequestHash, stringToSign, signedHeaders, signature, authorization };
}

/** `YYYYMMDDTHHMMSSZ`. */
export const sdkDate = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d+/g, '');

/** Escapes as the signature does, space as `%20` and `! ' ( ) *` too: also for building the path and query that are sent. */
export const escaped = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** By hand: `URL` would clean the path, and so sign another one than is sent. */
function partsOf(url: string): { path: string; query: string } {
  const match = /^https?:\/\/[^/?#]+([^?#]*)(?:\?([^#]*))?$/.exec(url);
  if (match === null) throw new UnsignableError('the url is not absolute, or has a fragment');
  return { path: match[1] ?? '', query: match[2] ?? '' };
}

function decoded(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UnsignableError(`the ${what} is not well escaped`);
  }
}

/** In a path npm's signer escapes these twice (3.4): no signature of it is everybody's. */
const ambiguousInPath = /[ "'<>\\^`{|}]/;

/** Decoded once and as a whole, so that `%2F` signs like a slash. */
function canonicalPath(path: string): string {
  const plain = decoded(path, 'path');
  if (ambiguousInPath.test(plain) || [...plain].some(isControl))
    throw new UnsignableError('the path holds a sign that cannot be signed safely');
  const uri = plain.split('/').map(escaped).join('/');
  return uri.endsWith('/') ? uri : `${uri}/`;
}

const isControl = (sign: string) => sign < ' ' || sign === '\u007f';

/** Sorted by what the names and values say, not by how they are escaped. */
function canonicalQuery(query: string): string {
  if (query === '') return '';
  // No signer writes a raw plus, and what the server would read in it is not known.
  if (query.includes('+')) throw new UnsignableError('the query holds a raw plus sign');
  const pairs = query.split('&').map((pair): [string, string] => {
    const split = pair.indexOf('=');
    return split === -1 ? [decoded(pair, 'query'), ''] : [decoded(pair.slice(0, split), 'query'), decoded(pair.slice(split + 1), 'query')];
  });
  const sorted = pairs.toSorted(byUnits);
  // Python sorts by code points, Go by bytes, which is the same order, npm by UTF-16 units.
  if (sorted.some((pair, index) => pair !== pairs.toSorted(byPoints)[index]))
    throw new UnsignableError('the signers disagree on the order of the query');
  return sorted.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&');
}

type Pair = readonly [string, string];
const compare = <T>(one: T, other: T): number => (one < other ? -1 : one > other ? 1 : 0);
const byUnits = (one: Pair, other: Pair): number => compare(one[0], other[0]) || compare(one[1], other[1]);
const byPoints = (one: Pair, other: Pair): number =>
  Buffer.compare(Buffer.from(one[0]), Buffer.from(other[0])) || Buffer.compare(Buffer.from(one[1]), Buffer.from(other[1]));

function canonicalHeaders(headers: Readonly<Record<string, string>>, date: string): Pair[] {
  if (!/^\d{8}T\d{6}Z$/.test(date)) throw new UnsignableError('the date is not YYYYMMDDTHHMMSSZ');
  const named = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (lower.includes('_')) throw new UnsignableError('a header has an underscore in its name, which only some sign');
    if (value !== value.trim()) throw new UnsignableError('a header has blanks at its edges, which only some cut');
    if (named.has(lower)) throw new UnsignableError('a header is given twice');
    named.set(lower, value);
  }
  if ((named.get(dateHeader) ?? date) !== date) throw new UnsignableError('the headers have another date');
  named.set(dateHeader, date);
  return [...named].toSorted(byUnits);
}

function bodyHash(headers: readonly Pair[], body: SignatureInput['body']): string {
  const given = headers.find(([name]) => name === bodyHashHeader)?.[1];
  if (given === undefined) return sha256(body ?? '');
  if (body === null) throw new UnsignableError('a hash of the body is given without a body, which the signers read differently');
  return given;
}
