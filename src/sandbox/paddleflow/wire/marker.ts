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

/** The row number behind a marker: 0 for none. Whole bytes that are no whole blocks make the server panic (1.9). */
export function rowOfMarker(marker: string, cipher: Cipher): number {
  if (marker === '') return 0;
  if (!/^([0-9a-f]{2})+$/i.test(marker)) throw new ApiError('InvalidMarker');
  if (marker.length % 32 !== 0) throw new DroppedConnection();
  const text = cipher.decrypt(marker);
  if (text === undefined || !/^[+-]?\d+$/.test(text)) throw new ApiError('InvalidMarker');
  return Number(text);
}
