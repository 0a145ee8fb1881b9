/** Which lines are asked for: `pageNo` from 1, of `pageSize` lines each, counted from `position` (contract 2.13). */
export interface PageOfLog {
  readonly position: 'begin' | 'end';
  readonly pageNo: number;
  readonly pageSize: number;
}
export interface LogPageRead {
  readonly content: string;
  readonly hasNextPage: boolean;
  readonly truncated: boolean;
}
/** One page of one container's log; undefined when the container is not in the answer. */
export type ReadPage = (page: PageOfLog) => Promise<LogPageRead | undefined>;

export const maxPageSize = 100;

/**
 * What one look at a container's log has shown. The upstream has one answer, an empty one, for "no line yet", "no more" and "cannot be
 * read" (contract 2.13), so nothing is concluded from an empty page that had to hold a line:
 * - `grew`: lines that were not known, or there are more of them
 * - `whole`: the last line that is known was there, and nothing behind it
 * - `silent`: no line is known, and none came, neither from the beginning nor from the end
 * - `unreadable`: a line that must be there was not
 * - `absent`: the container is not in the answer
 */
export type Sighting = 'grew' | 'whole' | 'silent' | 'unreadable' | 'absent';
