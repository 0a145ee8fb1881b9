import { Worker } from 'node:worker_threads';
import { createComplaint, type Logs } from './complaint.ts';
import type { FromKeeper, KeeperData, LossReason, ToKeeper } from './keeper-messages.ts';
import { leaseTimes, type LeaseTimes } from './renewal.ts';

export interface LeaseKeeperOptions extends Logs {
  readonly databaseUrl: string;
  readonly times?: LeaseTimes | undefined;
  /** After which a connection that says nothing is given up, in milliseconds. */
  readonly silenceMs?: number | undefined;
  readonly health?: KeeperData['health'];
}

export interface LeaseKeeper {
  readonly times: LeaseTimes;
  /** Renews this lease, until it is stopped or lost, which is told once. */
  keep(source: string, epoch: number, onLost: (reason: LossReason) => void): { stop(): Promise<void> };
  /** Resolves to the port on which it tells how the process is, once it can do its work. */
  readonly ready: Promise<{ readonly healthPort: number | undefined }>;
  /** From now on the process is not ready for more. */
  leaving(): void;
  close(): Promise<void>;
}

interface Kept {
  readonly onLost: (reason: LossReason) => void;
  readonly stopped: PromiseWithResolvers<void>;
}

/** How often the main thread shows that its loop turns, in milliseconds. */
const turnMs = 200;
const restartMs = 1_000;

/**
 * Renews the leases of this process in a thread of its own, with connections of its own: what happens on the main thread does not keep it from doing
 * so. For a main thread that does nothing any more it stops: who cannot do the work must not keep others from doing it. A thread that ends is
 * replaced; the leases that it held are lost.
 */
export function createLeaseKeeper({
  databaseUrl,
  times = leaseTimes,
  silenceMs = 10_000,
  health,
  ...logs
}: LeaseKeeperOptions): LeaseKeeper {
  const life = new SharedArrayBuffer(4);
  const turning = setInterval(() => Atomics.add(new Int32Array(life), 0, 1), Math.min(turnMs, times.renewMs / 2)).unref();
  const complaint = createComplaint(logs, 'Leases can be renewed again');
  const kept = new Map<number, Kept>();
  const ready = Promise.withResolvers<{ healthPort: number | undefined }>();
  ready.promise.catch(() => {}); // whoever waits for it hears of it
  let lastId = 0;
  let closing = false;
  let running: Worker | undefined;
  let restarting: NodeJS.Timeout | undefined;
  const send = (message: ToKeeper) => running?.postMessage(message, []);

  function onMessage(message: FromKeeper): void {
    if (message.type === 'ready') ready.resolve({ healthPort: message.healthPort });
    if (message.type === 'failed') complaint.failed(new Error(`A lease could not be renewed: ${message.message}`));
    if (message.type === 'over') complaint.over();
    if (message.type === 'lost') kept.get(message.id)?.onLost(message.reason);
    if (message.type !== 'stopped') return;
    kept.get(message.id)?.stopped.resolve();
    kept.delete(message.id);
  }
  function onExit(worker: Worker): void {
    if (running === worker) running = undefined;
    for (const { onLost, stopped } of kept.values()) {
      if (!closing) onLost('THREAD');
      stopped.resolve();
    }
    kept.clear();
    if (!closing) restarting = setTimeout(start, restartMs);
  }
  function start(): void {
    const data: KeeperData = { databaseUrl, times, silenceMs, life, health };
    const worker = new Worker(new URL('./keeper-thread.ts', import.meta.url), { workerData: data, name: 'tributary leases' });
    running = worker;
    worker.unref();
    worker.on('message', onMessage);
    worker.on('error', (error) => {
      ready.reject(error);
      logs.logError(error);
    });
    worker.once('exit', () => onExit(worker));
  }
  start();

  return {
    times,
    ready: ready.promise,
    keep(source, epoch, onLost) {
      const id = (lastId += 1);
      const stopped = Promise.withResolvers<void>();
      if (running === undefined) {
        onLost('THREAD');
        return { stop: async () => {} };
      }
      kept.set(id, { onLost, stopped });
      send({ type: 'keep', id, source, epoch });
      return {
        async stop() {
          send({ type: 'stop', id });
          await stopped.promise;
        },
      };
    },
    leaving: () => send({ type: 'leaving' }),
    async close() {
      closing = true;
      clearInterval(turning);
      clearTimeout(restarting);
      await running?.terminate();
    },
  };
}
