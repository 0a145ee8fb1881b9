import type { Tx } from '../live/lease.ts';
import { announce, type Told } from './announce.ts';
import { storeGone, storeSeen, type Observation, type Seen } from './store.ts';

export interface Observed {
  /** What was read of some work, with its number. */
  readonly seen?: readonly (Seen & { readonly ordinal: number })[] | undefined;
  /** Numbers of work that is gone from its backend: proved, not merely missing in an answer. */
  readonly gone?: readonly number[] | undefined;
}

/** What a leader has observed on its backend becomes rows, events and readers awake, in its fenced transaction. */
export async function apply(tx: Tx, observation: Observation, { seen = [], gone = [] }: Observed): Promise<Told> {
  const { source, observedAt } = observation;
  const byNumber = new Map(seen.map(({ ordinal, ...of }) => [ordinal, of]));
  const { ordinals } = await storeSeen(tx, { ...observation, told: true }, [...byNumber.keys()], (ordinal) => byNumber.get(ordinal));
  for (const ordinal of gone) await storeGone(tx, source, ordinal, observedAt);
  return announce(tx, source, [...ordinals, ...gone]);
}
