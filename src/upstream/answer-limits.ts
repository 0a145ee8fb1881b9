/** How large an answer may be before it is no answer of this call. */
export interface AnswerLimits {
  readonly bytes: number;
  /** Brackets inside of brackets. */
  readonly depth: number;
  /** Values of any kind: what an answer takes in memory depends on their number far more than on its bytes. */
  readonly values: number;
  /** Of a single text, which can only be parsed as one. */
  readonly textBytes: number;
}

const KiB = 1024;
const MiB = 1024 * KiB;

export const usualLimits: AnswerLimits = { bytes: 32 * MiB, depth: 400, values: 2_000_000, textBytes: 8 * MiB };

/** Of an answer that is no success only the words of the error are of use. */
export const refusalBytes = 256 * KiB;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/**
 * Looks through the bytes of a JSON text as they arrive, for less than a millisecond at a time. It does not mind what is no JSON: that is for the
 * parser to say, who is so spared what would take it too long.
 */
export function createShapeGuard({ depth: mostDepth, values: mostValues, textBytes: mostTextBytes }: Omit<AnswerLimits, 'bytes'>) {
  let depth = 0;
  let values = 0;
  let inText = false;
  let escaped = false;
  let textBytes = 0;

  /** Where a text that goes on in this chunk ends in it; its length, where it does not. */
  function textEnd(chunk: Buffer, from: number, slashes: { next: number }): number {
    let at = from;
    if (escaped) {
      escaped = false;
      at += 1;
    }
    while (at < chunk.length) {
      const end = chunk.indexOf(quote, at);
      const stop = end < 0 ? chunk.length : end;
      if (slashes.next < at) {
        const found = chunk.indexOf(backslash, at);
        slashes.next = found < 0 ? chunk.length : found;
      }
      if (slashes.next >= stop) {
        inText = end < 0;
        return stop;
      }
      escaped = slashes.next + 1 === chunk.length;
      at = slashes.next + 2;
    }
    return chunk.length;
  }

  return {
    /** What is too much about it; undefined: nothing so far. */
    feed(chunk: Buffer): string | undefined {
      const slashes = { next: -1 };
      for (let at = 0; at < chunk.length; at += 1) {
        if (inText) {
          const end = textEnd(chunk, at, slashes);
          textBytes += end - at;
          if (textBytes > mostTextBytes) return `that holds a text of more than ${mostTextBytes} bytes`;
          at = end;
          continue;
        }
        const byte = chunk[at] ?? 0;
        if (byte === quote) {
          inText = true;
          textBytes = 0;
        } else if (byte === comma) values += 1;
        // `[` and `{`, `]` and `}` differ in one bit.
        else if ((byte | 0x20) === 0x7b) {
          depth += 1;
          values += 1;
          if (depth > mostDepth) return `nested more than ${mostDepth} deep`;
        } else if ((byte | 0x20) === 0x7d) depth -= 1;
      }
      return values > mostValues ? `of more than ${mostValues} values` : undefined;
    },
  };
}
