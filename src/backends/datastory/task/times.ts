import { parseServerTime, pickTime } from '../../../core/server-time.ts';
import type { WireTask } from '../wire/wire.ts';

/** When the platform says that things happened. Null: not yet, or it does not say. */
export interface TaskTimes {
  readonly addedAt: Date | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** The platform's clock and ours may differ so much, and no zone's clock is ever set back by less. */
const skewMs = 10 * 60_000;

/**
 * The zoneless times of a task, read in its platform's zone. In the hour that a clock shows twice each is the one that is not before what came first:
 * the submission, which we have seen (`sentAt`), then adding, start and end.
 */
export function timesFromWire({ addTime, startTime, finishTime }: WireTask, zone: string, sentAt: Date): TaskTimes {
  const read = (text: string | null | undefined, notBefore: Date): Date | null => {
    const time = parseServerTime(text ?? '', zone);
    return time === undefined ? null : pickTime(time, notBefore);
  };
  const begin = new Date(sentAt.getTime() - skewMs);
  const addedAt = read(addTime, begin);
  const startedAt = read(startTime, addedAt ?? begin);
  return { addedAt, startedAt, finishedAt: read(finishTime, startedAt ?? addedAt ?? begin) };
}
