import type { MetricName } from '../state/metrics.ts';
import { formatSample, metricNames, sampleOf } from '../state/metrics.ts';
import type { JobRow } from '../state/job-rows.ts';
import type { State } from '../state/state.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { ok, okEmpty } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { notAnInteger, readInteger } from '../wire/integer.ts';
import { placeOf, podsOf } from './job-view.ts';
import { requireJob } from './jobs.ts';

const pointsPerSeries = 1000;
/** How long Prometheus still answers with the last sample of a pod that has gone, in milliseconds. */
const staleness = 300_000;

/** Contract 2.14, without card times. */
export const statistics: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/statistics/job/:jobID',
    handle(call, state) {
      const row = requireMonitored(call, state);
      const finishedAt = row.job.finishedAt() ?? Infinity;
      const at = state.now > finishedAt + staleness ? undefined : Math.min(state.now, finishedAt);
      const [pod] = podsOf(row, state);
      const samples = metricNames.flatMap((metric) => {
        const value = at === undefined || pod === undefined ? undefined : sampleOf(row, pod.name, metric, at);
        return value === undefined ? [] : [[metric, formatSample(metric, value)] as const];
      });
      return ok({ metricsInfo: new Map(samples) });
    },
  },
  {
    method: 'GET',
    path: '/statistics/jobDetail/:jobID',
    handle(call, state) {
      const asked = readRange(call);
      const row = requireMonitored(call, state);
      if (state.nanJobs.has(row.jobID)) return okEmpty; // JSON has no NaN, and nobody looks at the encoder's error
      const { start, end, step } = rangeOf(asked, row);
      const points = Math.floor((end - start) / step) + 1;
      const times = Array.from({ length: Math.min(points, pointsPerSeries) }, (_, index) => start + index * step);
      const result = podsOf(row, state).flatMap(({ name }) => {
        const taskInfo = metricNames.map((metric) => ({ metric, values: seriesOf(row, name, metric, times) }));
        const known = taskInfo.filter(({ values }) => values.length > 0);
        return known.length === 0 ? [] : [{ taskName: name, taskInfo: known }];
      });
      return ok({ result, truncated: points > pointsPerSeries });
    },
  },
];

/** Prometheus is there, but it watches clusters of one type only. */
function requireMonitored(call: Call, state: State): JobRow {
  const row = requireJob(call, state, '', 'AccessDenied');
  const cluster = state.clusters.find(({ clusterName }) => clusterName === placeOf(row, state)?.clusterName);
  if (cluster?.clusterType !== 'Kubernetes') throw new ApiError('', `metric type[${cluster?.clusterType ?? ''}] is not support`);
  return row;
}

/** Unix seconds, as are `start` and `end`; undefined: not sent. */
interface Range {
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly step: number;
}

function readRange(call: Call): Range {
  const read = (name: string, least: number): number | undefined => {
    const text = call.query.get(name) ?? '';
    if (text === '') return undefined;
    const number = readInteger(text);
    if (number === undefined) throw new ApiError('InvalidURI', notAnInteger(text, 'ParseInt'));
    if (number < least) throw new ApiError('InvalidURI', `Invalid params, ${name} should to be greater than 0`);
    return number;
  };
  const [start, end, step = 60] = [read('start', 0), read('end', 0), read('step', 1)];
  // A missing end counts as 0.
  if (start !== undefined && start > (end ?? 0))
    throw new ApiError('InvalidURI', 'Invalid params, start should not to be greater than end');
  return { start, end, step };
}

function rangeOf({ start, end, step }: Range, { job, updatedAt }: JobRow): { start: number; end: number; step: number } {
  const begun = Math.floor((job.startedAt() ?? job.createdAt) / 1000);
  const last = job.finishedAt() === undefined ? begun + 600 : Math.floor(updatedAt / 1000);
  return { start: start ?? begun, end: end ?? last, step };
}

const seriesOf = (row: JobRow, pod: string, metric: MetricName, times: readonly number[]): [number, number][] =>
  times.flatMap((time) => {
    const value = sampleOf(row, pod, metric, time * 1000);
    return value === undefined ? [] : [[time, value] as [number, number]];
  });
