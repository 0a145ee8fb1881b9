import type { Issue } from '../../../problem/issue.ts';
import type { Place } from '../go-yaml/characters.ts';

export type { Issue, Place };
export interface Report {
  readonly issues: readonly Issue[];
  error(at: Place, path: readonly string[], message: string): void;
  warning(at: Place, path: readonly string[], message: string): void;
}

/** More than anybody reads at a time. Aliases and templates multiply, and so would what is wrong with them. */
const mostErrors = 200;
const mostWarnings = 200;
class EnoughError extends Error {}

/** Keeps the first warnings. The last error that it takes ends the check: see `untilEnough`. */
export function createReport(before: readonly Issue[] = []): Report {
  const issues = [...before];
  const left = { ERROR: mostErrors, WARNING: mostWarnings };
  const add = (severity: Issue['severity']) => (at: Place, path: readonly string[], message: string) => {
    left[severity] -= 1;
    if (left[severity] >= 0) issues.push({ severity, message, path, line: at.line, column: at.column });
    if (left.ERROR <= 0) throw new EnoughError('There are enough issues');
  };
  return { issues, error: add('ERROR'), warning: add('WARNING') };
}

/** Runs a check that reports to a `Report`, to its end or until there are enough errors. */
export function untilEnough(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof EnoughError)) throw error;
  }
}
