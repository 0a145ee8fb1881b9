import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { CallRecord } from './call-log.ts';
import type { ClockReading } from './clock.ts';
import { readAll } from './http.ts';
import { OrderError } from './order-error.ts';

/** What the control port of every sandbox can do, whatever system it plays. Mistakes are thrown as OrderError. */
export interface CommonControl {
  read(): ClockReading & { readonly now: number; readonly pid: number };
  /** Time goes on by so much at once, in either mode; returns the new time. */
  advance(milliseconds: number): number;
  setClock(reading: Partial<ClockReading>): void;
  /** Ends every fault. */
  clearFaults(): void;
  /** Calls of the API with a higher `seq`. */
  calls(since?: number): CallRecord[];
  clearCalls(): void;
}

export interface ControlCall {
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  /** Of whoever drives the sandbox: believed. */
  readonly body: unknown;
}

/** Text goes out as it is, nothing as 204, everything else as JSON. */
export type ControlRoute<C extends CommonControl> = readonly [
  method: string,
  path: RegExp,
  work: (control: C, call: ControlCall) => unknown,
];

const common: readonly ControlRoute<CommonControl>[] = [
  ['GET', /^\/state$/, (control) => control.read()],
  // {advanceMs} or {mode: real|manual, rate}
  ['POST', /^\/clock$/, (control, { body }) => moveClock(control, body)],
  ['DELETE', /^\/faults$/, (control) => control.clearFaults()],
  ['GET', /^\/calls$/, (control, { query }) => ({ calls: control.calls(Number(query.get('since') ?? 0)) })],
  ['DELETE', /^\/calls$/, (control) => control.clearCalls()],
];

/** The control port: JSON over HTTP, on loopback. Each route is one operation; `routes` are those of one system. */
export function createControlServer<C extends CommonControl>(control: C, routes: readonly ControlRoute<C>[]): Server {
  return createServer((request, response) => {
    const finish = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': typeof value === 'string' ? 'text/plain; charset=utf-8' : 'application/json' });
      response.end(typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value));
    };
    answer(request, control, [...common, ...routes]).then(
      (value) => finish(value === undefined ? 204 : 200, value),
      (error: unknown) =>
        finish(error instanceof OrderError ? error.status : 500, { error: error instanceof Error ? error.message : String(error) }),
    );
  });
}

async function answer<C extends CommonControl>(request: IncomingMessage, control: C, routes: readonly ControlRoute<C>[]): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://control');
  const text = await readAll(request);
  for (const [method, path, work] of routes) {
    const match = path.exec(url.pathname);
    if (match === null || method !== request.method) continue;
    return work(control, { params: match.slice(1).map(decodeURIComponent), query: url.searchParams, body: parse(text) });
  }
  throw new OrderError(404, `no operation ${request.method} ${url.pathname}`);
}

function parse(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw new OrderError(400, 'the body is not JSON');
  }
}

function moveClock(control: CommonControl, body: unknown): { now: number } {
  const { advanceMs, mode, rate } = body as { advanceMs?: number; mode?: 'real' | 'manual'; rate?: number };
  if (mode !== undefined || rate !== undefined) control.setClock({ ...(mode && { mode }), ...(rate && { rate }) });
  if (advanceMs !== undefined) {
    if (!Number.isFinite(advanceMs) || advanceMs < 0) throw new OrderError(400, 'advanceMs is a number of milliseconds, not below 0');
    control.advance(advanceMs);
  }
  return { now: control.read().now };
}
