import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import type { z } from 'zod';
import { BusyError } from '../core/busy.ts';
import { createTurns, type TurnLimits, type Turns } from '../core/turns.ts';
import { type CallContext, type ErrorDialect, failure, readAnswer } from './answer.ts';
import { type AnswerLimits, usualLimits } from './answer-limits.ts';
import { UpstreamError, type UpstreamFault } from './errors.ts';
import { type Answer, type Call, exchange, ExchangeError } from './exchange.ts';
import { type Budget, pauseFor, startBudget } from '../core/budget.ts';
import { type CircuitOptions, type CircuitState, createCircuit, type Verdict } from './limits/circuit.ts';
import { createFlights } from '../core/flights.ts';
import { createRetries, type RetryOptions } from './limits/retries.ts';
import { encodeRequest, isWrite, type JsonRequest, type Lane, queryOf } from './request.ts';

export type { JsonRequest, Lane } from './request.ts';

export interface Budgets {
  /** Whole time of a read, its retries and waiting for a slot included, in milliseconds. Default 10000. */
  readonly readMs?: number | undefined;
  /** Default 20000. */
  readonly slowReadMs?: number | undefined;
  /** Default 30000. */
  readonly writeMs?: number | undefined;
  /** Default 120000: cutting off a write only means not to know what became of it. */
  readonly slowWriteMs?: number | undefined;
}

/** One attempt, for metrics. `fault` and `status` as in `UpstreamError`. */
export interface Observation {
  readonly source: string;
  readonly call: string;
  readonly lane: Lane;
  readonly status?: number | undefined;
  readonly fault?: UpstreamFault | undefined;
  readonly ms: number;
}

export interface UpstreamHealth {
  readonly circuit: CircuitState;
  readonly lastSuccessAt?: Date | undefined;
  /** Faults of the source; not what it rejected, nor what callers aborted. Compare `at` with `lastSuccessAt`. */
  readonly lastError?: { readonly at: Date; readonly fault: UpstreamFault; readonly message: string } | undefined;
}

export interface JsonHttpOptions {
  readonly source: string;
  /** Origin, with a base path where a proxy wants one. */
  readonly url: string | URL;
  /** Of the API below the url: `/api/v1`. */
  readonly basePath?: string | undefined;
  readonly dialect: ErrorDialect;
  /** Gets `<lane>-<uuid>`, another one for each attempt. */
  readonly requestIdHeader?: string | undefined;
  /**
   * Further headers of an attempt, made from all that it sends: method, path with base and query, headers and body. Asked anew for each attempt,
   * as signatures carry the time.
   */
  readonly sign?: ((call: Call) => Promise<Readonly<Record<string, string>>> | Readonly<Record<string, string>>) | undefined;
  readonly budgets?: Budgets | undefined;
  /** Requests at a time. Default 3 each, 1 for strangers. */
  readonly limits?: { readonly [lane in Lane]?: number | undefined } | undefined;
  readonly retry?: RetryOptions | undefined;
  readonly circuit?: CircuitOptions | undefined;
  /** Of all answers, whatever `answerLimits` says; default 32 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** By `call`. Default: `usualLimits` for all. */
  readonly answerLimits?: ((call: string) => AnswerLimits) | undefined;
  /** Default 3000. */
  readonly connectTimeoutMs?: number | undefined;
  /** PEM, for a certificate that no public authority has signed. */
  readonly ca?: string | undefined;
  /** Must not throw. */
  readonly observe?: ((observation: Observation) => void) | undefined;
}

export interface Exchanged<T> {
  readonly value: T;
  readonly headers: Answer['headers'];
}

export interface JsonHttp {
  readonly source: string;
  /** Rejects with `UpstreamError`. A shared value belongs to all who got it: do not change it. */
  send<T>(request: JsonRequest, schema: z.ZodType<T>): Promise<T>;
  /** The same, with the headers of the answer, by their names in lower case: some say there what they do not say in the body. */
  exchange<T>(request: JsonRequest, schema: z.ZodType<T>): Promise<Exchanged<T>>;
  /** When a call that starts now has to be finished. */
  deadlineOf(request: JsonRequest): number;
  health(): UpstreamHealth;
  /** For a failure that only a layer above could recognise: it becomes `lastError`. */
  blame(error: UpstreamError): void;
  /** Reads are aborted, writes that were begun are waited for, later calls are refused. */
  close(): Promise<void>;
}

