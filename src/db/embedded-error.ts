/** The embedded PostgreSQL cannot be started or stopped; the message is for the operator and says what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

/** The system's or PostgreSQL's code of an error, such as `ENOENT` or `57P03`. */
export const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

/** The last lines of what a program said, indented, for the end of an error message. */
export function lastLines(output: string, count = 15): string {
  const lines = output.trimEnd().split('\n').slice(-count);
  return lines.map((line) => `\n  ${line}`).join('');
}
