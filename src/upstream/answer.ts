import type { z } from 'zod';
import { createBreath } from '../core/breath.ts';
import { parseJson } from '../core/exact-json.ts';
import { rounded } from '../core/exact-number.ts';
import { mistakeWords } from '../core/mistake-words.ts';
import { type ErrorMap, UpstreamError, type UpstreamErrorDetails, type UpstreamFault } from './errors.ts';
import type { Answer } from './exchange.ts';
import { parseInPieces } from './json-in-pieces.ts';
import { parsePaced } from './paced-shapes.ts';

/** How one kind of upstream words its failures. */
export interface ErrorDialect {
  /** `undefined`: this is not its error format, so something else answered in its place. */
  parse(body: unknown): { readonly code: string; readonly message: string; readonly requestId: string } | undefined;
  /** How many times a read is worth repeating that it refused with a 5xx in its own words. */
  retries(status: number, code: string): number;
  /** Whether a 5xx in its own words says that the source is out of order, and not only the thing that was asked for. */
  countsAgainstSource(status: number, code: string, write: boolean): boolean;
  /** Of an answer with a status of success: the words in which it says that it failed all the same; undefined: it did not. */
  failureIn?(body: unknown): { readonly code: string; readonly message: string; readonly requestId: string } | undefined;
  /** What its refusals mean. */
  readonly errors: ErrorMap;
}

export interface CallContext {
  readonly source: string;
  readonly operation: string;
  readonly requestId: string | undefined;
  readonly write: boolean;
}

/** From here on an answer is parsed in pieces, with pauses in which others have their turn. In bytes. */
const largeBytes = 256 * 1024;

/**
 * The value; rejects with an `UpstreamError`. An empty body counts as `undefined`, so a schema of an answer says whether it may be empty. However
 * large it is, it does not hold the event loop for long, given that its schema reads what may be large with pauses (`paced-shapes.ts`).
 */
export async function readAnswer<T>(answer: Answer, schema: z.ZodType<T>, dialect: ErrorDialect, context: CallContext): Promise<T> {
  const { status } = answer;
  if (status < 200 || status > 299) throw refusal(answer, dialect, context);

  const garbage = (detail: string) => failure(context, { fault: 'garbage', status, outcomeUnknown: context.write }, detail);
  const large = answer.body.length > largeBytes;
  const breathe = createBreath();
  const body = large ? await parseInPieces(answer.body, breathe).catch(() => notJson) : parsed(answer.body);
  if (body === notJson) throw garbage(`answered ${status} with something that is not JSON (${describe(answer)})`);
  const failed = dialect.failureIn?.(body);
  if (failed) {
    const details = {
      errors: dialect.errors,
      code: failed.code,
      upstreamMessage: failed.message,
      requestId: failed.requestId || context.requestId,
    };
    throw failure(context, { fault: 'rejected', status, ...details }, `answered ${status}, and in it ${failed.code || '(no code)'}`);
  }
  const read = await (large ? parsePaced(schema, body, breathe) : schema.safeParse(body, { error: mistakeWords }));
  if (read.success) return read.data;
  if (body === undefined) throw garbage(`answered ${status} with an empty body where JSON was expected`);
  const odd = read.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`);
  throw garbage(`answered ${status} in an unexpected shape: ${odd.join('; ')}`);
}

/** Not 2xx. A 4xx that is not in the upstream's own words comes from a proxy, and must not pass for "this run does not exist". */
function refusal(answer: Answer, dialect: ErrorDialect, context: CallContext): UpstreamError {
  const { status } = answer;
  const words = dialect.parse(parsed(answer.body));
  const fault = faultOf(status, words !== undefined);
  const detail = words
    ? `answered ${status} ${words.code || '(no code)'}`
    : `answered ${status}, not in its own format (${describe(answer)})`;
  return failure(
    context,
    {
      fault,
      status,
      errors: dialect.errors,
      code: words?.code,
      upstreamMessage: words?.message,
      requestId: words?.requestId || context.requestId,
      retryAfterMs: retryAfterMs(answer.headers['retry-after']),
      // Whoever fails with a 5xx may have failed half way.
      outcomeUnknown: context.write && status >= 500,
    },
    detail,
  );
}

function faultOf(status: number, ownWords: boolean): UpstreamFault {
  if (status >= 500 || status === 429 || status === 408) return 'unavailable';
  return ownWords && status >= 400 ? 'rejected' : 'garbage';
}

/** Same as `new UpstreamError`, with who, what and which call filled in. */
export function failure(
  { source, operation, requestId }: CallContext,
  details: Omit<UpstreamErrorDetails, 'source' | 'operation'>,
  detail: string,
): UpstreamError {
  return new UpstreamError({ requestId, ...details, source, operation }, detail);
}

const notJson = Symbol('not JSON');
const utf8 = new TextDecoder(); // bad bytes become U+FFFD; a mark at the beginning is dropped

/** `undefined` for a body of nothing but white space. The parser's message is not used: it quotes the body. */
function parsed(body: Buffer): unknown {
  const text = utf8.decode(body);
  if (text.trim() === '') return undefined;
  try {
    return rounded(parseJson(text)); // a number alone is an answer to nothing
  } catch {
    return notJson;
  }
}

function describe({ headers, body }: Answer): string {
  const type = String(headers['content-type'] ?? 'no content type').slice(0, 60);
  return `${type}, ${body.length} bytes`;
}

const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** Seconds or an HTTP date. */
function retryAfterMs(header: string | string[] | undefined): number | undefined {
  if (typeof header !== 'string') return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  // The parser takes nearly everything for a date: `5.5` is a day of the year 2001, long past, and so no pause at all.
  const date = httpDate.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
