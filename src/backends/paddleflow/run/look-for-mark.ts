import { and, count, desc, eq, gt, inArray, isNull, lte, max } from 'drizzle-orm';
import type { Database } from '../../../db/database.ts';
import { executions, sources } from '../../../db/tables.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import type { Intent } from '../../../execution/intent/ledger.ts';
import type { Sighting } from '../../../execution/intent/intents.ts';
import type { SourceHandle } from '../source/handle.ts';
import { databaseTime } from '../../../execution/store.ts';
import { storeRuns } from '../mirror/store.ts';
import { markOf } from './model.ts';
import { ordinalOf, runIdOf } from './run-id.ts';

const pageSize = 100;
/** So much is walked through for one answer; the mirror, which keeps up with the rest, leaves far less. */
const mostPages = 50;
/** Runs from which the walk may begin, should the newest ones be gone. */
const anchorCount = 4;
/** On a server without a readable run: so many row numbers are asked for one by one. */
const firstNumbers = 10;
const jobsPerCall = 1000;

const unseen = 'not all of its runs can be read at the moment';

/**
 * Whether a run with this mark was made. That it was not takes a proof, for an empty list proves nothing (contract 2.7): every page of the walk has to
 * hold a run that is known to be there, so it is neither a failure in disguise nor cut short by a row that does not decode. A row that has never
 * been read might be the one. So might a run that came and went unseen: its jobs would still be there (contract 2.7); without any it has done nothing.
 */
