import type { WireJobStatisticsSeries } from '../wire/wire.ts';
import { unitOf, type MetricUnit } from './model.ts';

export interface SeriesQuery {
  /** Undefined: the life of the job. */
  readonly range: { readonly start: Date; readonly end: Date } | undefined;
  readonly stepSeconds: number;
  /** Of a job that has not ended, and the present as the server's clock may have it: by itself it would look at the first ten minutes only (contract 2.14). */
  readonly goesOn?: { readonly since: Date; readonly now: Date } | undefined;
}

/** Unix seconds. */
interface Seconds {
  readonly start: number;
  readonly end: number;
}

/** What is asked of the server; undefined: it knows best when the job began and ended. */
export function secondsOf({ range, goesOn }: SeriesQuery): Seconds | undefined {
  if (range) return { start: unixSeconds(range.start), end: unixSeconds(range.end) };
  if (goesOn === undefined) return undefined;
  const start = unixSeconds(goesOn.since);
  return { start, end: Math.max(start + serversDefault, unixSeconds(goesOn.now)) }; // clocks differ, and a range must not go backwards
}
const serversDefault = 600;

export interface MetricSeries {
  readonly metric: string;
  readonly unit: MetricUnit | null;
  /** One for each moment of the grid; null where there is no sample. */
  readonly values: readonly (number | null)[];
}
export interface TaskSeries {
  readonly name: string;
  readonly metrics: readonly MetricSeries[];
}
export interface StatisticsSeries {
  /** Moment of the first value of every series; null when there is none. */
  readonly startedAt: Date | null;
  readonly stepSeconds: number;
  readonly truncated: boolean;
  /** Null: there is no telling, see `gap`. */
  readonly tasks: readonly TaskSeries[] | null;
  readonly gap: 'NOT_A_NUMBER' | null;
}

/** The server's own bound on the points of one series (contract 2.14). */
const mostPoints = 1000;
export const unixSeconds = (time: Date): number => Math.floor(time.getTime() / 1000);

/** Prometheus leaves out moments without a sample: every series is put on the regular grid of the question, so that gaps show. */
export function seriesFromWire(wire: WireJobStatisticsSeries, { range, stepSeconds }: SeriesQuery): StatisticsSeries {
  if (wire.kind === 'not-a-number') return { startedAt: null, stepSeconds, truncated: false, tasks: null, gap: 'NOT_A_NUMBER' };
  const { result, truncated } = wire;
  const times = result.flatMap(({ taskInfo }) => taskInfo.flatMap(({ values }) => values.map(({ at }) => at)));
  const first = range ? unixSeconds(range.start) : times.reduce((one, other) => Math.min(one, other), Infinity);
  const last = times.reduce((one, other) => Math.max(one, other), -Infinity);
  const placeOf = (at: number) => Math.round((at - first) / stepSeconds);
  // Without a range, or where the server has cut it, the samples say how far it goes.
  const end = range && !truncated ? unixSeconds(range.end) : last;
  const length = times.length === 0 ? 0 : Math.min(mostPoints, Math.max(Math.floor((end - first) / stepSeconds), placeOf(last)) + 1);

  const onGrid = (samples: readonly { at: number; value: number }[]) => {
    const values: (number | null)[] = Array.from({ length }, () => null);
    for (const { at, value } of samples) {
      const place = placeOf(at);
      if (place >= 0 && place < length) values[place] = value;
    }
    return values;
  };
  const tasks = result.map(({ taskName, taskInfo }) => ({
    name: taskName,
    metrics: taskInfo.map(({ metric, values }) => ({ metric, unit: unitOf(metric), values: onGrid(values) })),
  }));
  return { startedAt: length === 0 ? null : new Date(first * 1000), stepSeconds, truncated, tasks, gap: null };
}
