import { mask } from './redact.ts';

/** What Drizzle throws. Its message has every parameter: pipelines, environments of steps, lines of their logs. */
export interface FailedQuery extends Error {
  readonly query: string;
  readonly params: unknown;
}
export const isFailedQuery = (error: Error): error is FailedQuery =>
  'query' in error && typeof error.query === 'string' && 'params' in error;

/** What `pg` throws when PostgreSQL has refused: told apart by fields that nothing else has. */
export const isDatabaseError = (error: Error): error is Error & { readonly code: string } =>
  'severity' in error && 'routine' in error && 'code' in error && typeof error.code === 'string';

/** Classes of PostgreSQL's errors whose messages quote values: bad data, what was raised by hand, what failed in an extension. */
const quoting = /^(?:22|P0|38|39|HV|XX)/;

/**
 * The message of one, without what it quotes, unless that can only be a name: `invalid input syntax for type uuid: "…"`. What is quoted may hold quotes
 * itself, so the rest goes with it.
 */
export function withoutValues(message: string, code: string): string {
  if (code.startsWith('P0')) return `raised in the database: ${mask}`;
  const [line = ''] = message.split('\n', 1);
  const names = quoting.test(code) ? '' : (/^(?:[^"]*"[\w$.]{1,63}")*/.exec(line)?.[0] ?? '');
  const rest = line.slice(names.length);
  const quote = rest.indexOf('"');
  return quote < 0 ? line : `${names}${rest.slice(0, quote)}"${mask}"`;
}

/** Of what should have been stored this much is looked for elsewhere: lines, and their characters in all. */
const mostLines = 20_000;
const mostCharacters = 4_000_000;
/** Shorter ones are words like any other. */
const shortestLine = 6;

/** A text without the parameters of failed statements, whoever repeats them. */
export function withoutParams(text: string, failed: readonly FailedQuery[]): string {
  if (failed.length === 0) return text;
  let clean = failed.reduce((left, { message, query }) => left.replaceAll(message, () => `Failed query: ${query}`), text);
  for (const line of linesOf(failed)) if (clean.includes(line)) clean = clean.replaceAll(line, mask);
  // Drizzle's own way to list them, in a message that somebody has changed.
  const list = clean.search(/\nparams: |\\nparams: /);
  return list < 0 ? clean : `${clean.slice(0, list)}\nparams: ${mask}`;
}

function* linesOf(failed: readonly FailedQuery[]): Generator<string> {
  let lines = 0;
  let characters = 0;
  for (const { params } of failed) {
    for (const param of Array.isArray(params) ? params.flat() : []) {
      const whole = param instanceof Uint8Array ? Buffer.from(param).toString('utf8') : typeof param === 'string' ? param : '';
      for (const line of whole.split(/[\n,]/)) {
        lines += 1;
        characters += line.length;
        if (lines > mostLines || characters > mostCharacters) return;
        if (line.trim().length >= shortestLine) yield line;
      }
    }
  }
}
