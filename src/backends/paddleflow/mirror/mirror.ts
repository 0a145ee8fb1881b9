import { setTimeout as delay } from 'node:timers/promises';
import type { Logs } from '../../../core/complaint.ts';
import type { Hub } from '../../../live/hub.ts';
import { inParallel } from '../../../core/in-parallel.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import type { LogArchive } from '../run-log/archive.ts';
import { auditWalk } from './audit.ts';
import { backfill, start } from './backfill.ts';
import { createCycle } from './cycle.ts';
import { createTrouble } from '../../../source/trouble.ts';
import { type SourcePlace, staleAfterMs } from '../../../source/trouble-words.ts';
import { ordinalOf } from '../run/run-id.ts';
import { isOutage } from './outage.ts';
import { createOddities } from './oddities.ts';
import { createProgress } from './progress.ts';
import { createReader, type MirrorDeps } from './reader.ts';

export interface MirrorOptions extends MirrorDeps, Logs {
  readonly hub: Hub;
  readonly place: SourcePlace;
  readonly intervalMs: number;
  readonly auditPauseMs: number;
  readonly auditEveryMs: number;
  /** Root sees every run. Another account is shown its own only, by the walk. */
  readonly seesAll: boolean;
  readonly archive: LogArchive;
  readonly logIntervalMs: number;
}

/** Details of ended runs are read ahead for the newest ones only; for older ones when somebody asks. */
const detailsAhead = 500;

/** Mirrors the runs of one PaddleFlow into the catalog, until the lease is lost. Outages of the upstream are waited out; those of the database end it. */
export async function mirrorRuns({
  hub,
  place,
  archive,
  seesAll,
  intervalMs,
  auditPauseMs,
  auditEveryMs,
  logIntervalMs,
  logError,
  logInfo,
  logChange,
  ...deps
}: MirrorOptions): Promise<void> {
  const { source } = deps.lease;
  const failing = new AbortController();
  const signal = AbortSignal.any([deps.lease.signal, failing.signal]);
  const lease = { ...deps.lease, signal };
  const reader = createReader({ ...deps, lease });
  const progress = createProgress(deps.db, lease);
  const trouble = createTrouble({ source, place, keep: progress.failed, staleMs: staleAfterMs(intervalMs), logError, logInfo, logChange });
  const pause = (ms: number) => delay(ms, undefined, { signal }).catch(() => {});

  /** Outages are told by the cycles, which notice them first, and their end; anything else by who meets it, once. Before the first cycle there is the beginning. */
  function complain(error: unknown): void {
    if (!(error instanceof UpstreamError)) throw error;
    if (!signal.aborted && !isOutage(error)) logError(error);
  }

  /** Tries until it works: a source that is down is met again, no more often than the rhythm. */
  async function persist(work: () => Promise<void>, onFailure?: (error: UpstreamError) => Promise<void>): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        return await work();
      } catch (error) {
        if (onFailure && error instanceof UpstreamError) await onFailure(error);
        else if (failures === 0 || !(error instanceof UpstreamError)) complain(error);
      }
      await pause(intervalMs);
    }
  }

  const tell = async (error: UpstreamError) => {
    if (!signal.aborted) await trouble.failed(error);
  };

  async function cycles(): Promise<void> {
    const cycle = createCycle({ reader, progress, intervalMs, seesAll, complain });
    while (!signal.aborted) {
      const began = performance.now();
      try {
        await cycle();
        trouble.over();
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        await tell(error);
      }
      nudgeLogs();
      await pause(Math.max(0, intervalMs - (performance.now() - began)));
    }
  }

  /** Logs have turns of their own, so that a long one never delays a state; what has just been read of the runs gives them an early one. */
  const nudged = new Set<() => void>();
  function nudgeLogs(): void {
    for (const wake of nudged) wake();
    nudged.clear();
  }
  async function copyLogs(turn: () => Promise<boolean>): Promise<void> {
    while (!signal.aborted) {
      const nudge = new Promise<void>((resolve) => nudged.add(resolve)); // one that comes during the turn counts too
      const more = await turn();
      if (!more) await Promise.race([nudge, pause(logIntervalMs)]);
    }
  }

  async function history(): Promise<void> {
    if (seesAll) await persist(() => backfill(reader, progress));
    while (!signal.aborted) {
      const { auditedAt, auditMarker } = await progress.read();
      // Another leader's clock may have been ahead of ours.
      const sinceAudit = auditedAt === null ? auditEveryMs : Math.max(0, Date.now() - auditedAt.getTime());
      const due = auditMarker === null ? auditEveryMs - sinceAudit : 0;
      if (due > 0) await pause(due);
      if (!signal.aborted) await persist(() => auditWalk(reader, progress, () => pause(auditPauseMs)));
    }
  }

  async function readDetailsAhead(): Promise<void> {
    const odd = createOddities(intervalMs);
    while (!signal.aborted) {
      const lacking = await progress.withoutDetail(detailsAhead, [...odd.resting()]);
      let down = false;
      await inParallel(lacking, 1, async (ordinal) => {
        if (down || signal.aborted) return;
        try {
          if ((await reader.readOne(ordinal)) === 'doubtful') odd.met(ordinal);
          else odd.madeSense(ordinal);
        } catch (error) {
          if (error instanceof UpstreamError && isOutage(error)) down = true;
          else if (!odd.met(ordinal) && error instanceof UpstreamError) return; // it was complained about before
          complain(error);
        }
      });
      if (down || lacking.length === 0) await pause(intervalMs);
    }
  }

  async function answerPokes(): Promise<void> {
    const waiting = new Set<number>();
    let wake = Promise.withResolvers<void>();
    const stopListening = hub.onPoke(source, (runId) => {
      const ordinal = ordinalOf(runId);
      if (ordinal === undefined) return;
      waiting.add(ordinal);
      wake.resolve();
    });
    signal.addEventListener('abort', () => wake.resolve(), { once: true });
    try {
      while (!signal.aborted) {
        await wake.promise;
        if (signal.aborted) return;
        wake = Promise.withResolvers<void>();
        const ordinals = [...waiting];
        waiting.clear();
        await inParallel(ordinals, 2, async (ordinal) => void (await reader.readOne(ordinal).catch(complain)));
        nudgeLogs();
      }
    } finally {
      stopListening();
    }
  }

  async function begin(): Promise<void> {
    if ((await progress.read()).phase !== 'STARTING') return;
    await persist(() => (seesAll ? start(reader, progress, () => pause(intervalMs)) : progress.write({ phase: 'BACKFILL' })), tell);
  }

  /** When one of them fails, the others end too, and are waited for. */
  async function together(loops: readonly (() => Promise<void>)[]): Promise<void> {
    const running = loops.map((loop) =>
      loop().catch((error: unknown) => {
        failing.abort();
        throw error;
      }),
    );
    await Promise.allSettled(running);
    await Promise.all(running);
  }
  await begin();
  await together([cycles, () => copyLogs(archive.turn), () => copyLogs(archive.turnOfWanted), history, readDetailsAhead, answerPokes]);
}
