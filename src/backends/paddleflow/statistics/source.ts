import { UpstreamError } from '../../../upstream/errors.ts';
import type { Kept } from '../../../core/kept-reads.ts';
import { BadInputError } from '../../../problem/problem.ts';
import type { SourceHandle } from '../source/handle.ts';
import { statisticsFromWire, type Statistics } from './model.ts';
import { secondsOf, seriesFromWire, type SeriesQuery, type StatisticsSeries } from './series.ts';

/** What a source's monitoring knows of its jobs. Each answer is eleven questions to Prometheus, so it is kept, and few are asked for at a time (contract 8.2). */
export interface StatisticsSource {
  /** Undefined: there is no such job any more. Throws `StatisticsUnavailableError` or an outage. */
  ofJob(jobId: string): Promise<Kept<Statistics> | undefined>;
  /** Throws BAD_USER_INPUT for a range that goes backwards, or a step below a second. */
  series(jobId: string, query: SeriesQuery): Promise<Kept<StatisticsSeries> | undefined>;
}

/** The source is there, its monitoring is not. Which of the causes it is, the backend does not say (contract 2.14). */
export class StatisticsUnavailableError extends Error {
  override name = 'StatisticsUnavailableError';
  readonly extensions: { readonly code: 'STATISTICS_UNAVAILABLE'; readonly source: string };
  constructor(source: string) {
    super(`${source} has no statistics of this job: monitoring is not set up or fails, or the cluster is not of type Kubernetes`);
    this.extensions = { code: 'STATISTICS_UNAVAILABLE', source };
  }
}

/** Milliseconds: the contract advises 15 to 60 seconds. */
const keptMs = 15_000;

export function createStatisticsSource({ name, client, kept, identity }: SourceHandle, signal?: AbortSignal): StatisticsSource {
  /** A server without monitoring is not asked again and again: that it has none is kept like any answer. */
  async function read<T>(slot: readonly unknown[], ask: (signal: AbortSignal) => Promise<T>): Promise<Kept<T> | undefined> {
    const key = JSON.stringify([identity, ...slot]);
    const answers = await kept.readAll<{ value: T } | 'unavailable'>([key], keptMs, signal, async (_missing, flight) => {
      const answer = await ask(flight).then(
        (value) => ({ value }),
        (error: unknown) => {
          if (error instanceof UpstreamError && error.code === 'JobNotFound') return undefined;
          if (error instanceof UpstreamError && error.status === 500 && error.code === '') return 'unavailable' as const;
          throw error;
        },
      );
      return new Map(answer && [[key, answer]]);
    });
    const answer = answers.get(key);
    if (answer?.value === 'unavailable') throw new StatisticsUnavailableError(name);
    return answer && { value: answer.value.value, observedAt: answer.observedAt };
  }

  return {
    ofJob: (jobId) => read(['statistics', jobId], async (flight) => statisticsFromWire(await client.jobStatistics(jobId, flight))),

    async series(jobId, query) {
      const { range, goesOn, stepSeconds } = query;
      if (stepSeconds < 1) throw new BadInputError('stepSeconds must be at least 1');
      const seconds = range && secondsOf(query);
      if (seconds && seconds.start < 0) throw new BadInputError('start must not be before 1970');
      if (seconds && seconds.start > seconds.end) throw new BadInputError('start must not be after end');
      // Whoever asks for all until now shares the answer for a while, so the present is none of its key.
      const slot = ['series', jobId, seconds?.start, seconds?.end, goesOn !== undefined, stepSeconds];
      return read(slot, async (flight) => {
        const asked = { range: secondsOf(query), step: stepSeconds };
        return seriesFromWire(await client.jobStatisticsSeries(jobId, asked, flight), query);
      });
    },
  };
}
