import { inArray, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { sources, type SyncPhase } from '../db/tables.ts';
import type { SourceHandle, SourceHandles } from '../backends/paddleflow/source/handle.ts';

/** A configured source, with what the catalog knows of its mirror. */
export interface SourceState {
  readonly name: string;
  readonly kind: SourceHandle['kind'];
  readonly seesAll: boolean;
  readonly circuit: 'closed' | 'open' | 'half-open';
  readonly phase: SyncPhase;
  readonly mirrored: number;
  readonly newestId: number;
  readonly lastSuccessAt: Date | null;
  /** Why the leader cannot read it, in words for people; null while it can. */
  readonly problem: string | null;
  readonly problemSince: Date | null;
  /** Milliseconds since the mirror last read the source, by the database's clock; null: never. */
  readonly ageMs: number | null;
  readonly lagMs: number;
  readonly intervalMs: number;
}

/** The configured sources and how they are. */
export function createSourceDirectory(db: Database, handles: SourceHandles, signal?: AbortSignal) {
  /** One read for all of them. */
  async function statesOf(wanted: readonly SourceHandle[]): Promise<SourceState[]> {
    const ageMs = sql<string | null>`extract(epoch from clock_timestamp() - ${sources.lastSuccessAt}) * 1000`;
    const names = wanted.map(({ name }) => name);
    const rows = await db
      .select({ name: sources.name, ...pick, ageMs })
      .from(sources)
      .where(inArray(sources.name, names));
    const rowOf = new Map(rows.map((row) => [row.name, row]));
    return wanted.map((handle) => {
      const row = rowOf.get(handle.name);
      return {
        name: handle.name,
        kind: handle.kind,
        seesAll: handle.seesAll,
        circuit: handle.health().circuit,
        intervalMs: handle.intervalMs,
        phase: row?.phase ?? 'STARTING',
        // Everything above `backfilledTo` has been asked for.
        mirrored: row?.phase === 'COMPLETE' ? row.newestId : (row?.newestId ?? 0) - (row?.backfilledTo ?? 0),
        newestId: row?.newestId ?? 0,
        lastSuccessAt: row?.lastSuccessAt ?? null,
        ageMs: row?.ageMs == null ? null : Number(row.ageMs),
        lagMs: row?.lagMs ?? 0,
        problem: row?.problem ?? null,
        problemSince: row?.problemSince ?? null,
      };
    });
  }
  return {
    names: (): string[] => [...handles.keys()],
    has: (name: string): boolean => handles.has(name),
    all: (): Promise<SourceState[]> => statesOf([...handles.values()]),
    async byName(name: string): Promise<SourceState | undefined> {
      const handle = handles.get(name);
      return handle && (await statesOf([handle]))[0];
    },
    async version(name: string): Promise<string | null> {
      const version = await handles.get(name)?.client.version(signal);
      return version?.gitVersion || null;
    },
  };
}
export type SourceDirectory = ReturnType<typeof createSourceDirectory>;

const pick = {
  phase: sources.phase,
  newestId: sources.newestOrdinal,
  backfilledTo: sources.backfilledTo,
  lastSuccessAt: sources.lastSuccessAt,
  lagMs: sources.lagMs,
  problem: sources.problem,
  problemSince: sources.problemSince,
};
