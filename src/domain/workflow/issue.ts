/** Lines and columns from 1, columns in UTF-16 units, as editors count. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something wrong with a workflow. `ERROR`: PaddleFlow refuses it for certain. `WARNING`: it may, or what is accepted will not do what it seems to say. */
export interface Issue extends Place {
  readonly severity: 'ERROR' | 'WARNING';
  readonly message: string;
  /** Keys that lead there: `entry_points`, `fit`, `deps`. Places in a list are numbers as text. */
  readonly path: readonly string[];
}

export interface Report {
  readonly issues: readonly Issue[];
  error(at: Place, path: readonly string[], message: string): void;
  warning(at: Place, path: readonly string[], message: string): void;
}

export function createReport(issues: Issue[] = []): Report {
  const add = (severity: Issue['severity']) => (at: Place, path: readonly string[], message: string) =>
    void issues.push({ severity, message, path, line: at.line, column: at.column });
  return { issues, error: add('ERROR'), warning: add('WARNING') };
}
