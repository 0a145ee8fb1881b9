import { logStream } from '../../../live/stream-key.ts';

/** Run ids are row numbers, padded to six digits and longer when needed (contract 2). */
export const runIdOf = (ordinal: number): string => `run-${String(ordinal).padStart(6, '0')}`;

/** The row number of a run id; undefined for a text that is none, other ways to write the same number included. */
export function ordinalOf(runId: string): number | undefined {
  const ordinal = Number(/^run-(\d{6,15})$/.exec(runId)?.[1] ?? 0);
  return ordinal > 0 && runIdOf(ordinal) === runId ? ordinal : undefined;
}

/** The key of its log's stream. */
export const logStreamOf = (source: string, ordinal: number): string => logStream(source, runIdOf(ordinal));
