/** A part of a text, from `start` up to `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Looked up by the hash of so many characters at once; shorter secrets are looked for one by one. */
const window = 8;
/** Shorter ones are in every text; what names them (`password=`) still gives them away. */
const shortest = 4;
const base = 31;
/** `base` to the power of `window - 1`, in 32 bits: what the oldest character of a window weighs. */
const oldest = Array.from({ length: window - 1 }).reduce<number>((power) => Math.imul(power, base), 1);
const hashOf = (text: string) =>
  Array.from({ length: window }, (_, at) => text.charCodeAt(at)).reduce((hash, code) => (Math.imul(hash, base) + code) | 0, 0);

/** Passwords of that kind are public. */
const common = new Set([
  'tributary',
  'postgres',
  'root',
  'admin',
  'test',
  'password',
  'secret',
  'token',
  'user',
  'none',
  'null',
  'true',
  'false',
]);

/** Names of software are public, too: some of it has its own for a password at first, which then is part of every path of its API. */
export const keepPublic = (names: readonly string[]): void => names.forEach((name) => common.add(name));

/**
 * Secrets that are known by heart, and where a text repeats them: as they are, as they stand in JSON, percent-encoded, in hexadecimal, and in base64
 * with whatever else around them. Finding costs the same however many there are. Never holds more than `most`: the oldest one goes.
 */
export class KnownSecrets {
  readonly #most: number;
  readonly #forms = new Map<string, readonly string[]>();
  readonly #byHash = new Map<number, string[]>();
  readonly #short = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  add(secret: string): void {
    if (secret.length < shortest || common.has(secret.toLowerCase())) return;
    const known = this.#forms.get(secret);
    if (known !== undefined) {
      this.#forms.delete(secret); // used again: now it is the newest
      this.#forms.set(secret, known);
      return;
    }
    const forms = formsOf(secret);
    this.#forms.set(secret, forms);
    for (const form of forms) this.#put(form);
    const [first] = this.#forms.keys();
    if (this.#forms.size > this.#most && first !== undefined) this.#forget(first);
  }

  /** Every place of any of them; places may overlap. */
  find(text: string): Range[] {
    const found: Range[] = [];
    for (const short of this.#short.keys()) found.push(...wordsIn(text, short));
    if (this.#byHash.size === 0 || text.length < window) return found;
    let hash = hashOf(text);
    for (let start = 0; ; start += 1) {
      for (const form of this.#byHash.get(hash) ?? []) if (text.startsWith(form, start)) found.push({ start, end: start + form.length });
      const next = start + window;
      if (next >= text.length) return found;
      hash = (Math.imul((hash - Math.imul(text.charCodeAt(start), oldest)) | 0, base) + text.charCodeAt(next)) | 0;
    }
  }

  #put(form: string): void {
    if (form.length < window) return void this.#short.set(form, (this.#short.get(form) ?? 0) + 1);
    const hash = hashOf(form);
    this.#byHash.set(hash, [...(this.#byHash.get(hash) ?? []), form]);
  }

  #forget(secret: string): void {
    for (const form of this.#forms.get(secret) ?? []) {
      const count = this.#short.get(form);
      if (count !== undefined) {
        if (count > 1) this.#short.set(form, count - 1);
        else this.#short.delete(form);
        continue;
      }
      const hash = hashOf(form);
      const left = [...(this.#byHash.get(hash) ?? [])];
      left.splice(left.indexOf(form), 1);
      if (left.length > 0) this.#byHash.set(hash, left);
      else this.#byHash.delete(hash);
    }
    this.#forms.delete(secret);
  }
}

/** A short one counts as a word of its own only: as a part of other words it would blacken half of a text, and so be told. */
function wordsIn(text: string, word: string): Range[] {
  const found: Range[] = [];
  for (let start = text.indexOf(word); start >= 0; start = text.indexOf(word, start + word.length)) {
    const end = start + word.length;
    if (!isWordy(text[start - 1]) && !isWordy(text[end])) found.push({ start, end });
  }
  return found;
}
const isWordy = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_]/u.test(character);

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

function formsOf(secret: string): string[] {
  const once = inJson(secret);
  const bytes = Buffer.from(secret, 'utf8');
  // Without blanks: so it is looked for where it is broken into lines.
  const plain = [
    secret,
    secret.replaceAll(/\s+/g, ''),
    once,
    inJson(once),
    encodeSafely(secret),
    secret.replaceAll("'", "''"),
    secret.replaceAll("'", String.raw`'\''`),
  ];
  // Too short an encoding says nothing, and is in many a word.
  const encoded = [...inBase64(bytes), bytes.toString('hex'), bytes.toString('hex').toUpperCase()].filter((form) => form.length >= window);
  // A secret of blanks has forms that are empty, which are everywhere.
  return [...new Set([...plain, ...encoded])].filter((form) => form.length >= shortest);
}

function encodeSafely(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** In base64 the same bytes look different by what stands before them: the characters that depend on nothing but the secret, for each of the three cases. */
function inBase64(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const own = text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
