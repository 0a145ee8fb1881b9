import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../../db/database.ts';
import { executions } from '../../../db/tables.ts';
import type { Lease, Tx } from '../../../live/lease.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import type { PaddleFlowClient } from '../client/client.ts';
import type { WireRun } from '../wire/wire.ts';
import type { CameLate } from '../../../execution/intent/late.ts';
import { unreadablePauseMs } from '../../../execution/open.ts';
import { databaseTime, storeGone } from '../../../execution/store.ts';
import { lookAgain } from '../client/look-again.ts';
import { detailFromWire } from '../run/detail.ts';
import type { ReadTime } from '../run/model.ts';
import { ordinalOf, runIdOf } from '../run/run-id.ts';
import { announceRuns } from './announce.ts';
import { createDoubts } from './doubt.ts';
import { countMisses, storeDetail, storeRuns, storeUnreadable } from './store.ts';

export interface MirrorDeps {
  readonly db: Database;
  readonly client: PaddleFlowClient;
  readonly lease: Lease;
  readonly readTime: ReadTime;
  /** See `Context.heavy`. */
  readonly heavy: <T>(work: () => T) => Promise<T>;
  readonly settleMs: number;
  /** A run came later than its key had been settled. */
  readonly onLate: (late: CameLate) => void;
}

/** What became of a single run when it was asked for by itself. `doubtful`: it is there, but its detail says less than there must be. */
export type Sighting = 'present' | 'absent' | 'unreadable' | 'doubtful';

export const range = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + index).filter((ordinal) => ordinal > 0);

