import type { Logs } from '../core/complaint.ts';
import type { UpstreamError } from '../upstream/errors.ts';
import { type SourcePlace, troubleWords } from './trouble-words.ts';

/** Told once for each kind of trouble: the source cannot be read. */
export class SourceTroubleError extends Error {
  override name = 'SourceTroubleError';
}

export interface TroubleOptions extends Logs {
  readonly source: string;
  readonly place: SourcePlace;
  /** Keeps the words where all gateways see them. */
  readonly keep: (problem: string) => Promise<void>;
  /** After which those who look at lists must know that they are old, in milliseconds. */
  readonly staleMs: number;
}

/** Keeps in the catalog why a source cannot be read, for all gateways to show, and tells the log: once, and once when it is over. */
export function createTrouble({ source, place, keep, staleMs, logError, logInfo, logChange }: TroubleOptions) {
  let told: string | undefined;
  let began = 0;
  let stale = false;
  return {
    async failed(error: UpstreamError): Promise<void> {
      // It says nothing of its own: what made the source fail has been told before, unless others than the leader have found it.
      if (error.fault === 'circuit-open' && told !== undefined) return;
      const words = troubleWords(error, place);
      if (told === undefined) began = performance.now();
      if (words !== told) {
        await keep(words);
        // One outage has many faces, and is one line.
        if (told === undefined) logError(new SourceTroubleError(`${source} cannot be read. ${words} (${error.message})`));
        told = words;
      }
      if (stale || performance.now() - began < staleMs) return;
      stale = true;
      logChange?.(`${source} has not been read for ${Math.round(staleMs / 1000)} seconds: lists show its work as it was before`);
    },
    over(): void {
      if (told !== undefined) logInfo?.(`${source} can be read again`);
      told = undefined;
      stale = false;
    },
  };
}
