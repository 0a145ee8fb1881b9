import { and, asc, eq, gt, isNull, max, ne, notExists, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database } from '../../../db/database.ts';
import { executions, intents } from '../../../db/tables.ts';
import type { Maker } from '../../../execution/intent/intents.ts';
import { timesOf } from '../named.ts';
import type { SourceHandle } from '../source/handle.ts';
import { paddleflowRuns } from '../tables.ts';
import { lookForMark } from './look-for-mark.ts';
import { runIdOf } from './run-id.ts';

/**
 * How a run is tried again under a key. No mark of ours goes along: the new run copies what the old one has, also the time of its creation (contract
 * 2.7), and by that it is found among what is newer than all there was. Runs that other keys stand for are theirs.
 */
export function retryMaker(db: Database, handle: SourceHandle, ordinal: number, send: (deadline: number) => Promise<string>): Maker {
  const old = alias(executions, 'old');
  const oldRun = alias(paddleflowRuns, 'old_run');
  const known: Maker['known'] = async (mark, since) => {
    const standsForAnother = db
      .select()
      .from(intents)
      .where(
        and(eq(intents.source, handle.name), eq(intents.kind, 'run'), eq(intents.executionId, executions.key), ne(intents.mark, mark)),
      );
    const [row] = await db
      .select({ ordinal: executions.ordinal })
      .from(executions)
      .innerJoin(paddleflowRuns, and(eq(paddleflowRuns.source, executions.source), eq(paddleflowRuns.ordinal, executions.ordinal)))
      .innerJoin(old, and(eq(old.source, executions.source), eq(old.ordinal, ordinal)))
      .innerJoin(oldRun, and(eq(oldRun.source, executions.source), eq(oldRun.ordinal, ordinal)))
      .where(
        and(
          eq(executions.source, handle.name),
          gt(executions.ordinal, since),
          eq(executions.createdAt, old.createdAt),
          eq(executions.name, old.name),
          eq(executions.owner, old.owner),
          eq(paddleflowRuns.description, oldRun.description),
          or(isNull(paddleflowRuns.retryOf), eq(paddleflowRuns.retryOf, ordinal)),
          notExists(standsForAnother),
        ),
      )
      .orderBy(asc(executions.ordinal))
      .limit(1);
    return row && runIdOf(row.ordinal);
  };
  return {
    kind: 'run',
    source: handle.name,
    ...timesOf(handle),
    since: async () => {
      const [row] = await db
        .select({ newest: max(executions.ordinal) })
        .from(executions)
        .where(eq(executions.source, handle.name));
      return row?.newest ?? 0;
    },
    send: (_mark, deadline) => send(deadline),
    known,
    look: (intent) => lookForMark(db, handle, intent, () => known(intent.mark, intent.since)),
  };
}
