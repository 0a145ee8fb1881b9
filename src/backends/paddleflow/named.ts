import { isUnlisted } from '../../problem/lost-answer.ts';
import { namedMaker, type Named } from '../../execution/intent/named.ts';
import type { Maker } from '../../execution/intent/intents.ts';
import type { SourceHandle } from './source/handle.ts';

/** How long a write may take, and how late it may still be carried out. `slow`: it waits for storage or for the scheduler. */
export const timesOf = ({ writeMs, slowWriteMs, lateWriteMs }: SourceHandle, { slow = false } = {}) => ({
  sendMs: slow ? slowWriteMs : writeMs,
  lateMs: lateWriteMs,
});

/** PaddleFlow keeps names apart, so what bears the name is found by it, and nothing else can be made under it (contract 1.10). */
export const namedOn = (handle: SourceHandle, named: Omit<Named, 'source' | 'sendMs' | 'lateMs'>, options?: { slow?: boolean }): Maker =>
  namedMaker({ source: handle.name, ...timesOf(handle, options), ...named });

/** The server makes some flavours at its first start, and everybody sees them: one that shows none cannot read its database, or is none. */
export const showsOthers = async ({ reader }: SourceHandle): Promise<boolean> =>
  (await reader.listFlavours({ maxKeys: 1 })).items.length > 0;

/** Nothing of that kind is there, by two looks at the whole list; where that is empty, other things have to show. */
export const isUnlistedOn = <T>(handle: SourceHandle, list: () => Promise<readonly T[]>, isIt: (item: T) => boolean): Promise<boolean> =>
  isUnlisted(list, isIt, () => showsOthers(handle));
