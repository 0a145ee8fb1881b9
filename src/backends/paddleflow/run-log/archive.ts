import { inParallel } from '../../../core/in-parallel.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import { endLog } from '../mirror/announce.ts';
import { isOutage } from '../mirror/outage.ts';
import { createStepCopier, type CopyStepOptions } from './copy-step.ts';
import { createPending, type RunToCopy } from './pending.ts';
import { createRhythms, type RhythmOptions, type Rhythms, type StepToCopy } from './rhythm.ts';

export interface ArchiveOptions extends CopyStepOptions, RhythmOptions {
  readonly logError: (error: unknown) => void;
}

/** Fewer than the leader may call at a time, so that a long log never delays a state. */
const liveStepsAtATime = 2;
const wantedRunsPerTurn = 5;

/**
 * Copies the logs of all steps while their pods live, step by step and each in its own rhythm. Position, lines and head are committed
 * together, so a new leader goes on at exactly the next line. Logs of old runs that somebody wants have turns of their own: a look at a
 * thousand of them holds up none that is being written.
 */
export function createLogArchive(options: ArchiveOptions) {
  const { db, lease, logError } = options;
  const { source, signal } = lease;
  const copyStep = createStepCopier(options);
  const pending = createPending(db, source, options.retention);
  const live = createRhythms(options);
  const wanted = createRhythms(options);
  /** Wanted runs that have been read, and when it is their turn again. */
  const resting = new Map<number, number>();

  async function copy(due: StepToCopy, rhythms: Rhythms): Promise<'more' | 'done' | 'outage'> {
    try {
      const copied = await copyStep(due.log, due.step, { ended: due.ended, memory: rhythms.memoryOf(due) });
      due.log = copied.log;
      if (copied.failure && !rhythms.hasFailed(due)) logError(copied.failure);
      rhythms.wasRead(due, copied);
      return copied.more ? 'more' : 'done';
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      const outage = isOutage(error);
      if (!signal.aborted && !outage && !rhythms.hasFailed(due)) logError(error);
      rhythms.wasRefused(due, { outage });
      return outage ? 'outage' : 'done';
    }
  }

  /** True: that was the last of it. */
  async function finish({ ordinal, complete, steps }: RunToCopy): Promise<boolean> {
    if (!complete || steps.some(({ log }) => log.endedAt === null)) return false;
    const logState = steps.some(({ log }) => log.gaps) ? 'GAPS' : 'COMPLETE';
    await lease.fenced((tx) => endLog(tx, source, ordinal, 'COMPLETED', logState));
    return true;
  }

  return {
    /** One turn over all runs whose pods may still be there. True: some have more that can be read at once. */
    async turn(): Promise<boolean> {
      const found = await pending.live();
      const all = found.flatMap(({ steps }) => steps);
      live.keep(all);
      let more = false;
      await inParallel(all.filter(live.isDue), liveStepsAtATime, async (due) => {
        const left = await copy(due, live);
        more ||= left === 'more';
      });
      for (const run of found) await finish(run);
      return more;
    },

    /** One turn over some older runs that somebody has asked for, one call at a time. True: there are others. */
    async turnOfWanted(): Promise<boolean> {
      for (const [ordinal, until] of resting) if (performance.now() >= until) resting.delete(ordinal);
      const found = await pending.wanted(wantedRunsPerTurn, [...resting.keys()]);
      let down = false;
      for (const run of found) {
        for (const due of run.steps.filter(wanted.isDue)) down ||= (await copy(due, wanted)) === 'outage';
        if (await finish(run)) wanted.forget(run.steps);
        else resting.set(run.ordinal, wanted.nextDue(run.steps));
      }
      return found.length > 0 && !down;
    },
  };
}
export type LogArchive = ReturnType<typeof createLogArchive>;
