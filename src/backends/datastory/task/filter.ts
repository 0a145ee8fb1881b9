import { and, eq, gte, lt, sql, type SQL } from 'drizzle-orm';
import { storable } from '../../../core/storable.ts';
import { executions } from '../../../db/tables.ts';
import { isAnyOf } from '../../../execution/filter.ts';
import type { ExecutionState } from '../../../execution/state.ts';
import { tasks, type SubmissionState } from '../tables.ts';

/** Each list means "one of these"; what is left out does not matter. An empty list matches nothing. */
export interface TaskFilter {
  readonly sources?: readonly string[] | undefined;
  readonly creators?: readonly string[] | undefined;
  readonly states?: readonly ExecutionState[] | undefined;
  readonly algorithms?: readonly string[] | undefined;
  readonly submissions?: readonly SubmissionState[] | undefined;
  /** The platform's own. */
  readonly taskIds?: readonly string[] | undefined;
  /** Pairs of source and key. */
  readonly ids?: readonly { readonly source: string; readonly id: string }[] | undefined;
  readonly createdFrom?: Date | undefined;
  readonly createdBefore?: Date | undefined;
}

function areThese(references: NonNullable<TaskFilter['ids']>): SQL {
  const perSource = [...Map.groupBy(references, ({ source }) => source)].map(
    ([source, of]) =>
      sql`(${executions.source} = ${storable(source)} and ${isAnyOf(
        executions.key,
        of.map(({ id }) => id),
      )})`,
  );
  return perSource.length === 0 ? sql`false` : sql`(${sql.join(perSource, sql` or `)})`;
}

/** A condition on the task's own row, as one on `execution`: for those who know that alone. */
function ofOwn(condition: SQL | undefined): SQL | undefined {
  const same = and(eq(tasks.source, executions.source), eq(tasks.ordinal, executions.ordinal), condition);
  return condition && sql`exists (select 1 from ${tasks} where ${same})`;
}

/** Everything but the state: what a task is, not how it goes. A condition on `execution`. */
export const taskCondition = (filter: TaskFilter): SQL | undefined =>
  and(
    eq(executions.kind, 'Task'),
    filter.sources && isAnyOf(executions.source, filter.sources),
    filter.creators && isAnyOf(executions.creator, filter.creators),
    filter.ids && areThese(filter.ids),
    filter.createdFrom && gte(executions.createdAt, filter.createdFrom),
    filter.createdBefore && lt(executions.createdAt, filter.createdBefore),
    ofOwn(
      and(
        filter.algorithms && isAnyOf(tasks.algorithm, filter.algorithms),
        filter.submissions && isAnyOf(tasks.submission, filter.submissions),
        filter.taskIds && isAnyOf(tasks.taskId, filter.taskIds),
      ),
    ),
  );

/** `creator`: the only one whose tasks are seen. */
export const conditionOf = (filter: TaskFilter, creator: string | undefined): SQL | undefined =>
  and(
    taskCondition(filter),
    filter.states && isAnyOf(executions.state, filter.states),
    creator === undefined ? undefined : eq(executions.creator, creator),
  );
