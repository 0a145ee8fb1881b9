import { and, count, eq, sql } from 'drizzle-orm';
import type { Viewer } from '../../../auth/viewer.ts';
import { splitKey } from '../../../core/key.ts';
import type { Database } from '../../../db/database.ts';
import { readRows } from '../../../db/read-rows.ts';
import { executions } from '../../../db/tables.ts';
import { orderOf, sliceOf, type PageQuery } from '../../../execution/list.ts';
import { tasks } from '../tables.ts';
import { listCondition, type TaskFilter } from './filter.ts';
import { keyOfTask, type Task } from './model.ts';

/** All that the schema may ask about tasks. The platform has no list, so it is never asked here. */
export interface TaskSource {
  /** In the order of the keys; null for what is not there, or not for this viewer. One statement. */
  byKeys(keys: readonly string[]): Promise<(Task | null)[]>;
  /** Newest first. */
  page(filter: TaskFilter, query: PageQuery): Promise<Task[]>;
  total(filter: TaskFilter): Promise<number>;
  /** By their numbers on one source. */
  byNumbers(source: string, ordinals: readonly number[]): Promise<Map<number, Task>>;
}

const { source, ordinal, kind, key, name, owner, creator, state, rawState, message } = executions;
const { createdAt, startedAt, endedAt, observedAt, settledAt, sortAt } = executions;
const { submission, taskId, sentAt, algorithm, input, output, email, parameters, addedAt } = tasks;
const listed = {
  source,
  ordinal,
  kind,
  key,
  name,
  owner,
  creator,
  state,
  rawState,
  message,
  createdAt,
  startedAt,
  endedAt,
  observedAt,
  settledAt,
  sortAt,
  submission,
  taskId,
  sentAt,
  algorithm,
  input,
  output,
  email,
  parameters,
  addedAt,
};
const together = and(eq(tasks.source, source), eq(tasks.ordinal, ordinal));

export function createTaskSource(db: Database, viewer: Viewer, names: readonly string[]): TaskSource {
  const where = (filter: TaskFilter) => listCondition({ ...filter, sources: filter.sources ?? names }, viewer);
  const select = () => db.select(listed).from(executions).innerJoin(tasks, together);
  const read = (query: Parameters<typeof readRows<Task>>[2]) => readRows<Task>(db, listed, query);
  return {
    async byKeys(keys) {
      const ids = keys.map(splitKey).filter((reference) => names.includes(reference.source));
      const rows = ids.length === 0 ? [] : await read(select().where(where({ ids })));
      const found = new Map(rows.map((task) => [keyOfTask(task), task]));
      return keys.map((wanted) => found.get(wanted) ?? null);
    },
    page: (filter, query) =>
      read(
        select()
          .where(and(where(filter), sliceOf(query)))
          .orderBy(...orderOf(query))
          .limit(query.limit),
      ),
    async total(filter) {
      const [row] = await db.select({ total: count() }).from(executions).innerJoin(tasks, together).where(where(filter));
      return row?.total ?? 0;
    },
    async byNumbers(of, ordinals) {
      const numbered = sql`${ordinal} = any(${sql.param([...ordinals])}::bigint[])`;
      const rows = await read(select().where(and(where({ sources: [of] }), numbered)));
      return new Map(rows.map((task) => [task.ordinal, task]));
    },
  };
}
