import { and, eq, gt, sql } from 'drizzle-orm';
import type { Database } from '../../../db/database.ts';
import { sources } from '../../../db/tables.ts';
import { paddleflowRuns } from '../tables.ts';
import type { Maker } from '../../../execution/intent/intents.ts';
import type { SourceHandle } from '../source/handle.ts';
import type { CreateRunBody } from './body.ts';
import { lookForMark } from './look-for-mark.ts';
import { markedDescription } from './model.ts';
import { runIdOf } from './run-id.ts';
import { sendRun } from './send.ts';

/** How a run is made under a key: PaddleFlow has no idempotency (contract 1.10), and nothing of ours but the description comes back with a run. */
export function runMaker(db: Database, handle: SourceHandle, body: CreateRunBody): Maker {
  const known: Maker['known'] = async (mark, since) => {
    const marked = sql`${paddleflowRuns.description} like ${`%[tributary:${mark}]`}`;
    const [row] = await db
      .select({ ordinal: paddleflowRuns.ordinal })
      .from(paddleflowRuns)
      .where(and(eq(paddleflowRuns.source, handle.name), gt(paddleflowRuns.ordinal, since), marked));
    return row && runIdOf(row.ordinal);
  };
  return {
    kind: 'run',
    source: handle.name,
    sendMs: handle.writeMs,
    lateMs: handle.lateWriteMs,
    since: async () => {
      const [row] = await db.select({ newest: sources.newestOrdinal }).from(sources).where(eq(sources.name, handle.name));
      return row?.newest ?? 0;
    },
    send: (mark, deadline) => sendRun(handle, { ...body, desc: markedDescription(body.desc ?? '', mark) }, deadline),
    known,
    look: (intent) => lookForMark(db, handle, intent, () => known(intent.mark, intent.since)),
  };
}
