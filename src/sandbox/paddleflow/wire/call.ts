import type { State } from '../state/state.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export const isMethod = (method: string): method is Method => ['GET', 'POST', 'PUT', 'DELETE'].includes(method);

/** One authenticated request, as a handler sees it. `path` is below `/api/paddleflow/v1`. */
export interface Call {
  readonly method: Method;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly user: string;
  /** Misbehaviour ordered for this very call through the control port; journalled with it. */
  readonly quirk?: Quirk | undefined;
}

/**
 * What a handler can be ordered to do wrong (2.7): `empty-run-id` answers `{"runID": ""}`, after a create with a row left `initiating`, after a
 * retry with the old run rewritten; `retry-stray` answers 500 and leaves a copy with the old final status behind; `retry-slow` shows the old
 * status on the new row for `ms` of sandbox time, as a list taken in between would.
 */
export type Quirk =
  | { readonly kind: 'empty-run-id' }
  | { readonly kind: 'retry-stray' }
  | { readonly kind: 'retry-slow'; readonly ms: number };

/** No `body` means a zero-length one, which still has a JSON content type (1.1). */
export interface Answer {
  readonly status: number;
  readonly body?: AnswerBody;
}

/** A map where the keys are names of things. */
export type AnswerBody = Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>;

/**
 * One route. A handler is synchronous and takes time and randomness from `state` alone, for accepted writes are journalled as they came and
 * done again at the next start.
 */
export interface Endpoint {
  readonly method: Method;
  /** Segments that begin with `:` become `params`. */
  readonly path: `/${string}`;
  readonly handle: (call: Call, state: State) => Answer;
}

export const ok = (body: AnswerBody): Answer => ({ status: 200, body });
export const created = (body: Readonly<Record<string, unknown>>): Answer => ({ status: 201, body });
export const okEmpty: Answer = { status: 200 };

/** One key of an answer, if it has it. */
export const keyOf = ({ body }: Answer, key: string): unknown =>
  body === undefined ? undefined : Object.hasOwn(body, key) ? (body as Readonly<Record<string, unknown>>)[key] : undefined;

export const param = (call: Call, name: string): string => call.params[name] ?? '';
