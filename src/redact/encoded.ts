import type { Range } from './known.ts';

/** How often something is unwrapped that was wrapped in itself. */
export const deepest = 3;

const printable = (text: string): boolean => {
  let odd = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 127 || code === 0xfffd) odd += 1;
  }
  return odd * 10 <= text.length;
};

/** Base64, also folded into lines: it may begin in the middle of a run, as a path's slashes belong to its alphabet. */
const base64 = /[A-Za-z0-9+/_-]{12,}(?:(?:\r?\n|\\{1,4}n)[ \t]{0,16}[A-Za-z0-9+/_-]{4,}){0,2000}={0,2}/g;

function* fromBase64(text: string): Generator<Range & { readonly told: string }> {
  for (const { index, 0: run } of text.matchAll(base64)) {
    const folded = run.replaceAll(/\s|\\{1,4}n/g, '');
    for (let shift = 0; shift < 4; shift += 1) {
      const told = Buffer.from(folded.slice(shift), 'base64').toString('utf8');
      if (printable(told)) yield { start: index, end: index + run.length, told };
    }
  }
}

const escaped = /%[0-9a-f]{2}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|&(?:#\d{1,6}|#x[0-9a-f]{1,5}|quot|amp|lt|gt);/i;
const html: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>' };
const fromCode = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD');

function unescape(word: string): string {
  return word
    .replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
    .replaceAll(/\\{1,8}u([0-9a-f]{4})/gi, (_all, hex: string) => fromCode(Number.parseInt(hex, 16)))
    .replaceAll(/\\{1,8}x([0-9a-f]{2})/gi, (_all, hex: string) => fromCode(Number.parseInt(hex, 16)))
    .replaceAll(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(quot|amp|lt|gt));/gi, (_all, decimal?: string, hex?: string, named?: string) =>
      decimal ? fromCode(Number(decimal)) : hex ? fromCode(Number.parseInt(hex, 16)) : (html[named?.toLowerCase() ?? ''] ?? ''),
    );
}

/** Words with escapes in them, as they read without. */
function* fromEscapes(text: string): Generator<Range & { readonly told: string }> {
  if (!escaped.test(text)) return;
  for (const { index, 0: word } of text.matchAll(/\S+/g)) {
    const told = unescape(word);
    if (told !== word) yield { start: index, end: index + word.length, told };
  }
}

/** Parts of a text that stand for another text. */
export function* encodedParts(text: string): Generator<Range & { readonly told: string }> {
  yield* fromBase64(text);
  yield* fromEscapes(text);
}
