import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sdkDate, signRequest, UnsignableError, type Signature, type SignatureInput } from '../../../src/backends/huawei/signature.ts';

interface Vector extends SignatureInput, Signature {
  readonly name: string;
  readonly note: string;
}
const file = readFileSync(new URL('../../contract/vectors/signature.json', import.meta.url), 'utf8');
const { vectors, disputed } = JSON.parse(file) as { vectors: Vector[]; disputed: (SignatureInput & { name: string; note: string })[] };

test.each(vectors)("$name is signed as the vendor's signers do: $note", (vector) => {
  const { canonicalRequest, canonicalRequestHash, stringToSign, signedHeaders, signature, authorization } = vector;
  const parts = { canonicalRequest, canonicalRequestHash, stringToSign, signedHeaders, signature, authorization };
  expect(signRequest(vector)).toEqual(parts);
});

test.each(disputed)('$name is never signed: $note', (vector) => {
  expect(() => signRequest(vector)).toThrow(UnsignableError);
});

const plain = vectors[0] as Vector;
test.each([
  ['a raw plus sign in the query', { url: `${plain.url}?a=b+c` }],
  ['a fragment', { url: `${plain.url}#x` }],
  ['a path alone', { url: '/v2.0/resources' }],
  ['escapes that are none', { url: `${plain.url}/%E6%zz` }],
  ['half a letter', { url: `${plain.url}/%E6` }],
  ['a date of another form', { date: '2026-01-02T03:04:05Z' }],
  ['two dates', { date: '20260102T030406Z' }],
  ['one header twice', { headers: { ...plain.headers, host: 'another' } }],
  ...Array.from('"<>\\^`{|}\u0001', (sign) => [
    `${JSON.stringify(sign)} in the path`,
    { url: `${plain.url}/a${encodeURIComponent(sign)}b` },
  ]),
] as [string, Partial<SignatureInput>][])('%s is refused before anything is signed', (_what, change) => {
  expect(() => signRequest({ ...plain, ...change })).toThrow(UnsignableError);
});

test('the date is added to the headers where it is missing, and a text of bytes is the same body', () => {
  const { 'X-Sdk-Date': _date, ...headers } = plain.headers;
  expect(signRequest({ ...plain, headers }).signature).toBe(plain.signature);
  const post = vectors.find(({ name }) => name === 'post-unicode') as Vector;
  expect(signRequest({ ...post, body: Buffer.from(post.body as string) }).signature).toBe(post.signature);
});

test('no part of a signature holds the secret key, nor does what is refused', () => {
  expect(JSON.stringify(signRequest(plain))).not.toContain(plain.sk);
  const refused = () => signRequest({ ...plain, headers: { ...plain.headers, 'X-Secret': ' hidden ' } });
  expect(refused).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hidden') as string }) as Error);
});

test('a moment is written as the header has it', () => {
  expect(sdkDate(new Date('2026-01-02T03:04:05.678Z'))).toBe('20260102T030405Z');
});
