import { keyOf } from '../../../core/key.ts';
import type { ExecutionValue } from '../../../execution/kinds.ts';
import type { ExecutionRow } from '../../../execution/list.ts';
import type { TaskRow } from '../tables.ts';

/** What is a task's own. */
type Own = Pick<TaskRow, 'submission' | 'taskId' | 'sentAt' | 'algorithm' | 'input' | 'output' | 'email' | 'parameters' | 'addedAt'>;

/** A task as it is listed: what all work has in common, and what is its own. `key`: by which its id leads to it. */
export type Task = ExecutionValue & Own & Pick<ExecutionRow, 'key' | 'sortAt' | 'settledAt'>;

export const keyOfTask = ({ source, key }: Pick<Task, 'source' | 'key'>): string => keyOf(source, key);
