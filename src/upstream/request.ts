import type { Call } from './exchange.ts';

/** Who asks: the leader that reads all the time, somebody who waits for an answer, or a stranger who wants to sign in. Each lane has its own limit, so that none starves. */
export type Lane = 'leader' | 'viewer' | 'stranger';

export interface JsonRequest {
  /** A name for metrics, the same for all ids: `getRun`. */
  readonly call: string;
  /** Default GET. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | undefined;
  /** Below the API's base, encoded, beginning with `/`. */
  readonly path: string;
  /** `undefined` and `""` are left out. */
  readonly query?: Readonly<Record<string, string | undefined>> | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** For reads only: a write that was sent is waited for. */
  readonly signal?: AbortSignal | undefined;
  /** A write that does no harm twice, such as a login: treated as a read. */
  readonly idempotent?: boolean | undefined;
  /** Makes the upstream work hard, or wait for something: it gets more time. */
  readonly slow?: boolean | undefined;
  /** Default `viewer`. */
  readonly lane?: Lane | undefined;
  /** For whom: the slots of a lane are handed out by turns to all who ask. Default: the gateway itself, which may have all of them. */
  readonly caller?: string | undefined;
  /** Given: an equal GET of the same identity that is in flight is joined, and the value shared. It began before this call did. */
  readonly shareAs?: string | undefined;
  /** In milliseconds of `performance.now()`, where this call is a part of something longer. Default: now plus the budget. */
  readonly deadline?: number | undefined;
}

/** Whether repeating it could do something twice. */
export const isWrite = ({ method = 'GET', idempotent = false }: JsonRequest): boolean => method !== 'GET' && !idempotent;

/** With its question mark, or empty. */
export function queryOf({ query = {} }: JsonRequest): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) parameters.append(name, value);
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

export function encodeRequest(request: JsonRequest, base: string, headers: Readonly<Record<string, string>>): Call {
  const call = { method: request.method ?? 'GET', path: `${base}${request.path}${queryOf(request)}`, headers };
  if (request.body === undefined) return call;
  return { ...call, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(request.body) };
}
