import { setTimeout as delay } from 'node:timers/promises';
import type { Hub } from '../../../live/hub.ts';
import type { LogArchive } from '../../run-log/archive.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import { isFinal } from '../../execution.ts';
import { auditWalk, backfill, start } from './backfill.ts';
import { followTail, leapOver } from './newest.ts';
import { createProgress, type Progress } from './progress.ts';
import { createReader, type MirrorDeps, type Reader } from './reader.ts';

export interface MirrorOptions extends MirrorDeps {
  readonly hub: Hub;
  readonly auditPauseMs: number;
  readonly auditEveryMs: number;
  /** Root sees every run. Another account is shown its own only, by the walk. */
  readonly seesAll: boolean;
  readonly logError: (error: unknown) => void;
  readonly archive: LogArchive;
  readonly logIntervalMs: number;
}

const batchSize = 100;
/** Details of ended runs are read ahead for the newest ones only; for older ones when somebody asks. */
const detailsAhead = 500;
const leapEveryMs = 60_000;

/** Mirrors the runs of one PaddleFlow into the catalog, until the lease is lost. Outages of the upstream are waited out; those of the database end it. */
export async function mirrorRuns(options: MirrorOptions): Promise<void> {
  const { lease, hub, intervalMs, auditPauseMs, auditEveryMs, db, seesAll, logError, archive, logIntervalMs } = options;
  const { signal, source } = lease;
  const reader = createReader(options);
  const progress = createProgress(db, lease);
  const pause = (ms: number) => delay(ms, undefined, { signal }).catch(() => {});

  /** Tries until it works: a source that is down is met again, no more often than the rhythm. */
  async function persist(work: () => Promise<void>): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        if (!signal.aborted && failures === 0) logError(error);
      }
      await pause(intervalMs);
    }
  }

  async function cycles(): Promise<void> {
    const cycle = createCycle(reader, progress, intervalMs, seesAll);
    while (!signal.aborted) {
      const began = performance.now();
      await cycle().catch(async (error: unknown) => {
        if (!(error instanceof UpstreamError)) throw error;
        if (!signal.aborted) logError(error);
      });
      nudgeLogs();
      const took = performance.now() - began;
      await pause(Math.max(0, intervalMs - took));
    }
  }

  /** Logs have turns of their own, so that a long one never delays a state; what has just been read of the runs gives them an early one. */
  let nudge = Promise.withResolvers<void>();
  const nudgeLogs = () => nudge.resolve();
  async function copyLogs(): Promise<void> {
    while (!signal.aborted) {
      const nudged = nudge.promise;
      const more = await archive.turn();
      if (!more) await Promise.race([nudged, pause(logIntervalMs)]);
      nudge = Promise.withResolvers<void>();
    }
  }

  async function history(): Promise<void> {
    if (seesAll) await persist(() => backfill(reader, progress));
    while (!signal.aborted) {
      const { auditedAt, auditMarker } = await progress.read();
      const due = auditMarker !== null || auditedAt === null ? 0 : auditedAt.getTime() + auditEveryMs - Date.now();
      if (due > 0) await pause(due);
      if (!signal.aborted) await persist(() => auditWalk(reader, progress, () => pause(auditPauseMs)));
    }
  }

  async function readDetailsAhead(): Promise<void> {
    while (!signal.aborted) {
      const ordinal = await progress.withoutDetail(detailsAhead);
      if (ordinal === undefined) await pause(intervalMs);
      else await persist(async () => void ((await reader.readDetail(ordinal)) === 'absent' && (await reader.confirmAbsence(ordinal))));
    }
  }

  async function answerPokes(): Promise<void> {
    const waiting = new Set<number>();
    const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
    let wake = Promise.withResolvers<void>();
    const stopListening = hub.onPoke(source, (ordinal) => {
      waiting.add(ordinal);
      wake.resolve();
    });
    signal.addEventListener('abort', () => stop(), { once: true });
    try {
      while (!signal.aborted) {
        await Promise.race([wake.promise, stopped]);
        wake = Promise.withResolvers<void>();
        for (const ordinal of waiting) {
          waiting.delete(ordinal);
          archive.want(ordinal);
          await readOne(ordinal).catch((error: unknown) => {
            if (!(error instanceof UpstreamError)) throw error;
          });
        }
        nudgeLogs();
      }
    } finally {
      stopListening();
    }
  }
  async function readOne(ordinal: number): Promise<void> {
    if ((await reader.readDetail(ordinal)) === 'absent') await reader.confirmAbsence(ordinal);
  }

  if ((await progress.read()).phase === 'STARTING') await persist(() => (seesAll ? start(reader, progress) : progress.write({ phase: 'BACKFILL' })));
  await Promise.all([cycles(), copyLogs(), history(), readDetailsAhead(), answerPokes()]);
}

/** One turn: new runs, then all that are not settled, then the details of those that go on. */
function createCycle(reader: Reader, progress: Progress, intervalMs: number, seesAll: boolean) {
  let leapAfter = 0;
  return async function cycle(): Promise<void> {
    const began = performance.now();
    if (seesAll) await readNew();
    const open = await progress.unsettled();
    for (let from = 0; from < open.length; from += batchSize) await reader.readKnown(open.slice(from, from + batchSize).map(({ ordinal }) => ordinal));
    const going = open.filter(({ state }) => !isFinal(state)).map(({ ordinal }) => ordinal);
    await Promise.all([...new Set([...going, ...(await progress.outdatedDetails())])].map((ordinal) => reader.readDetail(ordinal)));
    await progress.write({ lastSuccessAt: new Date(), lagMs: Math.max(0, Math.round(performance.now() - began - intervalMs)) });
  };

  async function readNew(): Promise<void> {
    const { newestOrdinal } = await progress.read();
    let { newest, beyond } = await followTail(reader, { newest: newestOrdinal, witness: await progress.witness() });
    if (beyond && performance.now() > leapAfter) {
      leapAfter = performance.now() + leapEveryMs;
      newest = await leapOver(reader, newest);
    }
    if (newest > newestOrdinal) await progress.write({ newestOrdinal: newest });
  }
}

