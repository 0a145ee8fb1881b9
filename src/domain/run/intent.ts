import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { and, eq, sql } from 'drizzle-orm';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { intents, runs, sources } from '../../db/tables.ts';
import type { LogFailure } from '../audit/audit.ts';
import { ConflictProblem, InvalidInputProblem, problemOf, UnconfirmedProblem } from '../problem.ts';
import type { SourceHandle } from '../source/handle.ts';
import type { CreateRunBody } from './body.ts';
import { databaseTime, storeRuns } from './mirror/store.ts';
import { markedDescription } from './model.ts';
import { runIdOf } from './run-id.ts';
import { sendRun } from './send.ts';

type Intent = typeof intents.$inferSelect;

/** Longer than any write may take: what was sent before that and has no result by now was sent by a process that died over it. */
const mayBeOnItsWayMs = 60_000;
const lookEveryMs = 100;
/** Looked through while a call is on its way; afterwards all are. */
const recentRuns = 1000;
const longestKey = 255;

/**
 * PaddleFlow has no idempotency (contract 1.10), so an intent is written down before the one call, and the run carries its mark in the
 * description: nothing else that is ours comes back with it. A call is never made twice, whatever became of its answer.
 */
export function createIntents(db: Database, viewer: Viewer, logError: LogFailure) {
  const mine = (key: string) => and(eq(intents.viewer, viewer.identity), eq(intents.key, key));

  async function knownByMark(source: string, mark: string, recent = false): Promise<string | undefined> {
    const newest = db.select({ ordinal: sources.newestOrdinal }).from(sources).where(eq(sources.name, source));
    const [row] = await db
      .select({ runId: runs.runId })
      .from(runs)
      .where(
        and(
          eq(runs.source, source),
          recent ? sql`${runs.ordinal} > ${newest} - ${recentRuns}` : undefined,
          sql`${runs.description} like ${`%[tributary:${mark}]`}`,
        ),
      );
    return row?.runId;
  }

  /** In the catalog, or among the runs that are newer than what the catalog knows. */
  async function findByMark(handle: SourceHandle, mark: string): Promise<string | undefined> {
    const known = await knownByMark(handle.name, mark);
    if (known !== undefined) return known;
    const [row] = await db.select({ newest: sources.newestOrdinal }).from(sources).where(eq(sources.name, handle.name));
    const first = (row?.newest ?? 0) + 1;
    const observedAt = await databaseTime(db);
    const runFilter = Array.from({ length: 100 }, (_, index) => runIdOf(first + index));
    const { items } = await handle.reader.listRuns({ runFilter, maxKeys: 100 });
    await storeRuns(db, items, { source: handle.name, readTime: handle.readTime, settleMs: handle.settleMs, observedAt });
    return knownByMark(handle.name, mark);
  }

  /** Never throws: an intent that stays `SENT` is looked for by its mark, and what the backend has said must reach the client. */
  async function settle(intent: Intent, status: 'CONFIRMED' | 'REJECTED' | 'UNCONFIRMED', executionId?: string): Promise<void> {
    await db
      .update(intents)
      .set({ status, ...(executionId && { executionId }) })
      .where(mine(intent.key))
      .catch((error: unknown) => logError(error, { intent: intent.key, status, executionId }));
  }

  async function send(handle: SourceHandle, body: CreateRunBody, intent: Intent): Promise<string> {
    const sent = await sendRun(handle, { ...body, desc: markedDescription(body.desc ?? '', intent.mark) }).then(
      (runId) => ({ runId }),
      (error: unknown) => ({ problem: problemOf(error, handle.name) }),
    );
    if ('problem' in sent && !(sent.problem instanceof UnconfirmedProblem)) {
      await settle(intent, 'REJECTED');
      throw sent.problem;
    }
    const runId = 'runId' in sent ? sent.runId : await findByMark(handle, intent.mark).catch(() => undefined);
    await settle(intent, runId === undefined ? 'UNCONFIRMED' : 'CONFIRMED', runId);
    if (runId === undefined) throw unconfirmed();
    return runId;
  }

  /** The intent once its call has come to an end, or the run that it has made, whichever shows first. */
  async function ended(key: string): Promise<Intent & { readonly ageMs: number }> {
    for (;;) {
      const ageMs = sql<string>`extract(epoch from clock_timestamp() - ${intents.createdAt}) * 1000`;
      const [row] = await db.select({ intent: intents, ageMs }).from(intents).where(mine(key));
      if (row === undefined) throw new Error('an intent has disappeared');
      const intent = { ...row.intent, ageMs: Number(row.ageMs) };
      if (intent.status !== 'SENT' || intent.ageMs > mayBeOnItsWayMs) return intent;
      const executionId = await knownByMark(intent.source, intent.mark, true);
      if (executionId !== undefined) return { ...intent, executionId };
      await delay(lookEveryMs);
    }
  }

  async function answerAgain(handle: SourceHandle, body: CreateRunBody, key: string, inputHash: string): Promise<string> {
    const [asked] = await db.select({ inputHash: intents.inputHash }).from(intents).where(mine(key));
    if (asked?.inputHash !== inputHash) throw new ConflictProblem(`The idempotency key ${key} stands for another request`);
    const intent = await ended(key);
    if (intent.status === 'REJECTED') return createOnce(handle, body, key); // the other one has done nothing: now it is our turn
    const runId = intent.executionId ?? (await findByMark(handle, intent.mark).catch(() => undefined));
    if (runId === undefined) throw unconfirmed();
    if (intent.status !== 'CONFIRMED') await settle(intent, 'CONFIRMED', runId);
    return runId;
  }

  /** The id of the run. One key leads to one run, however often and from wherever it is asked. */
  async function createOnce(handle: SourceHandle, body: CreateRunBody, key: string): Promise<string> {
    if (key === '' || key.length > longestKey || key.includes('\0')) {
      throw new InvalidInputProblem(`must have 1 to ${longestKey} characters, none of them U+0000`, 'idempotencyKey');
    }
    const request = { source: handle.name, inputHash: hashOf([handle.name, body]), status: 'SENT' as const };
    const [written] = await db
      .insert(intents)
      .values({ ...request, key, viewer: viewer.identity, mutation: 'createRun', mark: randomUUID() })
      .onConflictDoNothing()
      .returning();
    if (written) return send(handle, body, written);
    // A call that was refused has done nothing: it may be made again, corrected too.
    const [again] = await db
      .update(intents)
      .set({ ...request, createdAt: sql`now()` })
      .where(and(mine(key), eq(intents.status, 'REJECTED')))
      .returning();
    return again ? send(handle, body, again) : answerAgain(handle, body, key, request.inputHash);
  }

  return { createOnce };
}

const unconfirmed = () =>
  new UnconfirmedProblem('It is not known whether the run was made. Ask again with the same key: it is looked for, and never made twice.');

/** Objects that differ only in the order of their keys are the same input. */
const hashOf = (input: unknown): string =>
  createHash('sha256')
    .update(
      JSON.stringify(input, (_key, value: unknown) => (isPlain(value) ? Object.fromEntries(Object.entries(value).toSorted(byKey)) : value)),
    )
    .digest('hex');
const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const byKey = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : one > other ? 1 : 0);
