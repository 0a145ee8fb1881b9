import { createHash } from 'node:crypto';
import type { NewLogEntry } from '../../../live/stream.ts';

/** Rows of the log stream stay small, so that a reader's page holds whole rows and one row never fills it. */
const maxChunkBytes = 65_536;
export const maxChunkLines = 500;

/** A page of log text as raw lines. PaddleFlow ends each with `\n` (contract 2.13); what comes after the last one is a line still being written. */
export function splitLines(content: string): { lines: string[]; rest: string } {
  const lines = content.split('\n');
  const rest = lines.pop() ?? '';
  return { lines, rest };
}

/** Enough to recognise a line again; the text itself is stored once only. */
export const hashLine = (raw: string): string => createHash('sha1').update(raw).digest('base64url').slice(0, 16);

/** Cut at a character's border, so that what is left is still text. */
function cutLine(raw: string, maxBytes: number): { text: Buffer; cut: boolean } {
  const whole = Buffer.from(raw);
  if (whole.length <= maxBytes) return { text: whole, cut: false };
  let end = maxBytes;
  while (end > 0 && ((whole[end] ?? 0) & 0xc0) === 0x80) end -= 1; // continuation bytes belong to the character before
  return { text: whole.subarray(0, end), cut: true };
}

/** Raw lines as rows of the log stream, numbered from `firstLine`. */
export function chunksOf(
  raws: readonly string[],
  { step, firstLine, maxLineBytes }: { step: string; firstLine: number; maxLineBytes: number },
): NewLogEntry[] {
  const chunks: NewLogEntry[] = [];
  let body: Buffer[] = [];
  let cutLines: number[] = [];
  let bytes = 0;
  let next = firstLine;
  const flush = (end: number) => {
    if (body.length === 0) return;
    chunks.push({
      kind: 'LINES',
      step,
      size: body.length,
      firstLine: next,
      body: Buffer.concat(body.flatMap((line) => [line, newline])),
      cutLines,
    });
    next = end;
    [body, cutLines, bytes] = [[], [], 0];
  };
  raws.forEach((raw, index) => {
    const { text, cut } = cutLine(raw, maxLineBytes);
    if (bytes + text.length > maxChunkBytes || body.length >= maxChunkLines) flush(firstLine + index);
    body.push(text);
    bytes += text.length;
    if (cut) cutLines.push(firstLine + index);
  });
  flush(firstLine + raws.length);
  return chunks;
}
const newline = Buffer.from('\n');

export interface LogLine {
  /** The step's own number, from 1. */
  readonly number: number;
  /** As Kubernetes stamped it, with nanoseconds; null on a line without a stamp. */
  readonly at: string | null;
  readonly text: string;
  /** It was longer than the limit; the rest is not kept. */
  readonly cut: boolean;
}

const stamped = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) ?/;

/** The lines of a stored row. Each begins with the time that Kubernetes put there. */
export function linesOf({ body, firstLine, cutLines }: { body: Buffer | null; firstLine: number; cutLines: number[] | null }): LogLine[] {
  const raws = (body ?? Buffer.alloc(0)).toString().split('\n').slice(0, -1);
  const cut = new Set(cutLines);
  return raws.map((raw, index) => {
    const number = firstLine + index;
    const stamp = stamped.exec(raw);
    return { number, at: stamp?.[1] ?? null, text: raw.slice(stamp?.[0].length ?? 0), cut: cut.has(number) };
  });
}
