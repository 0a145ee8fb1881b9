import { InvalidCallError } from '../../../upstream/errors.ts';
import { countParameter, segment } from '../wire/validate.ts';
import { WireJobStatistics, WireJobStatisticsSeries } from '../wire/wire.ts';
import type { PaddleFlowHttp } from './calls.ts';

export interface SeriesQuery {
  /** Unix seconds. Absent: from the job's start to its last update, of a job that has not ended to 600 s after its start (2.14). */
  readonly range?: { readonly start: number; readonly end: number } | undefined;
  /** Seconds; default 60. */
  readonly step?: number | undefined;
}

/** Eleven questions to Prometheus, one after the other (8.2). `""` with 500: no monitoring, or not a job on Kubernetes. `JobNotFound`. */
export const statisticsCalls = (http: PaddleFlowHttp) => ({
  /** By metric, as formatted texts. */
  jobStatistics: async (jobID: string, signal?: AbortSignal): Promise<WireJobStatistics> =>
    http.send({ call: 'jobStatistics', path: `/statistics/job/${segment(jobID)}`, slow: true, signal }, WireJobStatistics),

  /** At most 1000 points in each series, else `truncated`. */
  async jobStatisticsSeries(jobID: string, { range, step }: SeriesQuery = {}, signal?: AbortSignal): Promise<WireJobStatisticsSeries> {
    const path = `/statistics/jobDetail/${segment(jobID)}`;
    const start = countParameter('start', range?.start);
    const end = countParameter('end', range?.end);
    if (start !== undefined && end !== undefined && start > end) throw new InvalidCallError('start', 'must not be after the end');
    if (countParameter('step', step) === 0) throw new InvalidCallError('step', 'must be at least 1');
    const query = { start: start?.toString(), end: end?.toString(), step: step?.toString() };
    return http.send({ call: 'jobStatisticsSeries', path, query, slow: true, signal }, WireJobStatisticsSeries);
  },
});
