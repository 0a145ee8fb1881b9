import { and, eq, sql, type SQL } from 'drizzle-orm';
import { storable } from '../../../core/storable.ts';
import { executions } from '../../../db/tables.ts';
import { identityCondition, isAnyOf, isListed, visibleTo, type ExecutionFilter, type Seeing } from '../../../execution/filter.ts';
import { tasks, type SubmissionState } from '../tables.ts';

/** What all work can be asked for by, and what is a task's own. */
export interface TaskFilter extends Omit<ExecutionFilter, 'kinds' | 'owners' | 'names'> {
  readonly creators?: readonly string[] | undefined;
  readonly algorithms?: readonly string[] | undefined;
  readonly submissions?: readonly SubmissionState[] | undefined;
  /** The platform's own. */
  readonly taskIds?: readonly string[] | undefined;
  /** Pairs of source and key. */
  readonly ids?: readonly { readonly source: string; readonly id: string }[] | undefined;
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
    identityCondition({ ...filter, kinds: ['Task'] }),
    filter.creators && isAnyOf(executions.creator, filter.creators),
    filter.ids && areThese(filter.ids),
    ofOwn(
      and(
        filter.algorithms && isAnyOf(tasks.algorithm, filter.algorithms),
        filter.submissions && isAnyOf(tasks.submission, filter.submissions),
        filter.taskIds && isAnyOf(tasks.taskId, filter.taskIds),
      ),
    ),
  );

/** What a list shows this viewer. */
export const listCondition = (filter: TaskFilter, viewer: Seeing): SQL | undefined =>
  and(isListed(filter), visibleTo(viewer), taskCondition(filter));
