import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../db/database.ts';
import { createComplaint } from './complaint.ts';
import { fencedBy, leaseTimes, NotLeaderError, release, renew, tryAcquire, type Lease, type LeaseTimes } from './lease.ts';

export interface LeaderOptions {
  readonly db: Database;
  readonly source: string;
  /** Names this process in the lease row, for people. */
  readonly holder: string;
  /** What a leader does, until its signal is aborted. When it throws, the lease is given back and taken anew after a pause. */
  readonly lead: (lease: Lease) => Promise<void>;
  readonly logError: (error: unknown) => void;
  readonly logInfo?: ((text: string) => void) | undefined;
  readonly times?: LeaseTimes;
}

/** Waits until this process may lead the source, leads it, and begins again when the lease is lost. `close` gives it back. */
export function startLeader({ db, source, holder, lead, logError, logInfo, times = leaseTimes }: LeaderOptions) {
  const closing = new AbortController();
  const complaint = createComplaint({ logError, logInfo }, `The lease of ${source} can be asked for again`);
  let leading = false;
  const pause = (signal: AbortSignal) => delay(times.renewMs, undefined, { signal }).catch(() => {});

  async function leadOnce(epoch: number): Promise<void> {
    const resign = new AbortController();
    const signal = AbortSignal.any([resign.signal, closing.signal]);
    const renewing = keepRenewing(epoch, resign, signal);
    leading = true;
    try {
      await lead({ source, epoch, signal, fenced: fencedBy(db, source, epoch) });
    } catch (error) {
      if (!(error instanceof NotLeaderError) && !signal.aborted) throw error;
    } finally {
      leading = false;
      resign.abort();
      await renewing;
      await release(db, source, epoch).catch(complaint.failed);
    }
  }

  /** A lease that cannot be renewed for its whole life, or is renewed by somebody else, is lost. */
  async function keepRenewing(epoch: number, resign: AbortController, signal: AbortSignal): Promise<void> {
    // A database that does not answer at all must not keep us from seeing that the time is over.
    const expiry = setTimeout(() => resign.abort(), times.lifeMs);
    for (await pause(signal); !signal.aborted; await pause(signal)) {
      const renewed = await renew(db, source, epoch, times).catch(complaint.failed);
      if (renewed) {
        expiry.refresh();
        complaint.over();
      }
      if (renewed === false) resign.abort();
    }
    clearTimeout(expiry);
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        const epoch = await tryAcquire(db, source, holder, times);
        complaint.over();
        if (epoch !== undefined) await leadOnce(epoch);
      } catch (error) {
        if (!closing.signal.aborted) complaint.failed(error);
      }
      await pause(closing.signal);
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
