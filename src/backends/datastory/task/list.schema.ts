import type { Context } from '../../../context.ts';
import { splitKey } from '../../../core/key.ts';
import { registerKind } from '../../../execution/kinds.ts';
import { decodePlace, encodePlace } from '../../../execution/place.schema.ts';
import { ExecutionState } from '../../../execution/schema.ts';
import { builder } from '../../../graphql/builder.ts';
import { boundsOf, connectionOf, pageSizeOf, type Connection, type ConnectionArgs } from '../../../graphql/pagination.ts';
import type { TaskFilter } from './filter.ts';
import type { Task } from './model.ts';
import { SubmissionStateEnum, TaskRef } from './schema.ts';

export const TaskFilterInput = builder.inputType('TaskFilter', {
  description: 'All conditions must hold; each list means "one of these". What is left out does not matter.',
  fields: (t) => ({
    sources: t.stringList({ required: false, description: 'Names of sources.' }),
    creators: t.stringList({ required: false, description: 'Identities of those who submitted them through the gateway.' }),
    states: t.field({ type: [ExecutionState], required: false, description: 'States; in a stream, the state of the event.' }),
    submissions: t.field({ type: [SubmissionStateEnum], required: false, description: 'What is known of their submission.' }),
    algorithms: t.stringList({ required: false, description: 'Names of algorithms.' }),
    taskIds: t.stringList({ required: false, description: "The platform's own ids of tasks, not global ids." }),
    ids: t.globalIDList({ for: TaskRef, required: false, description: 'Global ids: those tasks and no others.' }),
    createdFrom: t.field({ type: 'DateTime', required: false, description: 'Submitted at this moment or later.' }),
    createdBefore: t.field({ type: 'DateTime', required: false, description: 'Submitted before this moment.' }),
  }),
});

/** The filter in the registry's terms. Throws BAD_USER_INPUT for a source that is not configured. */
export function readTaskFilter(input: typeof TaskFilterInput.$inferInput | null | undefined, { datastory }: Context): TaskFilter {
  input?.sources?.forEach((name) => datastory.requireSource(name));
  return {
    sources: input?.sources ?? datastory.names,
    creators: input?.creators ?? undefined,
    states: input?.states ?? undefined,
    submissions: input?.submissions ?? undefined,
    algorithms: input?.algorithms ?? undefined,
    taskIds: input?.taskIds ?? undefined,
    ids: input?.ids?.map(({ id }) => splitKey(id)),
    createdFrom: input?.createdFrom ?? undefined,
    createdBefore: input?.createdBefore ?? undefined,
  };
}

interface TaskList extends Connection<Task> {
  readonly filter: TaskFilter;
}

async function resolveTasks(filter: TaskFilter, args: ConnectionArgs, { datastory }: Context): Promise<TaskList> {
  const size = pageSizeOf(args);
  const read = await datastory.tasks.page(filter, { ...boundsOf(args, decodePlace), limit: size.limit + 1, inverted: size.fromEnd });
  return { ...connectionOf(size.fromEnd ? read.toReversed() : read, size, args, encodePlace), filter };
}

registerKind({
  kind: 'Task',
  load: async ({ datastory }, rows) =>
    datastory.tasks.byNumbers(
      rows[0]?.source ?? '',
      rows.map(({ ordinal }) => ordinal),
    ),
  find: async ({ datastory }, key) => (await datastory.tasks.byKeys([key]))[0] ?? undefined,
});

const TaskConnection = builder.connectionObject(
  {
    type: TaskRef,
    name: 'TaskConnection',
    description: 'A page of tasks, newest first over all sources.',
    fields: (t) => ({
      totalCount: t.int({
        description: 'Number of tasks that match, over all pages; counted only when it is selected.',
        resolve: (page, _args, { datastory }) => datastory.tasks.total((page as unknown as TaskList).filter), // made by resolveTasks alone
      }),
    }),
  },
  { name: 'TaskEdge', description: 'A task with its place in the list.' },
);

builder.queryFields((t) => ({
  task: t.field({
    type: TaskRef,
    nullable: true,
    description:
      'A task; null when it is not there, or not for this viewer. What is told is what the gateway has last heard, see `observedAt`.',
    args: { id: t.arg.globalID({ for: TaskRef, description: 'Global id of a Task, not its `taskId`.' }) },
    resolve: (_root, { id }) => id.id,
  }),
  tasks: t.connection(
    {
      type: TaskRef,
      description: 'Tasks that were submitted through the gateway, newest first: they are there while a platform is down.',
      args: { filter: t.arg({ type: TaskFilterInput, required: false, description: 'Left out: all that this viewer may see.' }) },
      resolve: (_root, { filter, ...args }, context) => resolveTasks(readTaskFilter(filter, context), args, context),
    },
    TaskConnection,
  ),
}));
