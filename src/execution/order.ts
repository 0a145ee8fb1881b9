import { sql } from 'drizzle-orm';
import type { Tx } from '../live/lease.ts';

/** Where a piece of work stands in the lists. */
export interface Place {
  readonly ordinal: number;
  readonly createdAt: Date;
  readonly sortAt: Date;
}

/** What is known of a number: when that work was created, or, when it is not known, the place of what comes before it. */
export interface Neighbour {
  readonly createdAt: Date | undefined;
  readonly before: Place | undefined;
}

interface Row extends Record<string, unknown> {
  ordinal: string;
  created: string | null;
  prev_ordinal: string | null;
  prev_created: string;
  prev_sort: string;
}

/** Times in milliseconds. */
const dateOf = (milliseconds: string) => new Date(Number(milliseconds));

/** By number. */
export async function neighbours(tx: Tx, source: string, ordinals: readonly number[]): Promise<Map<number, Neighbour>> {
  const { rows } = await tx.execute<Row>(sql`
    select asked.ordinal, extract(epoch from known.created_at) * 1000 as created,
      before.ordinal as prev_ordinal, extract(epoch from before.created_at) * 1000 as prev_created, extract(epoch from before.sort_at) * 1000 as prev_sort
    from unnest(${sql.param([...ordinals])}::bigint[]) as asked(ordinal)
    left join execution known on known.source = ${source} and known.ordinal = asked.ordinal
    left join lateral (
      select ordinal, created_at, sort_at from execution where source = ${source} and ordinal < asked.ordinal order by ordinal desc limit 1
    ) before on known.ordinal is null`);
  const placeBefore = ({ prev_ordinal: ordinal, prev_created: created, prev_sort: sort }: Row): Place | undefined =>
    ordinal === null ? undefined : { ordinal: Number(ordinal), createdAt: dateOf(created), sortAt: dateOf(sort) };
  return new Map(
    rows.map((row) => [
      Number(row.ordinal),
      { createdAt: row.created === null ? undefined : dateOf(row.created), before: placeBefore(row) },
    ]),
  );
}

/** A running maximum: what copies an old time is not before what it was made after. */
export const sortAtOf = (createdAt: Date, before: Place | undefined): Date =>
  before && before.sortAt > createdAt ? before.sortAt : createdAt;

/** History arrives newest first, so an older row may turn out to lift the running maximum of rows that are already there. `added` in ascending order. */
export async function liftLaterRows(tx: Tx, source: string, added: readonly Place[]): Promise<void> {
  const [first, last] = [added[0], added.at(-1)];
  if (first === undefined || last === undefined) return;
  const ordinals = sql.param(added.map(({ ordinal }) => ordinal));
  const times = sql.param(added.map(({ sortAt }) => sortAt.toISOString()));
  const highest = last.sortAt.toISOString();
  await tx.execute(sql`
    update execution set sort_at = lifted.sort_at from (
      select r.ordinal, max(a.sort_at) as sort_at
      from execution r join unnest(${ordinals}::bigint[], ${times}::timestamptz[]) as a(ordinal, sort_at) on a.ordinal < r.ordinal
      where r.source = ${source} and r.ordinal > ${first.ordinal} and r.sort_at < ${highest}::timestamptz
        and r.ordinal < coalesce((select n.ordinal from execution n where n.source = ${source} and n.ordinal > ${last.ordinal}
          and n.sort_at >= ${highest}::timestamptz order by n.ordinal limit 1), ${Number.MAX_SAFE_INTEGER})
      group by r.ordinal
    ) lifted
    where execution.source = ${source} and execution.ordinal = lifted.ordinal and execution.sort_at < lifted.sort_at`);
}
