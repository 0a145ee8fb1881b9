import type { Range } from './known.ts';

/** What gives itself away wherever it stands, whatever it is called. Each is linear in the length of the text: no part can begin inside its own repetition. */
const patterns: readonly RegExp[] = [
  // JWTs and JWEs; also the beginning of one that was cut.
  /eyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g,
  // Of a scheme the rest is a secret, unless it is a word about it.
  /\b(?:bearer|basic|negotiate)[ \t]+(?!tokens?\b|auth|realm|is\b|was\b|and\b|or\b|not\b|challenge)[\w.~+/=:-]{6,}/gi,
  // Key ids of clouds, and what stands right behind them: the key.
  /\b(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA|LTAI|AKID|HPUA)[A-Za-z0-9]{12,}(?:["']?[\s:,/|]{1,4}["']?[\w+/=-]{20,})?/g,
  // Tokens of well-known services.
  /\b(?:gh[pousr]_|github_pat_|glpat-|xox[a-z]-|hf_|npm_|hvs\.|dckr_pat_|sk-|ya29\.|AIza|SG\.)[\w.-]{16,}/g,
  // Kubernetes and K3S: bootstrap and node tokens.
  /\b(?=[a-z]{0,5}\d)[a-z0-9]{6}\.(?=[a-z]{0,15}\d)[a-z0-9]{16}\b/g,
  /\bK10[0-9a-f]{20,}[^\s"']*/g,
  // `curl -u user:password`
  /(?<=(?:^|\s)(?:-u|--user)[= ])[^\s:]{1,256}:[^\s]+/g,
  // Bytes as Go prints them: nobody reads those, and a credential is bytes there.
  /\[(?:\d{1,3}[ ,]{1,2}){15,}\d{1,3}\]/g,
  /\\x[0-9a-f]{16,}/gi,
  // Long opaque runs: nobody reads those either, and they hold whole files.
  /[A-Za-z0-9+/_=-]{256,}/g,
];

/** Secrets by their shape: keys, tokens, and what stands between `://` and `@`. */
export function secretSequences(text: string): Range[] {
  const found = patterns.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ({ index, 0: all }) => ({ start: index, end: index + all.length })),
  );
  return [...found, ...privateKeys(text), ...userInfos(text), ...keysOfStores(text)];
}

/** From the first line of a PEM to its last one, or to the end of a text that was cut. */
function privateKeys(text: string): Range[] {
  const found: Range[] = [];
  let from = 0;
  for (const { index: start } of text.matchAll(/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/g)) {
    if (start < from) continue;
    const last = text.indexOf('-----END ', start);
    const lastEnd = last < 0 ? -1 : text.indexOf('-----', last + 9);
    from = lastEnd < 0 ? text.length : lastEnd + 5;
    found.push({ start, end: from });
    if (from === text.length) break;
  }
  // One whose beginning was cut.
  const end = text.search(/-----END [A-Z0-9 ]{0,40}PRIVATE KEY/);
  if (end >= 0 && found.every((range) => end < range.start || end >= range.end)) found.push({ start: 0, end });
  return found;
}

/** `user:password@` of addresses, with or without a scheme. What is before the colon stays: it says who. */
function userInfos(text: string): Range[] {
  if (!text.includes('@')) return [];
  return Array.from(text.matchAll(/[^\s"'`<>]+/g)).flatMap(({ index, 0: word }) => {
    const at = word.lastIndexOf('@');
    const from = at < 0 ? undefined : passwordIn(word, at);
    return from === undefined || from >= at ? [] : [{ start: index + from, end: index + at }];
  });
}

/** Where it begins in a word whose last `@` is there; undefined where that is no address with a password. */
function passwordIn(word: string, at: number): number | undefined {
  const scheme = word.indexOf('://');
  if (scheme < 0 || scheme > at) {
    const colon = word.indexOf(':');
    const slash = word.indexOf('/');
    const isDigest = word.startsWith('sha256:', at + 1); // of an image
    return colon < 0 || (slash >= 0 && slash < colon) || isDigest ? undefined : colon + 1;
  }
  const begin = scheme + 3;
  const authority = /^[^/?#]*/.exec(word.slice(begin))?.[0] ?? '';
  const colon = authority.indexOf(':');
  // A lone name before the `@` may be a token.
  if (authority.includes('@')) return begin + (colon < 0 || colon > authority.lastIndexOf('@') ? 0 : colon + 1);
  // Behind a path it is part of that, unless somebody forgot to encode a slash in a password.
  return colon < 0 || /^:\d{1,5}$/.test(authority.slice(colon)) ? undefined : begin + colon + 1;
}

/** In characters: as much of an object is looked through, to either side. */
const nearby = 1_000;

/** In an object store the user is a key (`fileSystemType` CEPH beside `userName`), in JSON and as objects are printed: its name does not say so. */
function keysOfStores(text: string): Range[] {
  const found: Range[] = [];
  for (const { index } of text.matchAll(/fileSystemType\\{0,16}["']?\s{0,8}[:=]\s{0,8}\\{0,16}["']?CEPH\b/gi)) {
    const before = text.slice(Math.max(0, index - nearby), index);
    const start = index - before.length + before.lastIndexOf('{') + 1;
    const [object = ''] = text.slice(start, index + nearby).split('}', 1);
    for (const { index: at, 0: all, 1: value = '' } of object.matchAll(
      /userName\\{0,16}["']?\s{0,8}[:=]\s{0,8}\\{0,16}["']?([^"',;}\\\s]+)/gi,
    ))
      found.push({ start: start + at + all.length - value.length, end: start + at + all.length });
  }
  return found;
}
