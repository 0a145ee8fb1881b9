/** Something wrong with a text in an input, such as the YAML of a workflow, and where. */
export interface Issue {
  /** `ERROR`: the backend refuses it for certain. `WARNING`: it may, or what is accepted will not do what it seems to say. */
  readonly severity: 'ERROR' | 'WARNING';
  readonly message: string;
  /** Keys that lead there: `entry_points`, `fit`, `deps`. Places in a list are numbers as text. */
  readonly path: readonly string[];
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 units. */
  readonly column: number;
}
