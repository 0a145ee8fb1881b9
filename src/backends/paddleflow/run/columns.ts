import { getTableColumns, sql } from 'drizzle-orm';
import { executions } from '../../../db/tables.ts';
import { paddleflowRuns } from '../tables.ts';

const {
  key,
  detail: _detail,
  announced: _announced,
  finalSince: _finalSince,
  unreadableUntil: _unreadableUntil,
  result: _result,
  ...common
} = getTableColumns(executions);
const { source: _source, ordinal: _ordinal, misses: _misses, ...own } = getTableColumns(paddleflowRuns);

/** What a list reads of a run, out of `execution` and `paddleflow_run`. */
export const listed = { ...common, runId: key, ...own };

/** Both have the same primary key. */
export const isSameRun = sql`(${paddleflowRuns.source}, ${paddleflowRuns.ordinal}) = (${executions.source}, ${executions.ordinal})`;
