import { isUtf8 } from 'node:buffer';

/** The text, or where Go's decoder gives up. `sound`: whether it is UTF-8; in the text what is not is U+FFFD. */
export type Decoded64 = { readonly text: string; readonly sound: boolean } | { readonly badByte: number };

/** Standard, padded base64 and nothing else, but for ends of lines, which Go skips (2.7). */
export function decodeBase64(text: string): Decoded64 {
  const bytes = Buffer.from(text);
  const digits: number[] = []; // their places
  let at = 0;
  for (; at < bytes.length; at += 1) {
    const char = String.fromCharCode(bytes[at] ?? 0);
    if (char === '\r' || char === '\n') continue;
    if (char === '=') break;
    if (!/[A-Za-z0-9+/]/.test(char)) return { badByte: at };
    digits.push(at);
  }
  const flaw = flawOfEnd(bytes, at, digits.length % 4);
  if (flaw !== undefined) return { badByte: flaw };
  const found = Buffer.from(text, 'base64');
  return { text: found.toString(), sound: isUtf8(found) };
}

/** `at`: the first padding sign, or the end. `open`: digits of the last group of four. */
function flawOfEnd(bytes: Buffer, at: number, open: number): number | undefined {
  const skip = (from: number): number => {
    let next = from;
    while (bytes[next] === 0x0a || bytes[next] === 0x0d) next += 1;
    return next;
  };
  // At the end of the text Go names the place where the last group began.
  if (at === bytes.length) return open === 0 ? undefined : at - open;
  if (open < 2) return at;
  let next = skip(at + 1);
  if (open === 2) {
    if (next === bytes.length) return next;
    if (bytes[next] !== 0x3d) return next - 1;
    next = skip(next + 1);
  }
  return next === bytes.length ? undefined : next;
}

export const illegalBase64 = (badByte: number): string => `illegal base64 data at input byte ${badByte}`;