export async function lookForMark(
  db: Database,
  handle: SourceHandle,
  intent: Pick<Intent, 'mark' | 'since'>,
  known: () => Promise<string | undefined>,
): Promise<Sighting> {
  const { name: source, reader } = handle;
  const account = handle.identity.slice(handle.identity.indexOf(':') + 1);
  const newer = and(eq(executions.source, source), gt(executions.ordinal, intent.since));

  /** Readable runs that this account is shown, highest first, all of them older than what is looked for, or at least mirrored. */
  async function anchors(): Promise<number[]> {
    const there = and(eq(executions.source, source), isNull(executions.deletedUpstream), isNull(executions.unreadableUntil));
    const rows = await db
      .select({ ordinal: executions.ordinal })
      .from(executions)
      .where(
        and(
          there,
          account === 'root' ? undefined : eq(executions.owner, account),
          intent.since > 0 ? lte(executions.ordinal, intent.since) : undefined,
        ),
      )
      .orderBy(desc(executions.ordinal))
      .limit(anchorCount);
    return rows.map(({ ordinal }) => ordinal);
  }

  async function page(marker: string | undefined) {
    const observedAt = await databaseTime(db);
    const read = await reader.listRuns({ maxKeys: pageSize, marker });
    const news = read.items.filter(({ runID }) => (ordinalOf(runID) ?? 0) > intent.since);
    await db.transaction((tx) => storeRuns(tx, news, { source, readTime: handle.readTime, settleMs: handle.settleMs, observedAt }));
    const ordinals = [...read.items.map(({ runID }) => runID), ...read.unreadable.map(({ id = '' }) => id)].map((id) => ordinalOf(id) ?? 0);
    return {
      ordinals: ordinals.toSorted((one, other) => one - other),
      found: news.find(({ description }) => markOf(description) === intent.mark)?.runID,
      odd: read.unreadable.some(({ id = '' }) => (ordinalOf(id) ?? Infinity) > intent.since),
    };
  }

  /** A marker comes with a page that ends with its run, as long as there are later ones. */
  async function markerBehind(ordinal: number): Promise<string | undefined> {
    const { items, nextMarker } = await reader.listRuns({ runFilter: [runIdOf(ordinal)], maxKeys: 1 });
    return items.length === 1 ? nextMarker : undefined;
  }

  /** On from `base`, which every page begins with: undefined when it is not there. `before` is the run before it. */
  async function walk(base: number | undefined, before: number | undefined): Promise<Sighting | undefined> {
    let witness = base;
    let previous = before;
    for (let pages = 0; pages < mostPages; pages += 1) {
      const marker = previous === undefined ? undefined : await markerBehind(previous);
      if (previous !== undefined && marker === undefined) return undefined;
      const { ordinals, found, odd } = await page(marker);
      if (found !== undefined) return { found };
      if (odd || ordinals.length === 0 || (witness !== undefined && !ordinals.includes(witness))) return undefined;
      if (ordinals.length < pageSize) return 'absent';
      witness = ordinals.at(-1);
      previous = ordinals.at(-2);
    }
    return undefined;
  }

  /** A server that shows no run at all: single reads alone tell an empty one from one that cannot read its rows. */
  async function walkFromNothing(): Promise<Sighting | undefined> {
    const walked = await walk(undefined, undefined);
    if (walked !== undefined) return walked;
    for (let ordinal = intent.since + 1; ordinal <= intent.since + firstNumbers; ordinal += 1) {
      const gone = await reader.getRun(runIdOf(ordinal)).then(
        () => false,
        (error: unknown) => {
          if (error instanceof UpstreamError && (error.code === 'RunNotFound' || error.code === 'AccessDenied')) return true;
          throw error;
        },
      );
      if (!gone) return undefined;
    }
    return 'absent';
  }

  /** A run that nobody has ever read: neither it nor what it was can be told. */
  async function neverRead(): Promise<string | undefined> {
    const [row] = await db
      .select({ runId: executions.key })
      .from(executions)
      .where(and(newer, eq(executions.owner, ''), eq(executions.name, '')))
      .limit(1);
    return row?.runId;
  }

  /** A run of which nothing but jobs is left. Not asked by time: the server's clock may show any. */
  async function goneUnseen(): Promise<string | undefined> {
    const ids = await reader.listJobIds({ maxKeys: jobsPerCall });
    const numbers = ids.map((id) => ordinalOf(/^job-(run-\d+)-/.exec(id)?.[1] ?? '') ?? 0).filter((ordinal) => ordinal > intent.since);
    if (numbers.length === 0) return undefined;
    const rows = await db
      .select({ ordinal: executions.ordinal })
      .from(executions)
      .where(and(newer, inArray(executions.ordinal, [...new Set(numbers)])));
    const seen = new Set(rows.map(({ ordinal }) => ordinal));
    const unknown = numbers.find((number) => !seen.has(number));
    if (unknown !== undefined) return runIdOf(unknown);
    if (numbers.length < jobsPerCall) return undefined;
    // Older jobs than these are not shown: then only a row of numbers without a hole tells that nothing is missing.
    const [all] = await db
      .select({ count: count(), newest: max(executions.ordinal) })
      .from(executions)
      .where(newer);
    const hidden = (all?.count ?? 0) < (all?.newest ?? 0) - intent.since;
    return hidden ? 'a run between the others' : undefined;
  }

  async function prove(): Promise<Sighting> {
    const [row] = await db.select({ phase: sources.phase }).from(sources).where(eq(sources.name, source));
    if (intent.since === 0 && row?.phase !== 'COMPLETE') return { unknown: 'its runs have not all been read yet' };
    const candidates = await anchors();
    let walked = candidates.length === 0 ? await walkFromNothing() : undefined;
    for (let index = 0; index < candidates.length && walked === undefined; index += 1)
      walked = await walk(candidates[index], candidates[index + 1]);
    if (walked !== 'absent') return walked ?? { unknown: unseen };
    const unread = await neverRead();
    if (unread !== undefined) return { unknown: `${unread}, which cannot be read, might be the one` };
    const gone = await goneUnseen();
    return gone === undefined ? 'absent' : { unknown: `${gone}, which is gone and was never seen, may have been the one` };
  }

  const first = await known();
  if (first !== undefined) return { found: first };
  const proved = await prove();
  // The leader may have read meanwhile what was deleted before the walk came to it.
  const last = proved === 'absent' ? await known() : undefined;
  return last === undefined ? proved : { found: last };
}
