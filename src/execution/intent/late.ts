import { eq, inArray } from 'drizzle-orm';
import { intents, type IntentStatus } from '../../db/tables.ts';
import type { Tx } from '../../live/lease.ts';
import { arrowsOf } from './states.ts';

/** Something that carries a mark was seen for the first time, by whoever reads all there is. */
export interface Marked {
  readonly mark: string;
  readonly executionId: string;
}

/** It had been settled that nothing was made under this key, or something else stands for it: so this one came later than anybody expected. */
export interface CameLate extends Marked {
  readonly source: string;
  readonly key: string;
  readonly viewer: string;
  readonly was: IntentStatus;
  /** What the key stands for, where that is something else: one of the two is too many. */
  readonly standsFor: string | undefined;
}

/** For the operator, whose `lateWriteMs` is too short for this backend. */
export const wordsOf = ({ source, executionId, was, standsFor }: CameLate): string =>
  standsFor === undefined
    ? `${source} has made ${executionId} after its key was settled as ${was}: it stands for it from now on; lateWriteMs is too short`
    : `${source} has made ${executionId} under a key that stands for ${standsFor}: one of the two is too many; lateWriteMs is too short`;

/**
 * What is seen settles its key, whether anybody asks again or not. A claim that is under way is left to its asker, who knows more. Returns what
 * must be told: a backend that is later than it is said to be (`lateWriteMs`) may make two things of one key.
 */
export async function settleSeen(tx: Tx, source: string, seen: readonly Marked[]): Promise<CameLate[]> {
  if (seen.length === 0) return [];
  const ids = new Map(seen.map(({ mark, executionId }) => [mark, executionId]));
  const found = await tx
    .select()
    .from(intents)
    .where(inArray(intents.mark, [...ids.keys()]))
    .orderBy(intents.mark)
    .for('update');
  const late: CameLate[] = [];
  for (const { mark, key, viewer, status, executionId: known, source: its } of found) {
    const executionId = ids.get(mark);
    if (executionId === undefined || its !== source || known === executionId || status === 'SENT') continue;
    const { from, to } = arrowsOf('found');
    const settles = from.includes(status);
    if (settles) await tx.update(intents).set({ status: to, executionId }).where(eq(intents.mark, mark));
    const standsFor = settles ? undefined : (known ?? undefined);
    if (status !== 'UNCONFIRMED') late.push({ source, key, viewer, mark, executionId, was: status, standsFor });
  }
  return late;
}