/** Reads runs from PaddleFlow and writes them to the catalog, events included. Every write is fenced. */
export function createReader({ db, client, lease, readTime, heavy, settleMs, onLate }: MirrorDeps) {
  const { source, signal } = lease;
  const doubts = createDoubts(settleMs * 20);
  /** Runs that were readable until their last look. */
  const undecodable = new Set<number>();
  const observation = async (history = false) => ({ source, readTime, settleMs, history, told: true, observedAt: await databaseTime(db) });

  /** What came late is told once it is kept. */
  async function announcing<T>(work: (tx: Tx) => Promise<{ readonly result: T; readonly late: readonly CameLate[] }>): Promise<T> {
    const { result, late } = await lease.fenced(work);
    late.forEach(onLate);
    return result;
  }

  async function store(wires: readonly WireRun[], seen: Awaited<ReturnType<typeof observation>>) {
    if (wires.length === 0) return { ordinals: [], added: [] };
    return announcing(async (tx) => {
      const stored = await storeRuns(tx, wires, seen);
      return { result: stored, late: await announceRuns(tx, source, stored.ordinals) };
    });
  }

  /** One page by any filter. */
  async function readPage(query: Parameters<PaddleFlowClient['listRuns']>[0], { history = false } = {}) {
    const seen = await observation(history);
    const page = await lookAgain(() => client.listRuns(query, signal), signal);
    const stored = await store(page.items, seen);
    return {
      ...stored,
      ...page,
      unreadableOrdinals: page.unreadable.map(({ id }) => ordinalOf(id ?? '')).filter((id) => id !== undefined),
    };
  }

  /** The detail of one run, which also tells whether it is there at all. */
  async function readDetail(ordinal: number): Promise<Sighting> {
    const seen = await observation();
    const runId = runIdOf(ordinal);
    try {
      const wire = await lookAgain(() => client.getRun(runId, signal), signal);
      const detail = await detailFromWire(wire, (text) => readTime(text)?.toISOString() ?? null, heavy);
      undecodable.delete(ordinal);
      return await announcing(async (tx) => {
        await storeRuns(tx, [wire], seen);
        const stored = await storeDetail(tx, source, ordinal, detail, seen.observedAt, doubts.believes(ordinal));
        const late = await announceRuns(tx, source, [ordinal], { withSteps: stored });
        return { result: stored ? doubts.none(ordinal) : doubts.met(ordinal), late };
      });
    } catch (error) {
      if (isAbsence(error)) {
        doubts.none(ordinal);
        undecodable.delete(ordinal);
        return 'absent';
      }
      if (!isUndecodable(error)) throw error;
      // A server may fail so for a moment. What could be read before is not called unreadable by one cycle alone.
      if (!undecodable.has(ordinal) && (await isReadable(db, source, ordinal))) {
        undecodable.add(ordinal);
        return 'unreadable';
      }
      undecodable.delete(ordinal);
      await lease.fenced(async (tx) => {
        await storeUnreadable(tx, source, { ordinal, key: runId }, seen.observedAt, unreadablePauseMs);
        await announceRuns(tx, source, [ordinal]);
      });
      return 'unreadable';
    }
  }

  /** One run, whatever has become of it. Asking twice is what makes a tombstone of a 404. */
  async function readOne(ordinal: number): Promise<Sighting> {
    const sighting = await readDetail(ordinal);
    if (sighting === 'absent') await confirmAbsence(ordinal);
    return sighting;
  }

  /** What other processes have mirrored for a viewer. */
  const tell = (ordinals: readonly number[]): Promise<void> =>
    announcing(async (tx) => ({ result: undefined, late: await announceRuns(tx, source, ordinals, { withSteps: true }) }));

  /** Two misses and a 404 make a tombstone. `known` are rows of ours that a proper answer did not hold. */
  async function missed(known: readonly number[]): Promise<void> {
    for (const ordinal of await lease.fenced((tx) => countMisses(tx, source, known))) await confirmAbsence(ordinal);
  }
  /** A page had no place for these: that is the first miss, and they are asked for at once. */
  async function readMissing(known: readonly number[]): Promise<void> {
    for (let from = 0; from < known.length; from += 100) {
      const some = known.slice(from, from + 100);
      await missed(some);
      await readKnown(some);
    }
  }
  async function confirmAbsence(ordinal: number): Promise<void> {
    const seen = await observation();
    if ((await readDetail(ordinal)) !== 'absent') return;
    await lease.fenced(async (tx) => {
      await storeGone(tx, source, ordinal, seen.observedAt);
      await announceRuns(tx, source, [ordinal]);
    });
  }

  /**
   * Runs that the catalog knows, at most 100. An empty answer is no absence (contract 2.7): one row that does not decode empties the
   * page, so the batch is halved until the culprit stands alone, and that one is asked for by itself.
   */
  async function readKnown(ordinals: readonly number[]): Promise<number[]> {
    if (ordinals.length === 0) return [];
    const { ordinals: found, unreadableOrdinals } = await readPage({ runFilter: ordinals.map(runIdOf), maxKeys: ordinals.length });
    if (found.length > 0) {
      await missed(ordinals.filter((ordinal) => !found.includes(ordinal) && !unreadableOrdinals.includes(ordinal)));
      for (const ordinal of unreadableOrdinals) await readDetail(ordinal);
      return found;
    }
    if (ordinals.length === 1) {
      const [ordinal = 0] = ordinals;
      const sighting = await readDetail(ordinal);
      if (sighting === 'absent') await missed([ordinal]);
      return sighting === 'present' || sighting === 'doubtful' ? [ordinal] : [];
    }
    const middle = Math.ceil(ordinals.length / 2);
    return [...(await readKnown(ordinals.slice(0, middle))), ...(await readKnown(ordinals.slice(middle)))];
  }

  /**
   * Row numbers of which nobody knows whether they exist, asked along with a run that does, the `witness`: where nothing but that one comes, these are
   * a hole. An answer without it is a failure in disguise (contract 2.7) if the witness does not come by itself either, and thrown; else a
   * row that does not decode hides among those asked for: they are asked again in tens, and those of an empty ten one by one.
   */
  async function readWindow(first: number, count: number, options: { history: boolean; witness: number }): Promise<number[]> {
    const ids = range(first, count);
    if (ids.length === 0) return [];
    const { history, witness } = options;
    const asked = witness > 0 && !ids.includes(witness) ? [witness, ...ids] : ids;
    const page = await readPage({ runFilter: asked.map(runIdOf), maxKeys: asked.length }, { history });
    for (const ordinal of page.unreadableOrdinals) await readDetail(ordinal);
    if (page.ordinals.length > 0) return page.ordinals.filter((ordinal) => ids.includes(ordinal));
    if (witness > 0) await requireWitness(witness);
    if (count <= 10) return witness > 0 ? readOneByOne(ids) : [];
    const tens = await Promise.all(
      Array.from({ length: Math.ceil(count / 10) }, (_, ten) => readWindow(first + ten * 10, Math.min(10, count - ten * 10), options)),
    );
    const found = tens.flat();
    if (found.length === 0 || witness > 0) return found;
    for (const [ten, inTen] of tens.entries())
      if (inTen.length === 0) found.push(...(await readOneByOne(range(first + ten * 10, Math.min(10, count - ten * 10)))));
    return found;
  }
  async function requireWitness(witness: number): Promise<void> {
    const { ordinals } = await readPage({ runFilter: [runIdOf(witness)], maxKeys: 1 });
    if (ordinals.includes(witness)) return;
    throw new UpstreamError(
      { source, operation: 'GET /run', fault: 'garbage', status: 200 },
      'answered a list without a run that is there',
    );
  }
  async function readOneByOne(ordinals: readonly number[]): Promise<number[]> {
    const sightings = await Promise.all(ordinals.map(readDetail));
    return ordinals.filter((_, index) => sightings[index] !== 'absent');
  }

  return { source, signal, readPage, readDetail, readOne, readKnown, readMissing, readWindow, readOneByOne, tell };
}
export type Reader = ReturnType<typeof createReader>;

async function isReadable(db: Database, source: string, ordinal: number): Promise<boolean> {
  const there = and(
    eq(executions.source, source),
    eq(executions.ordinal, ordinal),
    isNull(executions.unreadableUntil),
    isNull(executions.deletedUpstream),
  );
  return (await db.$count(executions, there)) > 0;
}
const isAbsence = (error: unknown) => error instanceof UpstreamError && error.code === 'RunNotFound';
/** The unclassified 500 on a single run: its stored YAML or structure no longer decodes (contract 2.7). */
const isUndecodable = (error: unknown) => error instanceof UpstreamError && error.status === 500 && error.code === '';
