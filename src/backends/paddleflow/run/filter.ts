import { and, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import { storable } from '../../../core/storable.ts';
import { executions } from '../../../db/tables.ts';
import { identityCondition, isAnyOf, isListed, visibleTo, type ExecutionFilter, type Seeing } from '../../../execution/filter.ts';
import { paddleflowRuns } from '../tables.ts';
import { isSameRun } from './columns.ts';
import { ordinalOf } from './run-id.ts';

/** Each list means "one of these"; what is left out does not matter. An empty list matches nothing. */
export interface RunFilter extends ExecutionFilter {
  readonly fileSystems?: readonly string[] | undefined;
  /** Pairs of source and upstream id. */
  readonly pipelines?: readonly Reference[] | undefined;
  readonly schedules?: readonly Reference[] | undefined;
  readonly ids?: readonly Reference[] | undefined;
}
export interface Reference {
  readonly source: string;
  readonly id: string;
}

function pairs(references: readonly Reference[], column: AnyColumn): SQL {
  const perSource = [...Map.groupBy(references, ({ source }) => source)].map(
    ([source, of]) =>
      sql`(${paddleflowRuns.source} = ${storable(source)} and ${isAnyOf(
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
  return areNumbered(numbered, executions);
}

/** One search of an index per source, however many there are. */
export function areNumbered(
  places: readonly { readonly source: string; readonly ordinal: number }[],
  columns: { readonly source: AnyColumn; readonly ordinal: AnyColumn },
): SQL {
  const perSource = [...Map.groupBy(places, ({ source }) => source)].map(([source, of]) => {
    const ordinals = sql.param(of.map(({ ordinal }) => ordinal));
    return sql`(${columns.source} = ${storable(source)} and ${columns.ordinal} = any(${ordinals}::bigint[]))`;
  });
  return perSource.length === 0 ? sql`false` : sql`(${sql.join(perSource, sql` or `)})`;
}

/** Everything but the state, as a condition on `execution`, of sources that have nothing but runs. */
export function runCondition(filter: RunFilter): SQL | undefined {
  const own = and(
    filter.fileSystems && isAnyOf(paddleflowRuns.fsName, filter.fileSystems),
    filter.pipelines && pairs(filter.pipelines, paddleflowRuns.pipelineId),
    filter.schedules && pairs(filter.schedules, paddleflowRuns.scheduleId),
  );
  return and(
    identityCondition(filter),
    filter.ids && isOneOf(filter.ids),
    own && sql`exists (select 1 from ${paddleflowRuns} where ${isSameRun} and ${own})`,
  );
}

/** What a list shows: neither the deleted nor what this viewer may not see. */
export const listCondition = (filter: RunFilter, viewer: Seeing): SQL | undefined =>
  and(isListed(filter), visibleTo(viewer), runCondition(filter));
