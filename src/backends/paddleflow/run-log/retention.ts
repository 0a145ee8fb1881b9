import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/database.ts';
import { isFinal, type ExecutionState } from '../../../execution/state.ts';
import type { Step } from '../run/detail.ts';
import { ordinalOf } from '../run/run-id.ts';

/** How long the upstream keeps the pod of a step that has ended, and with it the log, in milliseconds. */
export interface Retention {
  readonly succeededMs: number;
  readonly failedMs: number;
}
/** As PaddleFlow is shipped (contract 2.13). */
export const shippedRetention: Retention = { succeededMs: 600_000, failedMs: 3_600_000 };

/** By so much the clock of a source may differ from ours, and its time zone from the configured one, before a difference in days is no age. */
const clockDoubtMs = 27 * 3_600_000;

interface EndedLog {
  readonly source: string;
  readonly ordinal: number;
  readonly logRunId: string;
  readonly watched: boolean;
}
interface Known extends Record<string, unknown> {
  latest: string | null;
  ended: string | null;
  first: ExecutionState | null;
}

/** Tells when the pod of an ended step is gone for certain: later than it is rather than sooner, as until then its log may be read after all. */
export function createRetention(db: Database, { succeededMs, failedMs }: Retention) {
  const spanOf = ({ state }: Step) => (state === 'SUCCEEDED' ? succeededMs : failedMs);

  async function look({ source, ordinal, logRunId, watched }: EndedLog, step: Step) {
    const writer = ordinalOf(logRunId) ?? ordinal;
    const { rows } = await db.execute<Known>(sql`
      select extract(epoch from (select max(updated_at) from execution where source = ${source})) * 1000 as latest,
        extract(epoch from (select ended_at from execution where source = ${source} and ordinal = ${writer})) * 1000 as ended,
        (select state from event where source = ${source} and ordinal = ${ordinal} and kind = 'DISCOVERED' order by seq limit 1) as first`);
    const { latest = null, ended = null, first = null } = rows[0] ?? {};
    const ownEnd = step.endedAt === null ? Number.POSITIVE_INFINITY : Date.parse(step.endedAt);
    // What was carried over or taken over from a cache is as old as the run that wrote it.
    const endedAt = writer === ordinal ? ownEnd : Math.min(ownEnd, Number(ended ?? Number.POSITIVE_INFINITY));
    return { endedAt, latest: Number(latest ?? 0), witnessed: watched || (writer === ordinal && first !== null && !isFinal(first)) };
  }

  return {
    /**
     * Counted from the moment at which the step is first seen to have ended. Whose end we have witnessed had not ended before by our own clock. Of one
     * that was over when we first came, its times tell, if no clock and no time zone could be so wrong.
     */
    async goneFrom(log: EndedLog, step: Step, now: Date): Promise<Date> {
      const { endedAt, witnessed } = await look(log, step);
      const isOld = !witnessed && now.getTime() - endedAt > spanOf(step) + clockDoubtMs;
      return new Date(now.getTime() + (isOld ? 0 : spanOf(step)));
    },
    /** The upstream itself has written something so long after the step's end, whatever its clock and zone are. */
    async isLongOver(log: EndedLog, step: Step): Promise<boolean> {
      const { endedAt, latest } = await look(log, step);
      return latest - endedAt > spanOf(step);
    },
  };
}
