import { z } from 'zod';
import { mistakeWords } from '../../../core/mistake-words.ts';
import type { MarkerPage } from '../../../core/page.ts';
import { listOf, mostRows } from './parts.ts';
import { WireRun } from './runs.ts';

/** A row whose shape we do not know. `id` where at least that could be read. */
export interface UnreadableRow {
  readonly id?: string | undefined;
  /** Which key is odd and what was expected there; never the value. */
  readonly reason: string;
}

export interface RunPage extends MarkerPage<WireRun> {
  readonly unreadable: readonly UnreadableRow[];
}

/** Rows are parsed one by one: the leader must not stop for the sake of a single one, and must know which one it did not get. */
export const WireRunPage = z
  .object({ runList: listOf(z.unknown(), { most: mostRows }), nextMarker: z.string().nullish() })
  .transform(({ runList, nextMarker }): RunPage => {
    const items: WireRun[] = [];
    const unreadable: UnreadableRow[] = [];
    for (const row of runList) {
      const parsed = WireRun.safeParse(row, { error: mistakeWords });
      if (parsed.success) items.push(parsed.data);
      else unreadable.push({ id: idOf(row), reason: parsed.error.issues.map(describe).join('; ') });
    }
    return { items, unreadable, nextMarker: nextMarker || undefined };
  });

const describe = ({ path, message }: z.core.$ZodIssue): string => `${path.join('.') || 'row'}: ${message}`;

function idOf(row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null || !('runID' in row)) return undefined;
  return typeof row.runID === 'string' && row.runID !== '' ? row.runID : undefined;
}
