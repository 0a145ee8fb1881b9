import type { IncomingMessage } from 'node:http';
import { GraphQLError } from 'graphql';
import { parseJson } from '../core/exact-json.ts';
import { isMap } from '../core/exact-number.ts';
import { aborted } from '../graphql/masking.ts';
import { nestsDeeper } from '../graphql/nesting.ts';
import type { Intake, Sender } from './intake.ts';

/** The four parameters of GraphQL over HTTP; a message `subscribe` on a WebSocket has the same. */
export interface GraphQLParams {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
  extensions?: Record<string, unknown>;
}

/** Of variables. Everything that looks at a value calls itself once for each level. */
export const maxNesting = 100;

/** Reads them from a `GET` or `POST`. Throws a GraphQLError with `code` and status for anything malformed. */
export async function readParams(request: IncomingMessage, url: URL, limits: BodyLimits): Promise<GraphQLParams> {
  if (request.method === 'GET') return checkParams(paramsOfUrl(url));
  if (request.method !== 'POST')
    throw refusal(405, 'METHOD_NOT_ALLOWED', 'GraphQL only supports GET and POST requests.', { Allow: 'GET, POST' });
  assertJson(request);
  const body = await readBody(request, limits);
  return checkParams(parsed(body, 'The body'));
}

/** One operation in the right shape; unknown parameters are mistakes, not extras. */
export function checkParams(params: unknown): GraphQLParams {
  if (Array.isArray(params)) throw badRequest('Batching is not supported: expected one operation, not a list.');
  if (!isMap(params)) throw badRequest('Expected an object with the parameters of one operation.');
  const { query, variables, operationName, extensions, ...unknown } = params;
  const [first] = Object.keys(unknown);
  if (first !== undefined) throw badRequest(`Unknown parameter ${JSON.stringify(first.slice(0, 80))}.`);
  if (query === undefined || query === null || query === '') throw badRequest('Must provide query string.');
  if (typeof query !== 'string') throw badRequest('Expected "query" to be a string.');
  if (!isOptional(operationName, (value) => typeof value === 'string')) throw badRequest('Expected "operationName" to be a string.');
  if (!isOptional(variables, isMap)) throw badRequest('Expected "variables" to be an object.');
  if (!isOptional(extensions, isMap)) throw badRequest('Expected "extensions" to be an object.');
  if (nestsDeeper([variables, extensions], maxNesting + 1))
    throw badRequest(`The variables nest more than ${maxNesting} lists and objects within one another.`);
  return { query, ...(variables && { variables }), ...(operationName && { operationName }), ...(extensions && { extensions }) };
}

/** An error before execution, with its HTTP status. */
export function refusal(status: number, code: string, message: string, headers: Record<string, string> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status, headers } } });
}

const badRequest = (message: string) => refusal(400, 'BAD_REQUEST', message);

function isOptional<T>(value: unknown, is: (value: unknown) => value is T): value is T | null | undefined {
  return value === undefined || value === null || is(value);
}

function paramsOfUrl({ searchParams }: URL): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const [name, value] of searchParams) {
    if (name === 'query' || name === 'operationName') params[name] = value === '' ? undefined : value;
    // Other names are left to caches, tracking and share links: a URL collects them on its way.
    if ((name === 'variables' || name === 'extensions') && value !== '') params[name] = parsed(value, `"${name}"`);
  }
  return params;
}

function parsed(text: string, what: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw badRequest(`${what} is not valid JSON.`);
  }
}

/** JSON alone. The three other types that browsers send across origins without asking first must not reach a mutation. */
function assertJson(request: IncomingMessage): void {
  const [type, ...options] = (request.headers['content-type'] ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (type !== 'application/json' && type !== 'application/graphql+json') {
    throw refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the operation as application/json.', { Accept: 'application/json' });
  }
  const charset = options
    .find((option) => option.startsWith('charset='))
    ?.slice('charset='.length)
    .replaceAll('"', '');
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
    throw refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'JSON is sent in UTF-8.');
  }
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Compressed bodies are not supported.');
  }
}

/** A body that is too big is still read for a while, and dropped: a client that is cut off while sending never sees the answer. */
const PATIENCE = 8;

export interface BodyLimits {
  maxBytes: number;
  /** How long it may take, in milliseconds; without it as long as a request may. */
  withinMs?: number | undefined;
  /** What is kept of all bodies that are half received. */
  intake: Intake;
  sender: Sender;
}

async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<string> {
  const { maxBytes } = limits;
  const tooLarge = () => refusal(413, 'PAYLOAD_TOO_LARGE', `The body is larger than ${maxBytes} bytes.`, { Connection: 'close' });
  if (Number(request.headers['content-length']) > maxBytes * PATIENCE) throw tooLarge();
  const body = await collect(request, limits);
  if (body === undefined) throw tooLarge();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw badRequest('The body is not valid UTF-8.');
  }
}

/** Undefined when there is more than that. Not `for await`: leaving such a loop early would cut the connection before the answer. */
async function collect(request: IncomingMessage, { maxBytes, withinMs, intake, sender }: BodyLimits): Promise<Buffer | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | undefined>();
  if (request.destroyed) throw aborted(); // while it was found out who asks: nothing more will be heard of it
  const chunks: Buffer[] = [];
  let size = 0;
  const giveUp = (refused: GraphQLError) => {
    request.pause();
    reject(refused);
  };
  const receipt = intake.begin(sender, () => giveUp(tooBusy()));
  const timer = withinMs === undefined ? undefined : setTimeout(() => giveUp(tooSlow()), withinMs);
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= maxBytes) {
      chunks.push(chunk);
      receipt.add(chunk.length);
    } else {
      chunks.length = 0;
      receipt.end();
    }
    if (size <= maxBytes * PATIENCE) return;
    request.pause();
    resolve(undefined);
  });
  request.once('end', () => resolve(size <= maxBytes ? Buffer.concat(chunks) : undefined));
  const left = () => reject(aborted());
  request.once('error', left);
  request.once('close', left);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    receipt.end();
    request.removeAllListeners('data');
  }
}

const tooSlow = () => refusal(408, 'REQUEST_TIMEOUT', 'The body took too long.', { Connection: 'close' });
const tooBusy = () =>
  refusal(503, 'TOO_MANY_REQUESTS', 'Too much is being sent at the moment: try again.', { Connection: 'close', 'Retry-After': '1' });
