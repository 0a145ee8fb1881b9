/** The thread that renews leases: no document, however costly, holds it up. It also tells how the process is, to whoever asks. */
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createPool } from '../db/pool.ts';
import { startHealth } from './health.ts';
import type { FromKeeper, KeeperData, LossReason, ToKeeper } from './keeper-messages.ts';
import { release, renew } from './renewal.ts';

const { databaseUrl, silenceMs, times, life, health: healthAt } = workerData as KeeperData; // `createLeaseKeeper` has made it
const tell = (message: FromKeeper) => parentPort?.postMessage(message, []);
const failed = (error: unknown) => tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });

const { pool } = createPool(databaseUrl, { max: 2, silenceMs, name: 'tributary leases', logError: failed });

// Looks and not a clock: after a pause of the whole process, its loop turns before the next look.
const turns = new Int32Array(life);
let seen = 0;
let silentLooks = 0;
setInterval(() => {
  const now = Atomics.load(turns, 0);
  silentLooks = now === seen ? silentLooks + 1 : 0;
  seen = now;
}, times.renewMs);
const silentMs = () => silentLooks * times.renewMs;

const held = new Map<number, AbortController>();

/** A lease that cannot be renewed for its whole life, or is renewed by somebody else, is lost; one of a process that does nothing is given up. */
async function keep(id: number, source: string, epoch: number): Promise<void> {
  const ending = new AbortController();
  const { signal } = ending;
  held.set(id, ending);
  const lose = (reason: LossReason) => {
    if (signal.aborted) return;
    ending.abort();
    tell({ type: 'lost', id, reason });
  };
  // A database that does not answer at all must not keep us from seeing that the time is over.
  const expiry = setTimeout(() => lose('UNREACHABLE'), times.lifeMs);
  while (!signal.aborted) {
    if (silentMs() > times.stuckMs) {
      lose('STUCK');
      await release(pool, source, epoch).catch(failed);
      break;
    }
    const renewed = await renew(pool, source, epoch, times).catch(failed);
    if (renewed === false) lose('TAKEN');
    if (renewed) {
      expiry.refresh();
      tell({ type: 'over' });
    }
    await delay(times.renewMs, undefined, { signal }).catch(() => {});
  }
  clearTimeout(expiry);
  held.delete(id);
  tell({ type: 'stopped', id });
}

let leaving = false;
parentPort?.on('message', (message: ToKeeper) => {
  if (message.type === 'keep') void keep(message.id, message.source, message.epoch);
  if (message.type === 'stop') held.get(message.id)?.abort();
  if (message.type === 'leaving') leaving = true;
});

const health =
  healthAt &&
  (await startHealth({ ...healthAt, stuckMs: times.stuckMs, silentMs, leaving: () => leaving, ask: () => pool.query('select 1') }));
tell({ type: 'ready', ...(health && { healthPort: health.port }) });
