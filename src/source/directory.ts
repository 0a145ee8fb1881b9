import { inArray, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { sources, type SyncPhase } from '../db/tables.ts';
import type { ConfiguredSource } from './backend.ts';

/** One that this viewer sees: how it is configured, and how it is in this process. */
export interface VisibleSource extends Pick<ConfiguredSource, 'name' | 'intervalMs' | 'health'> {
  /** A value of `SourceKind`. */
  readonly kind: string;
  /** The object type of the graph that stands for it. */
  readonly sourceType: string;
}

/** A configured source, with what the catalog knows of it. */
export interface SourceState extends Omit<VisibleSource, 'health'> {
  readonly circuit: 'closed' | 'open' | 'half-open';
  readonly lastSuccessAt: Date | null;
  /** Why the leader cannot read it, in words for people; null while it can. */
  readonly problem: string | null;
  readonly problemSince: Date | null;
  /** Milliseconds since its leader last read it, by the database's clock; null: never. */
  readonly ageMs: number | null;
  readonly lagMs: number;
  /** How far its history has been read, where a backend has one. */
  readonly phase: SyncPhase;
  /** The highest number of its rows that is known; 0: none is. */
  readonly newestOrdinal: number;
  /** History is read newest first, down to here. */
  readonly backfilledTo: number;
}

/** The configured sources that a viewer sees, and how they are. */
export function createSourceDirectory(db: Database, visible: readonly VisibleSource[]) {
  const byName = new Map(visible.map((source) => [source.name, source]));
  /** In the order of the configuration. */
  async function statesOf(wanted: readonly VisibleSource[]): Promise<SourceState[]> {
    if (wanted.length === 0) return [];
    const names = wanted.map(({ name }) => name);
    const rows = await db.select(pick).from(sources).where(inArray(sources.name, names));
    const known = new Map(rows.map((row) => [row.name, row]));
    return wanted.map(({ health, ...source }) => {
      const { ageMs = null, ...row } = known.get(source.name) ?? unread;
      return { ...row, ...source, circuit: health().circuit, ageMs: ageMs === null ? null : Number(ageMs) };
    });
  }
  return {
    names: (): string[] => [...byName.keys()],
    has: (name: string): boolean => byName.has(name),
    all: (): Promise<SourceState[]> => statesOf(visible),
    async byName(name: string): Promise<SourceState | undefined> {
      const source = byName.get(name);
      return source && (await statesOf([source]))[0];
    },
  };
}
export type SourceDirectory = ReturnType<typeof createSourceDirectory>;

const pick = {
  name: sources.name,
  phase: sources.phase,
  newestOrdinal: sources.newestOrdinal,
  backfilledTo: sources.backfilledTo,
  lastSuccessAt: sources.lastSuccessAt,
  lagMs: sources.lagMs,
  problem: sources.problem,
  problemSince: sources.problemSince,
  ageMs: sql<string | null>`extract(epoch from clock_timestamp() - ${sources.lastSuccessAt}) * 1000`,
};
/** No leader has taken it up yet. */
const unread = {
  phase: 'STARTING',
  newestOrdinal: 0,
  backfilledTo: 0,
  lastSuccessAt: null,
  lagMs: 0,
  problem: null,
  problemSince: null,
  ageMs: null,
} as const;
