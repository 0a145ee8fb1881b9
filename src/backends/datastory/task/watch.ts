import { setTimeout as delay } from 'node:timers/promises';
import { createComplaint, type Logs } from '../../../core/complaint.ts';
import { inParallel } from '../../../core/in-parallel.ts';
import type { Database } from '../../../db/database.ts';
import { announce } from '../../../execution/announce.ts';
import { apply } from '../../../execution/apply.ts';
import { untold } from '../../../execution/open.ts';
import { databaseTime } from '../../../execution/store.ts';
import type { Hub } from '../../../live/hub.ts';
import type { Lease } from '../../../live/lease.ts';
import { nothingToRead, readingFailed, readingSucceeded } from '../../../source/reading.ts';
import { createTrouble } from '../../../source/trouble.ts';
import { staleAfterMs, type SourcePlace } from '../../../source/trouble-words.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import type { DataStoryClient } from '../client/client.ts';
import type { DataStorySourceConfig } from '../config.ts';
import { isAboutTask, laterOf, missOf, observationOf, type TaskObservation } from './observe.ts';
import { doubtAbandoned, dueTasks, nextDueInMs, reschedule, type DueTask } from './due.ts';
import { wordsOfAbandoned } from './words.ts';

export interface WatchOptions extends Logs {
  readonly db: Database;
  readonly hub: Pick<Hub, 'onPoke'>;
  readonly lease: Lease;
  readonly config: DataStorySourceConfig;
  readonly client: Pick<DataStoryClient, 'getTask'>;
  readonly place: SourcePlace;
}

/** A call that was sent in the last moment may come back so much later. In milliseconds. */
const settlingMs = 5_000;

/**
 * Asks for the tasks of one platform in their rhythm, and tells of what others have written, until the lease is lost. Two loops: a platform that does
 * not answer keeps nobody from hearing what was submitted.
 */
export async function watchTasks({ db, hub, lease, config, client, place, ...logs }: WatchOptions): Promise<void> {
  const { source, fenced } = lease;
  const failing = new AbortController();
  const signal = AbortSignal.any([lease.signal, failing.signal]);
  const complaint = createComplaint(logs, `${source} tells of its tasks again`);
  const trouble = createTrouble({
    ...logs,
    source,
    place,
    staleMs: staleAfterMs(config.poll.intervalMs),
    keep: (problem) => fenced((tx) => readingFailed(tx, source, problem)),
  });
  let troubled = false;

  /** `failure`: the platform as a whole could not be asked. */
  async function ask(task: DueTask, observedAt: Date): Promise<{ observation: TaskObservation; failure?: UpstreamError }> {
    try {
      const wire = await client.getTask(task.taskId, 'leader', signal);
      complaint.over();
      return { observation: observationOf(task, wire, observedAt, config) };
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      if (!isAboutTask(error)) return { observation: laterOf(task, config), failure: error };
      complaint.failed(error);
      return { observation: missOf(task, error, observedAt, config) };
    }
  }

  /** Some of those whose turn it is. Returns when the next ones are, in milliseconds. */
  async function askSome(): Promise<number> {
    const due = await dueTasks(db, source, config.limits.leader);
    const observedAt = await databaseTime(db);
    const observations: TaskObservation[] = [];
    let failure: UpstreamError | undefined;
    await inParallel(due, config.limits.leader, async (task) => {
      const asked = await ask(task, observedAt);
      observations.push(asked.observation);
      failure ??= asked.failure;
    });
    if (signal.aborted) return 0;
    // With nothing to ask for all has been read that there is; but that is no sign of life from a platform that had failed.
    if (due.length > 0) troubled = failure !== undefined;
    await fenced(async (tx) => {
      const seen = observations.flatMap(({ seen: news }) => news ?? []);
      await apply(tx, { source, kind: 'Task', observedAt, settleMs: 0 }, { seen });
      await reschedule(
        tx,
        source,
        observations.map(({ asked }) => asked),
      );
      if (due.length === 0 && !troubled) await nothingToRead(tx, source);
      else if (!troubled) await readingSucceeded(tx, source, { phase: 'COMPLETE' });
    });
    if (failure) await trouble.failed(failure);
    else if (!troubled) trouble.over();
    return (await nextDueInMs(db, source)) ?? Infinity;
  }

  async function tell(): Promise<number> {
    await fenced(async (tx) => {
      await doubtAbandoned(tx, source, config.budgets.writeMs + settlingMs, wordsOfAbandoned);
      await announce(tx, source, await untold(tx, source));
    });
    return Infinity;
  }

  /** At least once in an interval, and when somebody has submitted something. */
  async function repeat(work: () => Promise<number>): Promise<void> {
    let wake = Promise.withResolvers<void>();
    const stopListening = hub.onPoke(source, () => wake.resolve());
    const stop = () => wake.resolve();
    signal.addEventListener('abort', stop, { once: true });
    try {
      while (!signal.aborted) {
        wake = Promise.withResolvers<void>(); // what comes during the work counts
        const pauseMs = Math.min(await work(), config.poll.intervalMs);
        const waiting = new AbortController();
        await Promise.race([wake.promise, delay(pauseMs, undefined, { signal: waiting.signal }).catch(() => {})]);
        waiting.abort();
      }
    } finally {
      stopListening();
      signal.removeEventListener('abort', stop);
    }
  }
  // When one of them fails, the other ends too, and is waited for.
  const loops = [askSome, tell].map((work) =>
    repeat(work).catch((error: unknown) => {
      failing.abort();
      throw error;
    }),
  );
  await Promise.allSettled(loops);
  await Promise.all(loops);
}
