import { EventEmitter, once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createComplaint, type Logs } from '../core/complaint.ts';
import type { FromKeeper, KeeperData, LossReason, ToKeeper } from './keeper-messages.ts';
import { leaseTimes, type LeaseTimes } from './renewal.ts';
import { createRestarts, restartTimes } from './restarts.ts';

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
  /** Resolves to the port on which it tells how the process is, once it can do its work. Rejects when it cannot begin: mostly the port is taken. */
  readonly started: Promise<{ readonly healthPort: number | undefined }>;
  /** Resolves as soon as a lease can be renewed, at the end of `signal` too: whoever took one before that would only keep it from others. */
  ready(signal: AbortSignal): Promise<void>;
  /** From now on the process is not ready for more. */
  leaving(): void;
  close(): Promise<void>;
}

interface Kept {
  /** Heard once. */
  readonly lose: (reason: LossReason) => void;
  readonly stopped: PromiseWithResolvers<void>;
}

/** How often the main thread shows that its loop turns, in milliseconds. */
const turnMs = 200;

/**
 * Renews the leases of this process in a thread of its own, with connections of its own: what happens on the main thread does not keep it from doing
 * so. For a main thread that does nothing any more it stops: who cannot do the work must not keep others from doing it. A thread that ends is
 * replaced, after a pause that grows while one after the other ends; the leases that it held are lost.
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
  const endings = createComplaint(logs, 'The thread that renews leases works again');
  const restarts = createRestarts(restartTimes);
  const kept = new Map<number, Kept>();
  const started = Promise.withResolvers<{ healthPort: number | undefined }>();
  started.promise.catch(() => {}); // whoever waits for it hears of it
  const threads = new EventEmitter<{ ready: [] }>().setMaxListeners(0);
  let works = false;
  let lastId = 0;
  let closing = false;
  let leaving = false;
  let healthPort = health?.port;
  let running: Worker | undefined;
  let restarting: NodeJS.Timeout | undefined;
  const send = (message: ToKeeper) => running?.postMessage(message, []);

  function onMessage(message: FromKeeper): void {
    if (message.type === 'ready') {
      healthPort = message.healthPort; // whoever probes it goes on asking there
      works = true;
      threads.emit('ready');
      started.resolve({ healthPort });
      endings.over();
    }
    if (message.type === 'failed') complaint.failed(new Error(`A lease could not be renewed: ${message.message}`));
    if (message.type === 'over') complaint.over();
    if (message.type === 'lost') kept.get(message.id)?.lose(message.reason);
    if (message.type !== 'stopped') return;
    kept.get(message.id)?.stopped.resolve();
    kept.delete(message.id);
  }
  function onExit(livedMs: number, error: unknown): void {
    running = undefined;
    works = false;
    if (!closing) {
      endings.failed(error);
      restarting = setTimeout(start, restarts.pauseAfter(livedMs));
    }
    for (const { lose, stopped } of kept.values()) {
      if (!closing) lose('THREAD');
      stopped.resolve();
    }
    kept.clear();
  }
  function start(): void {
    const data: KeeperData = { databaseUrl, times, silenceMs, life, health: health && { ...health, port: healthPort ?? health.port } };
    const began = performance.now();
    const worker = new Worker(new URL('./keeper-thread.ts', import.meta.url), { workerData: data, name: 'tributary leases' });
    running = worker;
    worker.unref();
    worker.on('message', onMessage);
    let failure: unknown;
    worker.on('error', (error) => {
      failure = error;
      started.reject(error);
    });
    worker.once('exit', (code) =>
      onExit(performance.now() - began, failure ?? new Error(`The thread that renews leases has ended with code ${code}`)),
    );
    if (leaving) send({ type: 'leaving' });
  }
  start();

  return {
    times,
    started: started.promise,
    async ready(signal) {
      if (!works) await once(threads, 'ready', { signal }).catch(() => {}); // rejects when aborted
    },
    keep(source, epoch, onLost) {
      const id = (lastId += 1);
      const stopped = Promise.withResolvers<void>();
      if (running === undefined) {
        onLost('THREAD');
        return { stop: async () => {} };
      }
      let lost = false;
      const lose = (reason: LossReason) => {
        if (!lost) onLost(reason);
        lost = true;
      };
      kept.set(id, { lose, stopped });
      send({ type: 'keep', id, source, epoch });
      return {
        async stop() {
          send({ type: 'stop', id });
          await stopped.promise;
        },
      };
    },
    leaving() {
      leaving = true;
      send({ type: 'leaving' });
    },
    async close() {
      closing = true;
      clearInterval(turning);
      clearTimeout(restarting);
      await running?.terminate();
    },
  };
}
