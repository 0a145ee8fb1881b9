import { createCipheriv, createDecipheriv } from 'node:crypto';
import { ApiError, DroppedConnection } from './errors.ts';

/** Turns row numbers into opaque markers and back (3.1), and hides the secrets of file systems (2.5). The key has 16 bytes. */
export interface Cipher {
  encrypt(text: string): string;
  /** Undefined: not what this key made. */
  decrypt(hex: string): string | undefined;
}

/** One block for every realistic row number, hence 32 hex digits. The key serves as the first vector too. */
export function createCipher(key: Buffer): Cipher {
  return {
    encrypt(text) {
      const cipher = createCipheriv('aes-128-cbc', key, key);
      return cipher.update(text, 'utf8', 'hex') + cipher.final('hex');
    },
    decrypt(hex) {
      try {
        const cipher = createDecipheriv('aes-128-cbc', key, key);
        return cipher.update(hex, 'hex', 'utf8') + cipher.final('utf8');
      } catch {
        return undefined; // wrong padding
      }
    },
  };
}

/** How a list answers a marker that is none (12.2): with what went wrong, with that inside of a sentence, with the default text, or without a code. */
export type MarkerComplaint = 'cause' | 'sentence' | 'default-message' | 'unclassified';

/** The row number behind a marker: 0 for none. Whole bytes that are no whole blocks make the server panic (1.9). */
export function rowOfMarker(marker: string, cipher: Cipher, complaint: MarkerComplaint): number {
  if (marker === '') return 0;
  const cause = flawOfHex(marker);
  if (cause === undefined && marker.length % 32 !== 0) throw new DroppedConnection();
  const text = cause === undefined ? cipher.decrypt(marker) : '';
  const flaw = cause ?? (text === undefined ? 'AesDecrypt PKCS7UnPadding failed as input data illegal' : flawOfNumber(text));
  if (flaw === undefined) return Number(text);
  switch (complaint) {
    case 'cause':
      throw new ApiError('InvalidMarker', flaw);
    case 'sentence':
      throw new ApiError('InvalidMarker', `DecryptPk marker[${marker}] failed. err:[${flaw}]`);
    case 'default-message':
      throw new ApiError('InvalidMarker');
    case 'unclassified':
      throw new ApiError('', flaw);
  }
}

const flawOfNumber = (text: string): string | undefined =>
  /^[+-]?\d+$/.test(text) ? undefined : `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`;

/** Go looks at one byte after the other, and only then at how many there were. */
function flawOfHex(text: string): string | undefined {
  const bad = Buffer.from(text).find((byte) => !/[0-9a-f]/i.test(String.fromCharCode(byte)));
  if (bad === undefined) return text.length % 2 === 0 ? undefined : 'encoding/hex: odd length hex string';
  const code = bad.toString(16).toUpperCase().padStart(4, '0');
  const shown = bad > 0x20 && bad !== 0x7f && !(bad >= 0x80 && bad <= 0xa0) ? ` '${String.fromCharCode(bad)}'` : bad === 0x20 ? " ' '" : '';
  return `encoding/hex: invalid byte: U+${code}${shown}`;
}
