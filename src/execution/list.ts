import { and, asc, desc, eq, getTableColumns, inArray, sql, type SQL } from 'drizzle-orm';
import type { Viewer } from '../auth/viewer.ts';
import type { Database } from '../db/database.ts';
import { readRows } from '../db/read-rows.ts';
import { executions, sources } from '../db/tables.ts';
import { identityCondition, isListed, visibleTo, type ExecutionFilter } from './filter.ts';

/** Place in the lists: newest first. */
export interface ExecutionPlace {
  readonly sortAt: Date;
  readonly source: string;
  readonly ordinal: number;
}

export interface PageQuery {
  readonly after?: ExecutionPlace | undefined;
  readonly before?: ExecutionPlace | undefined;
  readonly limit: number;
  /** Oldest first: how a page from the end is read. */
  readonly inverted: boolean;
}

const {
  detail: _detail,
  detailObservedAt: _detailObservedAt,
  announced: _announced,
  untold: _untold,
  finalSince: _finalSince,
  unreadableUntil: _unreadableUntil,
  logWanted: _logWanted,
  ...listed
} = getTableColumns(executions);

/** A piece of work of any kind, as the catalog has it. */
export type ExecutionRow = Pick<typeof executions.$inferSelect, keyof typeof listed>;

const { sortAt, source, ordinal } = executions;
const here = sql`(${sortAt}, ${source}, ${ordinal})`; // one row comparison, one index
const at = (place: ExecutionPlace) => sql`(${place.sortAt.toISOString()}::timestamptz, ${place.source}::text, ${place.ordinal}::bigint)`;

/** Between two places of a list; the order of its rows. */
export const sliceOf = ({ after, before }: PageQuery): SQL | undefined =>
  and(after && sql`${here} < ${at(after)}`, before && sql`${here} > ${at(before)}`);
export const orderOf = ({ inverted }: PageQuery): SQL[] => [sortAt, source, ordinal].map(inverted ? asc : desc);

/** The catalog holds all that these sources have. */
export async function areComplete(db: Database, names: readonly string[]): Promise<boolean> {
  const rows = await db
    .select({ phase: sources.phase })
    .from(sources)
    .where(inArray(sources.name, [...names]));
  return rows.length === names.length && rows.every(({ phase }) => phase === 'COMPLETE');
}

/** Work of every kind, from the catalog, as far as this viewer may see it. */
export function createExecutionSource(db: Database, viewer: Viewer) {
  const conditionOf = (filter: ExecutionFilter) => and(isListed(filter), visibleTo(viewer), identityCondition(filter));
  return {
    page: (filter: ExecutionFilter, query: PageQuery): Promise<ExecutionRow[]> => {
      const rows = db
        .select(listed)
        .from(executions)
        .where(and(conditionOf(filter), sliceOf(query)))
        .orderBy(...orderOf(query))
        .limit(query.limit);
      return readRows(db, listed, rows);
    },
    total: (filter: ExecutionFilter): Promise<number> => db.$count(executions, conditionOf(filter)),
    complete: (names: readonly string[]) => areComplete(db, names),
    /** By their numbers on one source, those that are gone included. */
    byNumbers: async (of: string, numbers: readonly number[]): Promise<Map<number, ExecutionRow>> => {
      const rows = db
        .select(listed)
        .from(executions)
        .where(and(eq(source, of), sql`${ordinal} = any(${sql.param([...numbers])}::bigint[])`, visibleTo(viewer)));
      return new Map((await readRows(db, listed, rows)).map((row) => [row.ordinal, row]));
    },
    /** By its id, one that is gone included. */
    find: async (kind: string, of: string, key: string): Promise<ExecutionRow | undefined> => {
      const one = and(eq(source, of), eq(executions.kind, kind), eq(executions.key, key), visibleTo(viewer));
      const [row] = await db.select(listed).from(executions).where(one);
      return row;
    },
  };
}
export type ExecutionSource = ReturnType<typeof createExecutionSource>;
