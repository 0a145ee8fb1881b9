/** How far the log of one container has been copied. Kept as JSON beside the step. */
export interface LogTaskState {
  /** `begin`: from the start, up to the ceiling of 500,000 bytes; `end`: by overlap with what is stored. */
  readonly phase: 'begin' | 'end';
  /** Complete raw lines taken from the beginning. */
  readonly taken: number;
  /** Hashes of the last lines stored, newest last: where a page from the end must join. */
  readonly anchor: readonly string[];
  /** Hash of the very first line: while the log still begins with it, it was not rotated. Absent where reading did not begin there. */
  readonly head?: string | undefined;
}
