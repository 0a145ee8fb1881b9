import { setTimeout as delay } from 'node:timers/promises';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { InvalidCallError, UpstreamError } from '../../upstream/errors.ts';
import type { LogFailure } from '../../audit/audit.ts';
import { ConflictProblem, InvalidInputProblem, Problem, problemOf, UnconfirmedProblem } from '../../problem/problem.ts';
import { hashOf } from './hash.ts';
import { createLedger, type Intent } from './ledger.ts';

/** What a look at the backend has shown of what carries a mark. `unknown`: not everything could be seen, and why, in words for people. */
export type Sighting = { readonly found: string } | 'absent' | { readonly unknown: string };

/** Makes one thing on a backend that has no keys of its own, and finds it again: by a mark that it carries, by its name, or as what was not there before. */
export interface Maker {
  /** What is made, in a word for people: `run`. */
  readonly kind: string;
  readonly source: string;
  /** From the claim on: after that the call is not begun any more, or given up. In milliseconds. */
  readonly sendMs: number;
  /** How long after that the backend may still carry out what it has heard. In milliseconds. */
  readonly lateMs: number;
  /** With each claim `since` is counted anew: what an earlier one was refused, or is proved not to have made, no longer matters. */
  readonly afresh?: boolean;
  /** What there is before the call, as a number by which it is told from what the call makes: see the column. */
  since(): Promise<number>;
  /** One call, over by `deadline` (`performance.now()`). The id of what was made. */
  send(mark: string, deadline: number): Promise<string>;
  /** The id, where our own tables tell it. */
  known?(mark: string, since: number): Promise<string | undefined>;
  /** `absent` takes a proof: all that has been made beside what `since` stands for was seen, and this is not among it. */
  look(intent: Pick<Intent, 'mark' | 'since'>): Promise<Sighting>;
}

/** A call that is over may take so long to be settled. */
const settlingMs = 2_000;
const looksMs = { first: 100, last: 1_000 };
/** When asking again is worth while, where only the backend can tell. */
const askAgainSeconds = 15;
const longestKey = 255;

/**
 * One key leads to one thing, however often and from wherever it is asked, whatever becomes of answers and processes: see `states.ts`. The intent
 * is written down before the one call, with what is needed to find again what that makes.
 */
export function createIntents(db: Database, viewer: Viewer, logError: LogFailure) {
  const ledger = createLedger(db, viewer.identity);

  /** Never throws: what stays `SENT` is looked for by its mark, and what the backend has said must reach the client. */
  async function note(intent: Intent, ...[event, executionId]: [Parameters<typeof ledger.settle>[1], string?]): Promise<void> {
    const about = { intent: intent.key, event, executionId };
    const settled = await ledger.settle(intent, event, executionId).catch((error: unknown) => {
      logError(error, about);
      return true;
    });
    // An answer that came after the time in which it can come.
    if (!settled && event === 'accepted') logError(new Error('a keyed write was answered after its key had been given to another'), about);
  }

  const look = (maker: Maker, intent: Intent): Promise<Sighting> =>
    maker.look(intent).catch((error: unknown) => {
      if (error instanceof UpstreamError) return { unknown: `${maker.source} cannot be asked at the moment` };
      logError(error, { intent: intent.key });
      return { unknown: 'it could not be looked for' };
    });

  async function send(maker: Maker, intent: Intent, deadline: number): Promise<string> {
    try {
      const made = await maker.send(intent.mark, deadline);
      await note(intent, 'accepted', made);
      return made;
    } catch (error) {
      const problem = problemOf(error, maker.source);
      await note(intent, hasDoneNothing(error) ? 'refused' : 'lost');
      if (!(problem instanceof UnconfirmedProblem)) throw error; // in the words of what was asked without a key
      const sighting = await look(maker, intent);
      if (typeof sighting !== 'object' || 'unknown' in sighting) throw unconfirmed(maker, 0, sighting);
      await note(intent, 'found', sighting.found);
      return sighting.found;
    }
  }

  /** The intent once its call has come to an end, or what it has made, whichever shows first. */
  async function ended(maker: Maker, key: string, inputHash: string): Promise<Intent & { readonly ageMs: number }> {
    for (let pauseMs = looksMs.first; ; pauseMs = Math.min(looksMs.last, pauseMs * 1.5)) {
      const intent = await ledger.read(key);
      if (intent.inputHash !== inputHash || intent.kind !== maker.kind)
        throw new ConflictProblem(`The idempotency key ${key} stands for another request`);
      if (intent.status !== 'SENT' || intent.ageMs > maker.sendMs + settlingMs) return intent;
      const executionId = await maker.known?.(intent.mark, intent.since);
      if (executionId !== undefined) return { ...intent, executionId };
      await delay(pauseMs);
    }
  }

  /** What somebody else's claim has led to; undefined: to nothing, so it is anybody's turn again. */
  async function outcome(maker: Maker, key: string, inputHash: string): Promise<string | undefined> {
    const intent = await ended(maker, key, inputHash);
    if (intent.executionId !== null) return intent.executionId;
    if (intent.status === 'REJECTED' || intent.status === 'NOT_MADE') return undefined;
    if (intent.status === 'SENT') await note(intent, 'lost');
    const sighting = await look(maker, intent);
    if (typeof sighting === 'object' && 'found' in sighting) {
      await note(intent, 'found', sighting.found);
      return sighting.found;
    }
    if (sighting !== 'absent' || intent.ageMs < maker.sendMs + maker.lateMs) throw unconfirmed(maker, intent.ageMs, sighting);
    await ledger.settle(intent, 'absent');
    return undefined;
  }

  return {
    /** The id of what the key stands for. `input`: all of the request that must be the same whenever it is asked again, but no secrets: its hash is kept. */
    async once(key: string, input: unknown, maker: Maker): Promise<string> {
      if (key === '' || key.length > longestKey || key.includes('\0')) {
        throw new InvalidInputProblem(`must have 1 to ${longestKey} characters, none of them U+0000`, 'idempotencyKey');
      }
      const { kind, source } = maker;
      const inputHash = hashOf([source, input]);
      for (;;) {
        if (await ledger.isFree(key)) {
          const since = await maker.since();
          const deadline = performance.now() + maker.sendMs; // before the claim, whose age is counted from a later moment
          const claimed = await ledger.claim({ key, kind, source, inputHash, since, afresh: maker.afresh });
          if (claimed) return send(maker, claimed, deadline);
        }
        const made = await outcome(maker, key, inputHash);
        if (made !== undefined) return made;
      }
    },
  };
}

export type Intents = ReturnType<typeof createIntents>;

/** Sure of it: a server that fails, even in words of its own, may have failed after the fact. */
function hasDoneNothing(error: unknown): boolean {
  if (error instanceof UpstreamError) return !error.outcomeUnknown;
  return error instanceof InvalidCallError || (error instanceof Problem && !(error instanceof UnconfirmedProblem));
}

function unconfirmed(maker: Maker, ageMs: number, sighting: Sighting): UnconfirmedProblem {
  const leftMs = maker.sendMs + maker.lateMs - ageMs;
  const retryAfterSeconds = leftMs > 0 ? Math.ceil(leftMs / 1000) : askAgainSeconds;
  const why = typeof sighting === 'object' && 'unknown' in sighting ? `: ${sighting.unknown}` : '';
  return new UnconfirmedProblem(
    `It is not known yet whether the ${maker.kind} was made${why}. Ask again with the same key, best in ${retryAfterSeconds} seconds: it is looked for, and made only if it was not.`,
    null,
    { retryAfterSeconds },
  );
}
