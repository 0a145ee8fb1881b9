import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../db/database.ts';
import { fencedBy, leaseTimes, NotLeaderError, release, renew, tryAcquire, type Lease, type LeaseTimes } from './lease.ts';

export interface LeaderOptions {
  readonly db: Database;
  readonly source: string;
  /** Names this process in the lease row, for people. */
  readonly holder: string;
  /** What a leader does, until its signal is aborted. When it throws, the lease is given back and taken anew after a pause. */
  readonly lead: (lease: Lease) => Promise<void>;
  readonly logError: (error: unknown) => void;
  readonly times?: LeaseTimes;
}

/** Waits until this process may lead the source, leads it, and begins again when the lease is lost. `close` gives it back. */
export function startLeader({ db, source, holder, lead, logError, times = leaseTimes }: LeaderOptions) {
  const closing = new AbortController();
  let leading = false;

  async function leadOnce(epoch: number): Promise<void> {
    const resign = new AbortController();
    const signal = AbortSignal.any([resign.signal, closing.signal]);
    const lease: Lease = { source, epoch, signal, fenced: fencedBy(db, source, epoch) };
    const renewing = keepRenewing(epoch, resign);
    leading = true;
    try {
      await lead(lease);
    } catch (error) {
      if (!(error instanceof NotLeaderError) && !signal.aborted) throw error;
    } finally {
      leading = false;
      resign.abort();
      await renewing;
      await release(db, source, epoch).catch(logError);
    }
  }

  /** A lease that cannot be renewed for its whole life, or is renewed by somebody else, is lost. */
  async function keepRenewing(epoch: number, resign: AbortController): Promise<void> {
    let lastRenewed = performance.now();
    while (!resign.signal.aborted && !closing.signal.aborted) {
      await delay(times.renewMs, undefined, { signal: AbortSignal.any([resign.signal, closing.signal]) }).catch(() => {});
      if (resign.signal.aborted || closing.signal.aborted) return;
      const renewed = await renew(db, source, epoch, times).catch((error: unknown) => void logError(error));
      if (renewed) lastRenewed = performance.now();
      if (renewed === false || performance.now() - lastRenewed > times.lifeMs) resign.abort();
    }
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        const epoch = await tryAcquire(db, source, holder, times);
        if (epoch !== undefined) await leadOnce(epoch);
      } catch (error) {
        if (!closing.signal.aborted) logError(error);
      }
      await delay(times.renewMs, undefined, { signal: closing.signal }).catch(() => {});
    }
  }

  const running = run();
  return {
    isLeading: () => leading,
    async close(): Promise<void> {
      closing.abort();
      await running;
    },
  };
}
