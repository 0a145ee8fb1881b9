import { and, eq, inArray } from 'drizzle-orm';
import { runs, type RunEventKind } from '../../../db/tables.ts';
import { appendEvents, appendLog, type NewEvent } from '../../../live/stream.ts';
import type { Tx } from '../../../live/lease.ts';
import { componentsOf, unpackDetail } from '../detail.ts';

/** What the stream last said of a run. */
interface Announced {
  readonly raw: string;
  readonly message: string;
  readonly settled: boolean;
  readonly deleted: boolean;
  /** Raw states of steps and dags, by path; empty while no detail was seen. */
  readonly steps: Readonly<Record<string, string>>;
}

type Row = Pick<
  typeof runs.$inferSelect,
  'ordinal' | 'state' | 'rawState' | 'message' | 'settledAt' | 'deletedUpstream' | 'announced' | 'detail' | 'observedAt' | 'unreadableUntil'
>;

function kindsOf(before: Announced | undefined, now: Announced, row: Row): RunEventKind[] {
  if (before === undefined) return ['DISCOVERED', ...(now.settled ? ['SETTLED' as const] : [])];
  if (now.deleted) return before.deleted ? [] : ['DELETED'];
  const kinds: RunEventKind[] = [];
  if (row.unreadableUntil !== null && before.raw !== '') kinds.push('UNREADABLE');
  else if (before.deleted || (before.settled && (before.raw !== now.raw || !now.settled))) kinds.push('REOPENED');
  else if (before.raw !== now.raw) kinds.push('STATE_CHANGED');
  else if (before.message !== now.message || changedSteps(before, now).length > 0) kinds.push('PROGRESSED');
  if (now.settled && !(before.settled && kinds.length === 0)) kinds.push('SETTLED');
  return kinds;
}

const changedSteps = (before: Announced | undefined, now: Announced): string[] =>
  Object.keys(now.steps).filter((path) => now.steps[path] !== before?.steps[path]);

/**
 * Compares what the catalog holds with what the stream last said, and appends the difference. What another process mirrored for a viewer
 * so becomes an event too, once. Call it at the end of every fenced transaction that wrote runs.
 */
export async function announce(tx: Tx, source: string, ordinals: readonly number[]): Promise<void> {
  if (ordinals.length === 0) return;
  const { ordinal, state, rawState, message, settledAt, deletedUpstream, announced, detail, observedAt, unreadableUntil } = runs;
  const rows = await tx
    .select({ ordinal, state, rawState, message, settledAt, deletedUpstream, announced, detail, observedAt, unreadableUntil })
    .from(runs)
    .where(and(eq(runs.source, source), inArray(runs.ordinal, [...ordinals])))
    .orderBy(runs.ordinal)
    .for('update');
  const events: NewEvent[] = [];
  const ended: { ordinal: number; at: Date }[] = [];
  for (const row of rows) {
    const before = row.announced === null ? undefined : (JSON.parse(row.announced) as Announced); // written below alone
    const now: Announced = {
      raw: row.rawState,
      message: row.message,
      settled: row.settledAt !== null,
      deleted: row.deletedUpstream !== null,
      steps: row.detail === null ? {} : Object.fromEntries(componentsOf(unpackDetail(row.detail)).map((component) => [component.path, component.rawState])),
    };
    const text = JSON.stringify(now);
    if (text === row.announced) continue;
    await tx.update(runs).set({ announced: text }).where(and(eq(runs.source, source), eq(runs.ordinal, row.ordinal)));
    const steps = changedSteps(before, now).map((path) => path.replaceAll('\0', '\uFFFD'));
    const about = { ordinal: row.ordinal, at: row.observedAt, state: row.state, rawState: row.rawState, message: row.message };
    // History that arrives with its detail is no news; its steps were final long before we looked.
    const silent = before !== undefined && before.settled && now.settled && before.raw === now.raw && Object.keys(before.steps).length === 0;
    if (silent) continue;
    kindsOf(before, now, row).forEach((kind, index) => events.push({ ...about, kind, steps: index === 0 ? steps : [] }));
    if (now.deleted && !before?.deleted) ended.push({ ordinal: row.ordinal, at: row.observedAt });
  }
  for (const { ordinal: gone } of ended) await endLog(tx, source, gone, 'DELETED');
  if (events.length > 0 || ended.length > 0) await appendEvents(tx, source, events);
}

/** The last entry of a run's log stream. A stream that has ended already stays as it is. */
export async function endLog(tx: Tx, source: string, ordinal: number, reason: 'COMPLETED' | 'DELETED', logState: 'COMPLETE' | 'GAPS' = 'COMPLETE'): Promise<void> {
  const ending = await tx
    .update(runs)
    .set({ logState })
    .where(and(eq(runs.source, source), eq(runs.ordinal, ordinal), eq(runs.logState, 'PENDING')))
    .returning({ ordinal: runs.ordinal });
  if (ending.length > 0) await appendLog(tx, source, ordinal, [{ kind: 'END', size: 1, step: '', firstLine: 0, reason }]);
}
