import type { IncomingMessage, Server } from 'node:http';
import { createServer } from 'node:http';
import type { Control } from './control.ts';
import type { LogBurst, RunBatch, StateFault, WireFault } from './orders.ts';
import { OrderError } from './orders.ts';

interface ControlCall {
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** Text goes out as it is, nothing as 204, everything else as JSON. */
type Route = readonly [method: string, path: RegExp, work: (control: Control, call: ControlCall) => unknown];

/** The control port: JSON over HTTP, on loopback. Each route is one operation of `Control`. Bodies come from whoever drives the sandbox. */
const routes: readonly Route[] = [
  ['GET', /^\/state$/, (control) => control.read()],
  // {advanceMs} or {mode: real|manual, rate}
  ['POST', /^\/clock$/, (control, { body }) => moveClock(control, body)],
  // A WireFault or a StateFault, see orders.ts
  ['POST', /^\/faults$/, (control, { body }) => control.orderFault(body as WireFault & StateFault)],
  ['DELETE', /^\/faults$/, (control) => control.clearFaults()],
  // A LogBurst
  ['POST', /^\/logs$/, (control, { body }) => control.writeLog(body as LogBurst)],
  ['GET', /^\/logs\/([^/]+)\/([^/]+)$/, (control, { params: [runID = '', jobID = ''] }) => control.logOf(runID, jobID)],
  // {result: succeeded|failed}
  [
    'POST',
    /^\/jobs\/([^/]+)\/finish$/,
    (control, { params: [jobID = ''], body }) => control.finishJob(jobID, (body as { result: 'succeeded' | 'failed' }).result),
  ],
  // A RunBatch, or {holes} alone
  ['POST', /^\/rows$/, (control, { body }) => insertRows(control, body as Partial<RunBatch>)],
  // {status: any word or null}
  [
    'POST',
    /^\/runs\/([^/]+)\/raw-status$/,
    (control, { params: [runID = ''], body }) => control.setRawStatus(runID, (body as { status: string | null }).status),
  ],
  [
    'POST',
    /^\/queues\/([^/]+)\/status$/,
    (control, { params: [name = ''], body }) => control.setQueueStatus(name, (body as { status: string }).status),
  ],
  // {fsID, path, text}
  [
    'POST',
    /^\/files$/,
    (control, { body }) => {
      const { fsID, path, text } = body as { fsID: string; path: string; text: string };
      control.putFile(fsID, path, text);
    },
  ],
  ['GET', /^\/calls$/, (control, { query }) => ({ calls: control.calls(Number(query.get('since') ?? 0)) })],
  ['DELETE', /^\/calls$/, (control) => control.clearCalls()],
];

export function createControlServer(control: Control): Server {
  return createServer((request, response) => {
    const finish = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': typeof value === 'string' ? 'text/plain; charset=utf-8' : 'application/json' });
      response.end(typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value));
    };
    answer(request, control).then(
      (value) => finish(value === undefined ? 204 : 200, value),
      (error: unknown) =>
        finish(error instanceof OrderError ? error.status : 500, { error: error instanceof Error ? error.message : String(error) }),
    );
  });
}

async function answer(request: IncomingMessage, control: Control): Promise<unknown> {
  const url = new URL(request.url ?? '/', 'http://control');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set
  for (const [method, path, work] of routes) {
    const match = path.exec(url.pathname);
    if (match === null || method !== request.method) continue;
    return work(control, {
      params: match.slice(1).map(decodeURIComponent),
      query: url.searchParams,
      body: parse(Buffer.concat(chunks).toString()),
    });
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

function moveClock(control: Control, body: unknown): { now: number } {
  const { advanceMs, mode, rate } = body as { advanceMs?: number; mode?: 'real' | 'manual'; rate?: number };
  if (mode !== undefined || rate !== undefined) control.setClock({ ...(mode && { mode }), ...(rate && { rate }) });
  if (advanceMs !== undefined) {
    if (!Number.isFinite(advanceMs) || advanceMs < 0) throw new OrderError(400, 'advanceMs is a number of milliseconds, not below 0');
    control.advance(advanceMs);
  }
  return { now: control.read().now };
}

function insertRows(control: Control, { count, ...batch }: Partial<RunBatch>): unknown {
  if (count !== undefined) return control.insertRuns({ count, ...batch });
  control.leaveHoles(batch.holes ?? 0);
  return undefined;
}
