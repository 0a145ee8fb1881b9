import { setTimeout as delay } from 'node:timers/promises';
import { openSocket, type TestSocket } from '../../support/socket.ts';
import { operation, type LogItem } from '../world.ts';
import { as, type Gateway } from './world.ts';

export interface Followed {
  readonly texts: string[];
  readonly gaps: string[];
  /** When its end was told, in milliseconds of `performance.now()`. */
  endedAt: number | undefined;
  stop(): void;
}

/** A stream that nobody hears of for so long is asked for again: the connection may be to a process that stands still. */
const silentMs = 20_000;

/** Of a run that was not accepted: a log that never ends. */
export const followedNothing: Followed = { texts: [], gaps: [], endedAt: undefined, stop: () => {} };

/** Reads a run's log to its end, whatever becomes of gateways on the way, each time from its last cursor. */
export function follow(id: string, gateways: readonly Gateway[], first: number): Followed {
  const followed: Followed = { texts: [], gaps: [], endedAt: undefined, stop: () => over.abort() };
  const over = new AbortController();
  void (async () => {
    let after: string | undefined;
    for (let turn = first; !over.signal.aborted && followed.endedAt === undefined; turn += 1) {
      const url = gateways[turn % gateways.length]?.url();
      await using socket = url === undefined ? undefined : await openSocket(url, { params: as('boss') }).catch(() => undefined);
      if (socket !== undefined) after = await read(socket, followed, id, after, over.signal);
      await delay(200);
    }
  })();
  return followed;
}

/** Until the stream or its connection ends; the last cursor that has come. */
async function read(
  socket: TestSocket,
  followed: Followed,
  id: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  let cursor = after;
  const stream = socket.start({ query: await operation('FollowRunLog'), variables: { id, after } });
  try {
    while (!signal.aborted) {
      const silence = new AbortController();
      const result = await Promise.race([
        stream.next<{ runLog: LogItem }>(),
        delay(silentMs, undefined, { signal: AbortSignal.any([silence.signal, signal]) }),
      ]).finally(() => silence.abort());
      const item = result?.data?.runLog;
      if (item === undefined) return cursor;
      cursor = item.cursor;
      followed.texts.push(...(item.lines ?? []).map(({ text }) => text));
      if (item.gapReason) followed.gaps.push(item.gapReason);
      if (item.__typename === 'StreamEnd') {
        followed.endedAt = performance.now();
        return cursor;
      }
    }
  } catch {
    // Its connection has ended, or it was refused: another one is tried.
  }
  return cursor;
}

export interface Judgement {
  readonly lines: number;
  /** Missing, and no gap tells of it. */
  readonly lost: number;
  /** Missing, and a gap tells of it. */
  readonly told: number;
  readonly twice: number;
  readonly disordered: boolean;
  readonly gaps: number;
  readonly open: boolean;
}

/** What one has got, against what was written: `line 1` up to `line <count>`. */
export function judge({ texts, gaps, endedAt }: Followed, count: number): Judgement {
  const seen = new Set(texts);
  const missing = Array.from({ length: count }, (_, at) => `line ${at + 1}`).filter((line) => !seen.has(line)).length;
  const numbers = [...seen].map((text) => Number(text.slice(5)));
  return {
    lines: count,
    lost: gaps.length === 0 && endedAt !== undefined ? missing : 0,
    told: gaps.length > 0 ? missing : 0,
    twice: texts.length - seen.size,
    disordered: numbers.some((number, at) => at > 0 && number <= (numbers[at - 1] ?? 0)),
    gaps: gaps.length,
    open: endedAt === undefined,
  };
}
