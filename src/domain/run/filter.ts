import { and, gte, inArray, isNull, lt, sql, type SQL } from 'drizzle-orm';
import { runs } from '../../db/tables.ts';
import type { ExecutionState } from '../execution.ts';
import { storable } from './model.ts';
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

const pairs = (references: readonly Reference[], column: SQL): SQL =>
  references.length === 0
    ? sql`false`
    : sql`(${runs.source}, ${column}) in (${sql.join(
        references.map(({ source, id }) => sql`(${storable(source)}, ${storable(id)})`),
        sql`, `,
      )})`;

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
    filter.sources && inArray(runs.source, [...filter.sources]),
    filter.owners && inArray(runs.owner, filter.owners.map(storable)),
    filter.names && inArray(runs.name, filter.names.map(storable)),
    filter.fileSystems && inArray(runs.fsName, filter.fileSystems.map(storable)),
    filter.pipelines && pairs(filter.pipelines, sql`${runs.pipelineId}`),
    filter.schedules && pairs(filter.schedules, sql`${runs.scheduleId}`),
    filter.ids && isOneOf(filter.ids),
    filter.createdFrom && gte(runs.createdAt, filter.createdFrom),
    filter.createdBefore && lt(runs.createdAt, filter.createdBefore),
  );
}

/** What a list shows: neither the deleted nor what this viewer may not see. */
export const listCondition = (filter: RunFilter, owner: string | undefined): SQL | undefined =>
  and(isNull(runs.deletedUpstream), identityCondition(filter, owner), filter.states && inArray(runs.state, [...filter.states]));
