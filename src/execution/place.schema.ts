import { decodeCursor, encodeCursor } from '../graphql/pagination.ts';
import { BadInputError } from '../problem/problem.ts';
import type { ExecutionPlace } from './list.ts';

/** The first word of the cursors of all lists of work, whatever its kind: they have one order. */
const word = 'runs';

export const encodePlace = ({ sortAt, source, ordinal }: ExecutionPlace) => encodeCursor([word, sortAt.getTime(), source, ordinal]);

/** JavaScript's years reach further than those that Postgres reads as we write them. */
const isStorable = (time: Date) => time.getUTCFullYear() >= 1 && time.getUTCFullYear() <= 9999;

/** Throws BAD_USER_INPUT. */
export function decodePlace(cursor: string): ExecutionPlace {
  const [list, time, source, ordinal] = decodeCursor(cursor) ?? [];
  const sortAt = new Date(typeof time === 'number' ? time : Number.NaN);
  const valid =
    list === word && isStorable(sortAt) && typeof source === 'string' && !source.includes('\0') && Number.isSafeInteger(ordinal);
  if (!valid) throw new BadInputError('Not a cursor of a list of work');
  return { sortAt, source, ordinal: Number(ordinal) };
}
