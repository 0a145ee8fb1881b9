import type { Context } from '../context.ts';
import type { ExecutionRow } from './list.ts';

/** One kind of work, as its backend makes it known. */
export interface KindOfWork {
  /** In `execution.kind`: the name of its type in the graph. */
  readonly kind: string;
  /**
   * What its type resolves from, by number: for rows of one source, with all that the query goes on to (`selected`, see `lookAhead`). Everything that
   * rows of the catalog have in common must be on it under the same names.
   */
  load(context: Context, rows: readonly ExecutionRow[], selected: ReadonlySet<string>): Promise<ReadonlyMap<number, ExecutionValue>>;
  /** Where the work of a key stands, if it is there and this viewer may see it. */
  find(context: Context, key: string): Promise<Pick<ExecutionRow, 'source' | 'ordinal'> | undefined>;
}

/** What every kind of work can tell by itself. */
export type ExecutionValue = Pick<
  ExecutionRow,
  | 'kind'
  | 'source'
  | 'ordinal'
  | 'name'
  | 'owner'
  | 'creator'
  | 'state'
  | 'rawState'
  | 'message'
  | 'createdAt'
  | 'startedAt'
  | 'endedAt'
  | 'observedAt'
>;

const kinds = new Map<string, KindOfWork>();

/** Called once by each backend, for each kind of work that it has. */
export const registerKind = (kind: KindOfWork): void => void kinds.set(kind.kind, kind);
export const kindOf = (name: string): KindOfWork | undefined => kinds.get(name);

/** What the types of these rows resolve from, in their order: one call for each kind and source. Rows of a kind that nobody has registered are left out. */
export async function valuesOf(
  context: Context,
  rows: readonly ExecutionRow[],
  selected: ReadonlySet<string>,
): Promise<(ExecutionValue | undefined)[]> {
  const found = new Map<ExecutionRow, ExecutionValue>();
  const groups = Map.groupBy(rows, ({ kind, source }) => `${kind} ${source}`);
  await Promise.all(
    [...groups.values()].map(async (of) => {
      const values = await kinds.get(of[0]?.kind ?? '')?.load(context, of, selected);
      for (const row of of) {
        const value = values?.get(row.ordinal);
        if (value) found.set(row, value);
      }
    }),
  );
  return rows.map((row) => found.get(row));
}
