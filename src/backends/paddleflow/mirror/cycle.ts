import { inParallel } from '../../../core/in-parallel.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import { isFinal } from '../../../execution/state.ts';
import { followTail } from './newest.ts';
import { createOddities } from './oddities.ts';
import { isOutage } from './outage.ts';
import type { Progress } from './progress.ts';
import type { Reader } from './reader.ts';

export interface CycleOptions {
  readonly reader: Reader;
  readonly progress: Progress;
  readonly intervalMs: number;
  readonly seesAll: boolean;
  /** Throws what is no failure of the upstream. */
  readonly complain: (error: unknown) => void;
}

const batchSize = 100;
const detailsAtATime = 8;

/**
 * One turn: new runs, then all that are not settled, then the details of those that go on. It costs 1 call for the new ones, 1 for each
 * hundred that are not settled, and 1 for each that is not final: with nothing going on a single one.
 */
export function createCycle({ reader, progress, intervalMs, seesAll, complain }: CycleOptions) {
  const odd = createOddities(intervalMs);

  async function readDetail(ordinal: number): Promise<void> {
    try {
      if ((await reader.readDetail(ordinal)) === 'absent') await reader.readMissing([ordinal]);
      odd.madeSense(ordinal);
    } catch (error) {
      // One answer that makes no sense is no reason to leave the others unread.
      if (!(error instanceof UpstreamError) || isOutage(error)) throw error;
      if (odd.met(ordinal)) complain(error);
    }
  }

  return async function cycle(): Promise<void> {
    const began = performance.now();
    const { newestOrdinal } = await progress.read();
    const newest = await followTail(reader, { newest: newestOrdinal, witness: await progress.witness() }, { byNumber: seesAll });
    if (newest > newestOrdinal) await progress.write({ newestOrdinal: newest });
    const untold = await progress.untold();
    if (untold.length > 0) await reader.tell(untold);

    const open = await progress.unsettled();
    for (let from = 0; from < open.length; from += batchSize)
      await reader.readKnown(open.slice(from, from + batchSize).map(({ ordinal }) => ordinal));
    const resting = odd.resting();
    const going = open.filter(({ state }) => !isFinal(state)).map(({ ordinal }) => ordinal);
    const lacking = [...new Set([...going, ...(await progress.outdatedDetails())])].filter((ordinal) => !resting.has(ordinal));
    await inParallel(lacking, detailsAtATime, readDetail);
    await progress.succeeded({ lagMs: Math.max(0, Math.round(performance.now() - began - intervalMs)) });
  };
}
