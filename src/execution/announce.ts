import { and, eq, inArray, sql } from 'drizzle-orm';
import { executions } from '../db/tables.ts';
import { appendEvents, type NewEvent } from '../live/stream.ts';
import type { Tx } from '../live/lease.ts';
import type { ExecutionEventKind } from './event-kind.ts';

/** What the stream last said of a piece of work, kept in its row. */
interface Announced {
  readonly raw: string;
  readonly message: string;
  readonly settled: boolean;
  readonly deleted: boolean;
  /** Raw states of its parts, by path; empty while no detail was seen. */
  readonly steps: Readonly<Record<string, string>>;
}

const { ordinal, state, rawState, message, settledAt, deletedUpstream, announced, observedAt, unreadableUntil, untold } = executions;
const compared = { ordinal, state, rawState, message, settledAt, deletedUpstream, announced, observedAt, unreadableUntil, untold };
type Row = Pick<typeof executions.$inferSelect, keyof typeof compared>;

/**
 * What has happened between what was told last and what the row says now:
 *
 *     told last     now                          events
 *     nothing       anything                     DISCOVERED, and SETTLED or DELETED if it is that already
 *     anything      gone                         DELETED, once
 *     readable      record does not decode       UNREADABLE
 *     gone          there                        REOPENED
 *     settled       changed, or not settled      REOPENED
 *     other         another word                 STATE_CHANGED
 *     other         another message or parts     PROGRESSED
 *     not settled   settled                      …, SETTLED
 */
function kindsOf(before: Announced | undefined, now: Announced, row: Row): ExecutionEventKind[] {
  const settled = now.settled ? ['SETTLED' as const] : [];
  if (before === undefined) return ['DISCOVERED', ...(now.deleted ? ['DELETED' as const] : settled)];
  if (now.deleted) return before.deleted ? [] : ['DELETED'];
  // Details of history arrive late; its steps were final long before we looked.
  const newSteps = Object.keys(before.steps).length === 0 ? [] : changedSteps(before, now);
  const changed =
    before.raw !== now.raw || before.message !== now.message || (before.settled ? newSteps : changedSteps(before, now)).length > 0;
  if (row.unreadableUntil !== null && before.raw !== '') return ['UNREADABLE'];
  if (before.deleted || (before.settled && (changed || !now.settled))) return ['REOPENED', ...settled];
  if (before.raw !== now.raw) return ['STATE_CHANGED', ...settled];
  return [...(changed ? ['PROGRESSED' as const] : []), ...(before.settled ? [] : settled)];
}

const changedSteps = (before: Announced | undefined, now: Announced): string[] =>
  Object.keys(now.steps).filter((path) => now.steps[path] !== before?.steps[path]);

/** Raw states of the parts of a piece of work, by path, as its detail tells them. Texts that Postgres can hold. */
export type PartsOf = (detail: Buffer) => Readonly<Record<string, string>>;

export interface Told {
  /** Told of for the first time. */
  readonly discovered: number[];
  /** Told to be gone. */
  readonly gone: number[];
}

/**
 * Compares what the catalog holds with what the stream last said, appends the difference and wakes the readers. What another process mirrored for a
 * viewer so becomes an event too, once. Call it at the end of every fenced transaction that wrote executions. `partsOf`: their details have been
 * read as well, so parts may have changed; else details, which may be long, stay where they are.
 */
export async function announce(tx: Tx, source: string, ordinals: readonly number[], partsOf?: PartsOf): Promise<Told> {
  const told: Told = { discovered: [], gone: [] };
  if (ordinals.length === 0) return told;
  const rows = await tx
    .select({ ...compared, detail: partsOf ? executions.detail : sql<null>`null` })
    .from(executions)
    .where(and(eq(executions.source, source), inArray(ordinal, [...ordinals])))
    .orderBy(ordinal)
    .for('update');
  const events: NewEvent[] = [];
  const changes: { ordinal: number; text: string }[] = [];
  for (const row of rows) {
    const before = row.announced === null ? undefined : (JSON.parse(row.announced) as Announced); // written below alone
    const now: Announced = {
      raw: row.rawState,
      message: row.message,
      settled: row.settledAt !== null,
      deleted: row.deletedUpstream !== null,
      steps: row.detail === null || partsOf === undefined ? (before?.steps ?? {}) : partsOf(row.detail),
    };
    const text = JSON.stringify(now);
    if (before === undefined) told.discovered.push(row.ordinal);
    if (text !== row.announced || row.untold) changes.push({ ordinal: row.ordinal, text });
    if (text === row.announced) continue;
    const about = { ordinal: row.ordinal, at: row.observedAt, state: row.state, rawState: row.rawState, message: row.message };
    const steps = changedSteps(before, now);
    kindsOf(before, now, row).forEach((kind, index) => events.push({ ...about, kind, steps: index === 0 ? steps : [] }));
    if (now.deleted && !before?.deleted) told.gone.push(row.ordinal);
  }
  if (changes.length > 0) {
    await tx.execute(sql`
      update execution set announced = told.text, untold = false
      from unnest(${sql.param(changes.map((change) => change.ordinal))}::bigint[], ${sql.param(changes.map(({ text }) => text))}::text[]) as told(ordinal, text)
      where execution.source = ${source} and execution.ordinal = told.ordinal`);
  }
  await appendEvents(tx, source, events);
  return told;
}
