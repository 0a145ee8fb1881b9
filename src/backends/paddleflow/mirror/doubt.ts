import { isFinal } from '../../../execution/state.ts';
import { componentsOf, stepsOf, type RunDetail } from '../run/detail.ts';
import type { Run } from '../run/model.ts';

/**
 * Whether a detail says less than there must be: steps that were known, or their jobs, are not in it, or a run that has begun and ended has none at all.
 * The upstream's rows of steps stay for as long as their run, so this is an answer in the place of the true one. Believed at once, it
 * would end the run's log with the first one of its steps still being read.
 */
export function isDoubtful(
  detail: RunDetail,
  known: RunDetail | undefined,
  { state, startedAt }: Pick<Run, 'state' | 'startedAt'>,
): boolean {
  const components = componentsOf(detail);
  if (components.length === 0 && isFinal(state) && startedAt !== null) return true;
  if (known === undefined) return false;
  const paths = new Set(components.map(({ path }) => path));
  const jobs = new Set(stepsOf(detail).map(({ jobId }) => jobId));
  return componentsOf(known).some(({ path }) => !paths.has(path)) || stepsOf(known).some(({ jobId }) => jobId !== '' && !jobs.has(jobId));
}

/** Since when the details of runs are doubtful. What stays so for long is the truth after all, whatever has happened there. */
export function createDoubts(believedAfterMs: number) {
  const since = new Map<number, number>();
  return {
    believes: (ordinal: number): boolean => performance.now() - (since.get(ordinal) ?? Number.POSITIVE_INFINITY) >= believedAfterMs,
    none(ordinal: number): 'present' {
      since.delete(ordinal);
      return 'present';
    },
    met(ordinal: number): 'doubtful' {
      if (!since.has(ordinal)) since.set(ordinal, performance.now());
      return 'doubtful';
    },
  };
}
