import { setTimeout as delay } from 'node:timers/promises';
import type { createDatabase } from '../db/database.ts';
import { createComplaint, type Logs } from '../core/complaint.ts';
import type { LossReason } from './keeper-messages.ts';
import type { LeaseKeeper } from './keeper.ts';
import { fencedBy, NotLeaderError, tryAcquire, type Lease } from './lease.ts';
import { release } from './renewal.ts';

/** Told once for each lease that is lost: from then on nothing is written under it. */
export class LeaseLostError extends Error {
  override name = 'LeaseLostError';
  readonly reason: LossReason;
  constructor(source: string, epoch: number, reason: LossReason) {
    super(`The lease of ${source} is lost (epoch ${epoch}): ${why[reason]}`);
    this.reason = reason;
  }
}
const why: Record<LossReason, string> = {
  TAKEN: 'another process leads now',
  UNREACHABLE: 'it could not be renewed in time',
  STUCK: 'this process has done nothing for too long',
  THREAD: 'the thread that renews it has ended',
};

export interface LeaderOptions {
  readonly database: Pick<ReturnType<typeof createDatabase>, 'db' | 'pool'>;
  /** Renews the lease, whatever this thread is busy with. */
  readonly keeper: Pick<LeaseKeeper, 'keep' | 'ready' | 'times'>;
  readonly source: string;
  /** Names this process in the lease row, for people. */
  readonly holder: string;
  /** What a leader does, until its signal is aborted. When it throws, the lease is given back and taken anew after a pause. */
  readonly lead: (lease: Lease) => Promise<void>;
  readonly logError: Logs['logError'];
  readonly logInfo?: Logs['logInfo'];
  readonly logChange?: Logs['logChange'];
}

/** Waits until this process may lead the source, leads it, and begins again when the lease is lost. `close` gives it back. */
export function startLeader({ database: { db, pool }, keeper, source, holder, lead, logError, logInfo, logChange }: LeaderOptions) {
  const { times } = keeper;
  const closing = new AbortController();
  const complaint = createComplaint({ logError, logInfo }, `The lease of ${source} can be asked for again`);
  let leading = false;
  const pause = (signal: AbortSignal) => delay(times.renewMs, undefined, { signal }).catch(() => {});

  let refused = 0;
  /** Told when it changes: of two gateways one waits, and that is no failure. A single refusal is none: who leads may be about to leave. */
  function tellWhoLeads(epoch: number | undefined): void {
    refused = epoch === undefined ? refused + 1 : 0;
    if (epoch !== undefined) logChange?.(`This gateway leads ${source} now (epoch ${epoch})`);
    else if (refused === 2) logChange?.(`Another gateway leads ${source}; this one waits to take over`);
  }

  async function leadOnce(epoch: number): Promise<void> {
    const resign = new AbortController();
    const signal = AbortSignal.any([resign.signal, closing.signal]);
    let lost = false;
    const lose = (reason: LossReason) => {
      if (!lost && !closing.signal.aborted) logError(new LeaseLostError(source, epoch, reason));
      lost = true;
      resign.abort();
    };
    const kept = keeper.keep(source, epoch, lose);
    let failure: unknown;
    leading = true;
    try {
      await lead({ source, epoch, signal, fenced: fencedBy(db, source, epoch, times) });
    } catch (error) {
      failure = error;
    }
    leading = false;
    const asked = signal.aborted;
    await kept.stop();
    resign.abort();
    // What fails because the lease is gone is no failure of its own, whoever hears of it first.
    const ours = await release(pool, source, epoch).catch(complaint.failed);
    if (ours === false) lose('TAKEN');
    if (failure !== undefined && !(failure instanceof NotLeaderError) && !asked && !lost) throw failure;
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await keeper.ready(closing.signal);
        if (closing.signal.aborted) break;
        const epoch = await tryAcquire(db, source, holder, times);
        complaint.over();
        tellWhoLeads(epoch);
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
