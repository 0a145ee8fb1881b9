import { setTimeout as delay } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import { createComplaint, type Logs } from '../../../core/complaint.ts';
import { inParallel } from '../../../core/in-parallel.ts';
import type { Database } from '../../../db/database.ts';
import { sources } from '../../../db/tables.ts';
import { announce } from '../../../execution/announce.ts';
import { apply } from '../../../execution/apply.ts';
import { databaseTime } from '../../../execution/store.ts';
import type { Hub } from '../../../live/hub.ts';
import type { Lease } from '../../../live/lease.ts';
import { createTrouble } from '../../../source/trouble.ts';
import { staleAfterMs, type SourcePlace } from '../../../source/trouble-words.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import type { DataStoryClient } from '../client/client.ts';
import type { DataStorySourceConfig } from '../config.ts';
import { isAboutTask, laterOf, missOf, observationOf, type TaskObservation } from './observe.ts';
import { doubtAbandoned, dueTasks, nextDueInMs, reschedule, untoldTasks, type DueTask } from './due.ts';
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

/** Asks for the tasks of one platform in their rhythm, and tells of what others have written, until the lease is lost. */
export async function watchTasks({ db, hub, lease, config, client, place, ...logs }: WatchOptions): Promise<void> {
  const { source, signal, fenced } = lease;
  let wake = Promise.withResolvers<void>();
  const stopListening = hub.onPoke(source, () => wake.resolve());
  signal.addEventListener('abort', () => wake.resolve(), { once: true });

  const complaint = createComplaint(logs, `${source} tells of its tasks again`);
  const trouble = createTrouble({
    ...logs,
    source,
    place,
    staleMs: staleAfterMs(config.poll.intervalMs),
    keep: (problem) =>
      fenced(
        async (tx) =>
          void (await tx
            .update(sources)
            .set({ problem, problemSince: sql`coalesce(${sources.problemSince}, clock_timestamp())` })
            .where(eq(sources.name, source))),
      ),
  });

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

  async function turn(): Promise<void> {
    const due = await dueTasks(db, source, config.limits.leader);
    const observedAt = await databaseTime(db);
    const observations: TaskObservation[] = [];
    const failures: UpstreamError[] = [];
    await inParallel(due, config.limits.leader, async (task) => {
      const { observation, failure } = await ask(task, observedAt);
      observations.push(observation);
      if (failure) failures.push(failure);
    });
    if (signal.aborted) return;
    await fenced(async (tx) => {
      await doubtAbandoned(tx, source, config.budgets.writeMs + settlingMs, wordsOfAbandoned);
      const seen = observations.flatMap(({ seen: news }) => news ?? []);
      await apply(tx, { source, kind: 'Task', observedAt, settleMs: 0 }, { seen });
      await reschedule(
        tx,
        source,
        observations.map(({ asked }) => asked),
      );
      await announce(tx, source, await untoldTasks(tx, source));
      // Everything that was due has been read, be it nothing.
      if (failures.length === 0)
        await tx
          .update(sources)
          .set({ phase: 'COMPLETE', lastSuccessAt: sql`clock_timestamp()`, problem: null, problemSince: null })
          .where(eq(sources.name, source));
    });
    const [failure] = failures;
    if (failure) await trouble.failed(failure);
    else trouble.over();
  }

  try {
    await db.insert(sources).values({ name: source, phase: 'COMPLETE' }).onConflictDoNothing();
    while (!signal.aborted) {
      wake = Promise.withResolvers<void>();
      await turn();
      const pauseMs = Math.min((await nextDueInMs(db, source)) ?? Infinity, config.poll.intervalMs);
      const waiting = new AbortController();
      await Promise.race([wake.promise, delay(pauseMs, undefined, { signal: waiting.signal }).catch(() => {})]);
      waiting.abort();
    }
  } finally {
    stopListening();
  }
}
