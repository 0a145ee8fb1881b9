import { createTurns } from './turns.ts';
import { createFlights } from './flights.ts';

/** An answer and the moment from which it is at the latest. */
export interface Kept<T> {
  readonly value: T;
  readonly observedAt: Date;
}

/** For whom something is read: whose turn it is, and with whom a read under way may be shared. */
export interface Reader {
  readonly key: string;
  readonly identity: string;
}

/** Reads that cost the upstream dearly: few at a time, equal ones of the same reader shared, answers kept for a while. One per source. */
export interface KeptReads {
  /** The same answers, read by turns with all other readers. */
  as(reader: Reader): KeptReads;
  /**
   * One answer per key; keys without any are left out. `work` is asked for those alone that are not kept. Keys must begin with whose eyes the
   * answer is for (`SourceHandle.identity`), and end up with the same type whenever they are read.
   */
  readAll<T>(
    keys: readonly string[],
    keepMs: number,
    signal: AbortSignal | undefined,
    work: (missing: readonly string[], signal: AbortSignal) => Promise<ReadonlyMap<string, T>>,
  ): Promise<Map<string, Kept<T>>>;
  /** After a write: nothing that was read before it is handed out again. */
  forget(): void;
}

const mostKept = 2000;
const left = () => new DOMException('The reader has left', 'AbortError');

export function createKeptReads({ atOnce = 2 }: { atOnce?: number } = {}): KeptReads {
  const kept = new Map<string, { readonly answer: Kept<unknown>; readonly until: number }>();
  const flights = createFlights();
  const turns = createTurns({ atOnce });
  let writes = 0;

  const find = (key: string) => {
    const entry = kept.get(key);
    return entry && entry.until > performance.now() ? entry.answer : undefined;
  };
  const keep = (key: string, answer: Kept<unknown>, keepMs: number) => {
    for (const [old, { until }] of kept) if (until <= performance.now()) kept.delete(old); // some answers are large
    kept.delete(key); // to its end, so that the oldest is first
    kept.set(key, { answer, until: performance.now() + keepMs });
    for (const [oldest] of kept) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
  };

  async function readAll<T>(
    reader: Reader | undefined,
    ...[keys, keepMs, signal, work]: Parameters<KeptReads['readAll']>
  ): Promise<Map<string, Kept<T>>> {
    const found = new Map<string, Kept<unknown>>();
    const collect = (wanted: readonly string[]) =>
      wanted.filter((key) => {
        const answer = find(key);
        if (answer) found.set(key, answer);
        return answer === undefined;
      });
    const missing = collect([...new Set(keys)]);
    if (missing.length > 0) {
      const read = await flights.join(JSON.stringify([reader?.identity, missing]), signal, left, async (flight) => {
        const giveBack = await turns.take(reader?.key, flight);
        try {
          const stillMissing = collect(missing); // another reader may have brought some meanwhile
          const before = writes;
          const observedAt = new Date();
          const answers = stillMissing.length === 0 ? new Map<string, unknown>() : await work(stillMissing, flight);
          const fresh = [...answers].map(([key, value]) => [key, { value, observedAt }] as const);
          if (before === writes) for (const [key, answer] of fresh) keep(key, answer, keepMs);
          return new Map<string, Kept<unknown>>([...missing.flatMap((key) => entryOf(found, key)), ...fresh]);
        } finally {
          giveBack();
        }
      });
      for (const [key, answer] of read) found.set(key, answer);
    }
    return found as Map<string, Kept<T>>; // a key stands for one type
  }
  const readsOf = (reader: Reader | undefined): KeptReads => ({
    as: readsOf,
    readAll: (...asked) => readAll(reader, ...asked),
    forget() {
      writes += 1;
      kept.clear();
      flights.forget();
    },
  });
  return readsOf(undefined);
}

const entryOf = <T>(map: ReadonlyMap<string, T>, key: string): [string, T][] => {
  const value = map.get(key);
  return value === undefined ? [] : [[key, value]];
};
