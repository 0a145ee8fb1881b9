import { createHash } from 'node:crypto';

/** What is tried first by whoever wants to get in, and what examples put where a secret belongs. */
const words = `
  test tests testing tester token tokens mytoken thetoken secret secrets mysecret topsecret password passwd pass pwd passw0rd p@ssw0rd mypassword changeme
  change-me change_me changeit change-it replaceme replace-me replace_me fixme todo tbd placeholder example examples sample demo dummy fake foo bar baz
  foobar admin administrator rootroot username guest default public private key apikey api-key api_key sessionkey session-key session_key abc abcd abc123
  qwerty letmein welcome monkey dragon master login hello world hello-world iloveyou hunter2 correcthorsebatterystaple correct-horse-battery-staple
  tributary dashboard gateway graphql graphiql bearer auth none null undefined nil true false empty blank nothing x xx xxx y z a b c aa aaa
  your-token your_token yourtoken your-secret your_secret your-password your_password yourpassword your-token-here your_token_here your-secret-here
  my-token my_token my-secret my_secret my-password access-token access_token accesstoken secret-token secret_token secrettoken test-token test_token testtoken
  dev development prod production staging local localhost ci 0 1 12 123 1234 12345 123456 1234567 12345678 123456789 1234567890 000000 111111 123123
  $TOKEN TOKEN \${TOKEN} <token> <TOKEN> <secret> <password> [token] {token} … ... - * *** s3cr3t s3cret deadbeef cafebabe`
  .trim()
  .split(/\s+/);

const capitalised = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
const endings = ['', '!', '0', '1', '2', '3', '12', '123', '1234', '12345', '!1', '1!', '123!', '@123', '2024', '2025', '2026'];
/** `echo` without `-n` adds the line's end. */
const lineEnds = ['', '\n', '\r\n'];
/** Hashes of an empty text, of lone blanks and of lone line ends are those of a variable that was not set. */
const candidates = () => [
  '',
  ' ',
  ...[...words, ...software].flatMap((word) =>
    [word, word.toUpperCase(), capitalised(word)].flatMap((form) => endings.map((end) => form + end)),
  ),
];

let software: readonly string[] = [];
/** Names of the backends: whoever wants to get in tries them, too. */
export function tryNames(names: readonly string[]): void {
  software = names;
  hashes = undefined;
}

let hashes: ReadonlySet<string> | undefined;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hashesOfWords = () => (hashes ??= new Set(candidates().flatMap((word) => lineEnds.map((end) => sha256(word + end)))));

/** The SHA-256 of something that anybody would try. */
export const isTrivialHash = (hash: string): boolean => hashesOfWords().has(hash);

/** Bytes that somebody has typed: one or a few of them over and over, or each one more than the last. */
function isMonotonous(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return true;
  const repeated = [1, 2, 4, 8].some((period) => bytes.every((byte, at) => byte === bytes[at % period]));
  const step = ((bytes[1] ?? 0) - (bytes[0] ?? 0) + 256) % 256;
  return repeated || bytes.every((byte, at) => byte === ((bytes[0] ?? 0) + at * step) % 256);
}

/** A key of a few letters, digits or words of a text in place of random bytes: `0123456789abcdef0123456789abcdef` is one. */
export function isTrivialKey(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('latin1');
  // Of 32 random bytes about 12 are letters, digits and signs; that all of them are happens once in 10^13 times.
  return (
    isMonotonous(bytes) ||
    new Set(bytes).size < 12 ||
    /^[\x20-\x7e]+$/.test(text) ||
    [...words, ...software].some((word) => word.length > 3 && text.startsWith(word.repeat(2)))
  );
}

/** What a file says where somebody still has to put a password. The default of some software is none: a server may well have it. */
const placeholder =
  /^(?:<.*>|\{\{.*\}\}|\$\{?\w+\}?|…|\.{3,}|\*{3,}|x{4,}|(?:please[-_ ]?)?(?:change|replace)[-_ ]?(?:me|it|this)!*\d{0,4}|(?:your|my|the)[-_ ]?(?:\w+[-_ ]){0,2}(?:password|secret|token)(?:[-_ ]?here)?|(?:password|secret|token)[-_ ]?here|placeholder|todo|tbd|fixme|example|insert[-_ ].*)$/i;
export const isPlaceholder = (text: string): boolean => placeholder.test(text.trim());
