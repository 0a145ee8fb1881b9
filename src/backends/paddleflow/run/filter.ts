import { and, gte, isNull, lt, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import { storable } from '../../../core/storable.ts';
import { runs } from '../../../db/tables.ts';
import type { ExecutionState } from '../../../execution/state.ts';
import { ordinalOf } from './run-id.ts';

/** Each list means "one of these"; what is left out does not matter. An empty list matches nothing. */
export interface RunFilter {
  readonly sources?: readonly string[] | undefined;
  readonly owners?: readonly string[] | undefined;
  readonly states?: readonly ExecutionState[] | undefined;
  readonly names?: readonly string[] | undefined;
  readonly fileSystems?: readonly string[] | undefined;
  /** Pairs of source and upstream id. */
  readonly pipelines?: readonly Reference[] | undefined;
  readonly schedules?: readonly Reference[] | undefined;
  readonly ids?: readonly Reference[] | undefined;
  readonly createdFrom?: Date | undefined;
  readonly createdBefore?: Date | undefined;
}
export interface Reference {
  readonly source: string;
  readonly id: string;
}

/** One value, however many there are to choose from: as many conditions or parameters would be more than Postgres takes. */
export const isAnyOf = (column: AnyColumn, texts: readonly string[]): SQL =>
  sql`${column} = any(${sql.param([...new Set(texts)].map(storable))}::text[])`;

function pairs(references: readonly Reference[], column: AnyColumn): SQL {
  const perSource = [...Map.groupBy(references, ({ source }) => source)].map(
    ([source, of]) =>
      sql`(${runs.source} = ${storable(source)} and ${isAnyOf(
        column,
        of.map(({ id }) => id),
      )})`,
  );
  return perSource.length === 0 ? sql`false` : sql`(${sql.join(perSource, sql` or `)})`;
}

/** Rows of the catalog by the ids of runs: row numbers are their primary key. What is no id of a run is none of them. */
export function isOneOf(references: readonly Reference[]): SQL {
  const numbered = references.flatMap(({ source, id }) => {
    const ordinal = ordinalOf(id);
    return ordinal === undefined ? [] : [{ source, ordinal }];
  });
  return areNumbered(numbered, sql`${runs.ordinal}`);
}

/** One search of an index per source, however many there are. */
export function areNumbered(places: readonly { readonly source: string; readonly ordinal: number }[], column: SQL): SQL {
  const perSource = [...Map.groupBy(places, ({ source }) => source)].map(([source, of]) => {
    const ordinals = sql.param(of.map(({ ordinal }) => ordinal));
    return sql`(${runs.source} = ${storable(source)} and ${column} = any(${ordinals}::bigint[]))`;
  });
  return perSource.length === 0 ? sql`false` : sql`(${sql.join(perSource, sql` or `)})`;
}

/** Everything but the state: what a run is, not how it goes. For event streams, whose state is the event's. */
export function identityCondition(filter: RunFilter, owner: string | undefined): SQL | undefined {
  return and(
    owner === undefined ? undefined : sql`${runs.owner} = ${owner}`,
    filter.sources && isAnyOf(runs.source, filter.sources),
    filter.owners && isAnyOf(runs.owner, filter.owners),
    filter.names && isAnyOf(runs.name, filter.names),
    filter.fileSystems && isAnyOf(runs.fsName, filter.fileSystems),
    filter.pipelines && pairs(filter.pipelines, runs.pipelineId),
    filter.schedules && pairs(filter.schedules, runs.scheduleId),
    filter.ids && isOneOf(filter.ids),
    filter.createdFrom && gte(runs.createdAt, filter.createdFrom),
    filter.createdBefore && lt(runs.createdAt, filter.createdBefore),
  );
}

/** What a list shows: neither the deleted nor what this viewer may not see. */
export const listCondition = (filter: RunFilter, owner: string | undefined): SQL | undefined =>
  and(isNull(runs.deletedUpstream), identityCondition(filter, owner), filter.states && isAnyOf(runs.state, filter.states));
