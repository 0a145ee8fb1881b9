import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { executions } from '../db/tables.ts';
import type { Tx } from '../live/lease.ts';
import { moved, ofTheFuture } from './life.ts';
import { liftLaterRows, neighbours, sortAtOf, type Place } from './order.ts';

type Writer = Database | Tx;

export interface Observation {
  readonly source: string;
  /** See `execution.kind`. */
  readonly kind: string;
  /** Database time before the upstream was asked: an older answer never overwrites a newer one. */
  readonly observedAt: Date;
  /** How long a final state must have stood. */
  readonly settleMs: number;
  /** Rows so old that a final state needs no second look. */
  readonly history?: boolean | undefined;
  /** By the leader, who tells of it in the same transaction. Others leave a mark for the leader. */
  readonly told?: boolean | undefined;
}

/** What was read of a piece of work. `endedAt` is set exactly when its state is final. */
export type Seen = Pick<
  typeof executions.$inferSelect,
  'key' | 'name' | 'owner' | 'state' | 'rawState' | 'message' | 'createdAt' | 'startedAt' | 'updatedAt' | 'endedAt'
> &
  Partial<Pick<typeof executions.$inferSelect, 'creator' | 'result'>>;

export interface Stored {
  /** Written, or left alone because something newer is there. */
  readonly ordinals: number[];
  readonly added: number[];
  /** Written: those for which this is the newest. */
  readonly current: ReadonlySet<number>;
}

/** Taken before a request is sent, by the one clock that all processes share. */
export async function databaseTime(db: Writer): Promise<Date> {
  const { rows } = await db.execute<{ now: string }>(sql`select extract(epoch from clock_timestamp()) * 1000 as now`);
  return new Date(Number(rows[0]?.now));
}

/**
 * Inserts or updates what was read of some work. `make` is called for each number in its order, with the creation of the work itself, if it is known,
 * or of what comes before it: where a backend's times leave a choice, that decides. Undefined: nothing can be made of it.
 */
export async function storeSeen(
  tx: Tx,
  observation: Observation,
  numbers: readonly number[],
  make: (ordinal: number, notBefore: Date | undefined) => Seen | undefined,
): Promise<Stored> {
  const ascending = [...new Set(numbers)].toSorted((one, other) => one - other);
  const around = ascending.length === 0 ? new Map<number, never>() : await neighbours(tx, observation.source, ascending);
  let previous: Place | undefined;
  const rows: (Seen & Place & { isNew: boolean })[] = [];
  for (const ordinal of ascending) {
    const known = around.get(ordinal);
    const before = known?.before;
    if (before && (previous === undefined || before.ordinal >= previous.ordinal)) previous = before;
    const seen = make(ordinal, known?.createdAt ?? previous?.createdAt);
    if (seen === undefined) continue;
    const isNew = known?.createdAt === undefined;
    const sortAt = sortAtOf(seen.createdAt, previous); // of a known row it is not written
    rows.push({ ...seen, ordinal, sortAt, isNew });
    previous = { ordinal, createdAt: seen.createdAt, sortAt: isNew ? sortAt : sortAtOf(sortAt, previous) };
  }
  if (rows.length === 0) return { ordinals: [], added: [], current: new Set() };
  const current = new Set(await upsert(tx, rows, observation));
  const added = rows.filter(({ isNew }) => isNew);
  await liftLaterRows(tx, observation.source, added);
  return { ordinals: rows.map(({ ordinal }) => ordinal), added: added.map(({ ordinal }) => ordinal), current };
}

const overwritten = ['name', 'owner', 'state', 'raw_state', 'message', 'created_at', 'started_at', 'updated_at', 'observed_at'];
const toField = (column: string) => column.replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
const overwriting = Object.fromEntries(overwritten.map((column) => [toField(column), sql.raw(`excluded.${column}`)]));

async function upsert(
  tx: Tx,
  rows: readonly (Seen & Place & { isNew: boolean })[],
  { source, kind, observedAt, settleMs, history, told = false }: Observation,
): Promise<number[]> {
  const written = await tx
    .insert(executions)
    .values(
      rows.map(({ isNew: _isNew, ...row }) => {
        const finalSince = row.endedAt === null ? null : observedAt;
        return { ...row, source, kind, observedAt, finalSince, settledAt: history ? finalSince : null, untold: !told };
      }),
    )
    .onConflictDoUpdate({
      target: [executions.source, executions.ordinal],
      set: {
        ...overwriting,
        ...moved({ settleMs }),
        creator: sql`coalesce(excluded.creator, execution.creator)`,
        result: sql`coalesce(excluded.result, execution.result)`,
        sortAt: sql`greatest(execution.sort_at, excluded.created_at)`, // it had no time of its own while it was unreadable
        untold: !told,
      },
      setWhere: sql`execution.observed_at <= excluded.observed_at or ${ofTheFuture(sql`execution.observed_at`)}`,
    })
    .returning({ ordinal: executions.ordinal });
  return written.map(({ ordinal }) => ordinal);
}

/** The upstream has the record but cannot decode it: kept as it was last seen, in state UNKNOWN, and left alone for a while. False: it was not known before. */
export async function storeUnreadable(
  tx: Tx,
  { source, kind, observedAt }: Pick<Observation, 'source' | 'kind' | 'observedAt'>,
  { ordinal, key }: { readonly ordinal: number; readonly key: string },
  pauseMs: number,
): Promise<void> {
  const unreadableUntil = new Date(observedAt.getTime() + pauseMs);
  const sortAt = (await neighbours(tx, source, [ordinal])).get(ordinal)?.before?.sortAt ?? observedAt;
  const times = { sortAt, createdAt: sortAt, updatedAt: sortAt };
  const unknown = { state: 'UNKNOWN' as const, rawState: '', observedAt, unreadableUntil };
  await tx
    .insert(executions)
    .values({ source, ordinal, kind, key, ...times, ...unknown, name: '', owner: '', message: '' })
    .onConflictDoUpdate({ target: [executions.source, executions.ordinal], set: { ...unknown, settledAt: null, finalSince: null } });
}

/** Out of the lists. The row stays, so that streams can end and ids can say what became of the work. */
export async function storeGone(db: Writer, source: string, ordinal: number, observedAt: Date): Promise<void> {
  await db
    .update(executions)
    .set({ deletedUpstream: observedAt, observedAt, untold: true })
    .where(and(eq(executions.source, source), eq(executions.ordinal, ordinal), sql`${executions.deletedUpstream} is null`));
}
