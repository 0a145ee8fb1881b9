import { builder } from '../../../graphql/builder.ts';
import { lookAhead } from '../../../graphql/look-ahead.ts';
import { splitKey } from '../../../core/key.ts';
import type { Change, ChangeItem, EventPage } from '../../../execution/feed.ts';
import { createPageLoader } from '../../../execution/of-page.ts';
import { ExecutionEventRef, StreamEndRef, StreamGapRef, StreamItemRef } from '../../../execution/stream.schema.ts';
import { BadInputError } from '../../../problem/problem.ts';
import { taskCondition } from './filter.ts';
import { readTaskFilter, TaskFilterInput } from './list.schema.ts';
import { TaskRef } from './schema.ts';

const pages = createPageLoader(({ datastory }, { source, ordinals }) => datastory.tasks.byNumbers(source, ordinals));

const TaskChangeRef = builder.objectRef<Change>('TaskChange').implement({
  description: 'The event as it happened, and the task as it is now.',
  interfaces: [StreamItemRef],
  fields: (t) => ({
    event: t.expose('event', { type: ExecutionEventRef, description: 'What happened, as it was then.' }),
    task: t.field({
      type: TaskRef,
      nullable: true,
      description:
        'The task, as it is when this is delivered, or was a second before. Null when the platform has refused it in the meantime.',
      resolve: ({ event, page }, _args, context) => pages.get(context, page, event.ordinal),
    }),
  }),
});

const TaskStreamItemRef = builder.unionType('TaskStreamItem', {
  description: 'What the stream of tasks brings.',
  types: [TaskChangeRef, StreamGapRef, StreamEndRef],
  resolveType: ({ kind }: ChangeItem) => (kind === 'Change' ? 'TaskChange' : kind),
});

builder.subscriptionField('taskChanged', (t) =>
  t.field({
    type: TaskStreamItemRef,
    description:
      'What happens to tasks. With `id`: to that task, from its beginning, until its end. With `filter`, or with neither: to all that match, from now on, for ever. With `after`: from there.',
    args: {
      id: t.arg.globalID({ for: TaskRef, required: false, description: 'Global id of a task, to follow it alone. Excludes `filter`.' }),
      filter: t.arg({ type: TaskFilterInput, required: false, description: 'Tasks that match; `states` are those of the events.' }),
      after: t.arg({ type: 'Cursor', required: false, description: 'Go on behind this item.' }),
    },
    subscribe: async (_root, { id, filter, after }, context, info) => {
      if (id && filter) throw new BadInputError('id and filter exclude each other');
      const onPage = lookAhead(info).has('task') ? (page: EventPage) => pages.begin(context, page) : undefined;
      const options = { after: context.lastEventId ?? after ?? undefined, signal: context.signal, onPage };
      if (id) {
        const [task] = await context.datastory.tasks.byKeys([id.id]);
        if (!task) throw new BadInputError(`There is no task ${splitKey(id.id).id} on ${splitKey(id.id).source}`);
        return context.executionFeed.changes({ ...options, sources: [task.source], ordinal: task.ordinal });
      }
      const { sources, states, ...which } = readTaskFilter(filter, context);
      return context.executionFeed.changes({ ...options, sources: sources ?? [], states, which: taskCondition(which) });
    },
    resolve: (item) => item,
  }),
);
