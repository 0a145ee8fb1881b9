import { administration } from './cases-administration.ts';
import { storage } from './cases-storage.ts';
import { work } from './cases-work.ts';
import type { World } from './world.ts';

export interface Case {
  readonly input: Readonly<Record<string, unknown>>;
  /** What is sent when it is done, below `/api/paddleflow/v1`; undefined: no write. */
  readonly write?: string;
  /** Where it is about another source than `prod`. */
  readonly source?: string;
}

/** Brings about, past the gateway, what the mutation needs. `n` is another number each time, for names that are not taken yet. */
export type Bring = (world: World, n: number) => Promise<Case> | Case;

/** By the name of the row. */
export const cases: Readonly<Record<string, Bring>> = { ...administration, ...storage, ...work };