/** How many calls may wait for a slot. The leader waits for itself alone. Of strangers few wait, as each costs nothing but its address. */
const queues: Record<Lane, Omit<TurnLimits, 'atOnce'>> = {
  leader: { waitingPerKey: Infinity, waiting: Infinity },
  viewer: { waitingPerKey: 1000, waiting: 5000 },
  stranger: { waitingPerKey: 16, waiting: 64 },
};

/** JSON over HTTP to one source: everything that is the same for all upstreams and all endpoints. */
export function createJsonHttp(options: JsonHttpOptions): JsonHttp {
  const { source, dialect, requestIdHeader, observe, maxBodyBytes = usualLimits.bytes, answerLimits = () => usualLimits } = options;
  const url = new URL(options.url);
  const base = url.pathname.replace(/\/+$/, '') + (options.basePath ?? '');
  const { leader = 3, viewer = 3, stranger = 1 } = options.limits ?? {};
  const pool = new Pool(url.origin, {
    connections: leader + viewer + stranger,
    connectTimeout: options.connectTimeoutMs ?? 3000,
    // Our own budget covers the whole call.
    headersTimeout: 0,
    bodyTimeout: 0,
    allowH2: false,
    ...(options.ca === undefined ? {} : { connect: { ca: options.ca } }),
  });
  const slots: Record<Lane, Turns> = {
    leader: createTurns({ ...queues.leader, atOnce: leader }),
    viewer: createTurns({ ...queues.viewer, atOnce: viewer }),
    stranger: createTurns({ ...queues.stranger, atOnce: stranger }),
  };
  const circuit = createCircuit(options.circuit);
  const retries = createRetries(options.retry);
  const flights = createFlights();
  const abortable = new Set<Budget>();
  const writes = new Set<Promise<unknown>>();
  let closed = false;
  let lastSuccessAt: Date | undefined;
  let lastError: UpstreamHealth['lastError'];

  const contextOf = (request: JsonRequest, requestId?: string): CallContext => ({
    source,
    operation: `${request.method ?? 'GET'} ${request.path}`,
    requestId,
    write: isWrite(request),
  });
  const left = (request: JsonRequest) => failure(contextOf(request), { fault: 'aborted' }, 'was aborted');

  const blame = (error: UpstreamError) => {
    if (error.fault !== 'rejected' && error.fault !== 'aborted') lastError = { at: new Date(), fault: error.fault, message: error.message };
  };

  const verdictOn = ({ fault, status, code }: UpstreamError, write: boolean): Verdict => {
    if (fault === 'aborted') return 'unknown';
    if (fault === 'refused' || fault === 'cut' || fault === 'timeout') return 'failed';
    if (fault !== 'unavailable' || status === undefined || status < 500) return 'alive';
    return code === undefined || dialect.countsAgainstSource(status, code, write) ? 'failed' : 'alive';
  };

  /** A slot is held and the circuit is passed. */
  const callOnce = async <T>(request: JsonRequest, schema: z.ZodType<T>, budget: Budget): Promise<Exchanged<T>> => {
    const { call, lane = 'viewer' } = request;
    const requestId = requestIdHeader === undefined ? undefined : `${lane}-${randomUUID()}`;
    const context = contextOf(request, requestId);
    const settle = circuit.enter();
    if (!settle) throw failure(context, { fault: 'circuit-open' }, 'was not sent: the source has been failing');
    const begun = performance.now();
    let answer: Answer | undefined;
    try {
      const headers = {
        accept: 'application/json',
        ...request.headers,
        ...(requestId && requestIdHeader && { [requestIdHeader]: requestId }),
      };
      const limits = answerLimits(call);
      const bytes = Math.min(limits.bytes, maxBodyBytes);
      const unsigned = encodeRequest(request, base, headers);
      const signed =
        options.sign === undefined ? unsigned : { ...unsigned, headers: { ...unsigned.headers, ...(await options.sign(unsigned)) } };
      answer = await exchange(pool, signed, budget, { ...limits, bytes });
      const value = await readAnswer(answer, schema, dialect, context);
      lastSuccessAt = new Date();
      settle('alive');
      observe?.({ source, call, lane, status: answer.status, ms: performance.now() - begun });
      return { value, headers: answer.headers };
    } catch (cause) {
      const error = cause instanceof ExchangeError ? fromExchange(cause, budget, context) : cause;
      if (!(error instanceof UpstreamError)) {
        settle('unknown');
        throw error;
      }
      settle(verdictOn(error, context.write));
      blame(error);
      observe?.({ source, call, lane, status: error.status, fault: error.fault, ms: performance.now() - begun });
      throw error;
    }
  };

  const attempt = async <T>(request: JsonRequest, schema: z.ZodType<T>, budget: Budget): Promise<Exchanged<T>> => {
    const context = contextOf(request);
    if (closed) throw failure(context, { fault: 'aborted' }, 'was not sent: the client is closed');
    // Asked before queueing, too: nobody should wait for a slot only to hear this.
    if (!circuit.passable) throw failure(context, { fault: 'circuit-open' }, 'was not sent: the source has been failing');
    const giveBack = await slots[request.lane ?? 'viewer'].take(request.caller, budget.signal).catch((error: unknown) => {
      if (error instanceof BusyError) throw failure(context, { fault: 'busy' }, 'was not sent: too many calls wait already');
      const fault = budget.ended ?? 'aborted';
      throw failure(context, { fault }, fault === 'timeout' ? 'was not sent: no slot became free in time' : 'was aborted');
    });
    try {
      return await callOnce(request, schema, budget);
    } finally {
      giveBack();
    }
  };

  const perform = async <T>(request: JsonRequest, schema: z.ZodType<T>, signal: AbortSignal | undefined): Promise<Exchanged<T>> => {
    const write = isWrite(request);
    using budget = startBudget(request.deadline ?? deadlineOf(request), signal);
    if (!write) {
      abortable.add(budget);
      retries.earn();
    }
    try {
      for (let retry = 1; ; retry += 1) {
        try {
          return await attempt(request, schema, budget);
        } catch (error) {
          if (write || !(error instanceof UpstreamError) || retry > worthRetrying(error, dialect)) throw error;
          const pauseMs = retries.spend(retry, error.retryAfterMs);
          if (pauseMs === undefined || pauseMs >= budget.remainingMs) throw error;
          await pauseFor(pauseMs, budget.signal).catch(() => {
            throw budget.ended === 'aborted' ? left(request) : error;
          });
        }
      }
    } finally {
      abortable.delete(budget);
    }
  };

  const deadlineOf = (request: JsonRequest): number => {
    const { readMs = 10_000, slowReadMs = 20_000, writeMs = 30_000, slowWriteMs = 120_000 } = options.budgets ?? {};
    const [usual, slow] = isWrite(request) ? [writeMs, slowWriteMs] : [readMs, slowReadMs];
    return performance.now() + (request.slow ? slow : usual);
  };

  async function whole<T>(request: JsonRequest, schema: z.ZodType<T>): Promise<Exchanged<T>> {
    if (isWrite(request)) {
      const writing = perform(request, schema, undefined);
      writes.add(writing);
      return writing.finally(() => {
        writes.delete(writing);
        // What is in flight may have been read before the write: from the moment of its answer on, readers start anew.
        flights.forget();
      });
    }
    if (request.shareAs === undefined) return perform(request, schema, request.signal);
    const key = JSON.stringify([request.shareAs, request.lane, shapeNumber(schema), request.path, queryOf(request)]);
    return flights.join(
      key,
      request.signal,
      () => left(request),
      (signal) => perform(request, schema, signal),
    );
  }

  return {
    source,
    deadlineOf,
    send: async (request, schema) => (await whole(request, schema)).value,
    exchange: whole,
    blame,
    health: () => ({ circuit: circuit.state, lastSuccessAt, lastError }),
    async close() {
      if (closed) return;
      closed = true;
      for (const budget of abortable) budget.stop();
      await Promise.allSettled(writes);
      await pool.destroy(); // `close` would wait for connections that are still being made for callers who left
    },
  };
}

function fromExchange(error: ExchangeError, budget: Budget, context: CallContext): UpstreamError {
  const outcomeUnknown = context.write && error.sent;
  if (error.how !== 'stopped') return failure(context, { fault: error.how, outcomeUnknown, systemCode: error.systemCode }, error.message);
  const fault = budget.ended ?? 'aborted';
  return failure(context, { fault, outcomeUnknown }, fault === 'timeout' ? 'was not answered in time' : 'was aborted');
}

/** How many times a read that ended so is repeated, if time and allowance last. */
function worthRetrying({ fault, status, code }: UpstreamError, dialect: ErrorDialect): number {
  if (fault === 'refused' || fault === 'cut') return 2;
  if (fault !== 'unavailable' || status === undefined) return 0;
  return code === undefined || status < 500 ? 2 : dialect.retries(status, code);
}

const shapes = new WeakMap<z.ZodType, number>();
let shapeCount = 0;
/** Two calls that read the same path differently must not share the value. */
function shapeNumber(schema: z.ZodType): number {
  const known = shapes.get(schema);
  if (known !== undefined) return known;
  shapeCount += 1;
  shapes.set(schema, shapeCount);
  return shapeCount;
}
