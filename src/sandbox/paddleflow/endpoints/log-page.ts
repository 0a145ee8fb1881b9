import type { Job, LogLine } from '../workflow/types.ts';

/** How far a log can be read (2.13): bytes from its beginning, lines from its end. */
const headBytes = 500_000;
const tailLines = 5000;

export interface LogPage {
  readonly logContent: string;
  readonly hasNextPage: boolean;
  readonly truncated: boolean;
}

type PageOf = { readonly pageNo: number; readonly pageSize: number; readonly position: 'begin' | 'end' };

/** Page 1 of `end` holds the newest lines; inside a page the order is chronological. A page behind the last one is empty. */
export function readLogPage(job: Job, { pageNo, pageSize, position }: PageOf, now: number): LogPage {
  const count = job.startedAt() === undefined ? 0 : job.lineCount(now);
  return position === 'begin' ? headPage(job, count, pageNo, pageSize) : tailPage(job, count, pageNo, pageSize);
}

/** A line as Kubernetes gives it, without its end. */
export function lineText({ timeNs, text }: LogLine): string {
  const time = new Date(Number(timeNs / 1_000_000n)).toISOString().slice(0, 19);
  return `${time}.${String(timeNs % 1_000_000_000n).padStart(9, '0')}Z ${text}`;
}

function tailPage(job: Job, count: number, pageNo: number, pageSize: number): LogPage {
  const first = Math.max(0, count - tailLines);
  const end = count - (pageNo - 1) * pageSize;
  const begin = Math.max(first, end - pageSize);
  if (end <= first) return nothing;
  const lines: string[] = [];
  for (let index = begin; index < end; index += 1) lines.push(lineText(job.line(index)));
  const hasNextPage = begin > first;
  return page(lines, hasNextPage, !hasNextPage && count >= tailLines);
}

/** The ceiling falls where it falls, also into a line or a character; that line is the last one. */
function headPage(job: Job, count: number, pageNo: number, pageSize: number): LogPage {
  const begin = (pageNo - 1) * pageSize;
  const lines: string[] = [];
  let bytes = 0;
  let index = 0;
  for (; index < count && index < begin + pageSize && bytes < headBytes; index += 1) {
    const line = Buffer.from(`${lineText(job.line(index))}\n`);
    const readable = line.subarray(0, headBytes - bytes).toString();
    bytes += line.length;
    if (index >= begin) lines.push(readable.replace(/\n$/, ''));
  }
  if (lines.length === 0) return nothing;
  const ceilingHit = bytes >= headBytes;
  return page(lines, index < count && !ceilingHit, ceilingHit);
}

const nothing: LogPage = { logContent: '', hasNextPage: false, truncated: false };

const page = (lines: readonly string[], hasNextPage: boolean, truncated: boolean): LogPage => ({
  logContent: lines.map((line) => `${line}\n`).join(''),
  hasNextPage,
  truncated,
});
