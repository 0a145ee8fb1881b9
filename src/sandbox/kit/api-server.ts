import { randomUUID } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerOptions, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { CallLog } from './call-log.ts';
import { patientLimits, readAll } from './http.ts';
import { plainReply, type WireFault, type WireFaults } from './wire-faults.ts';

/** What goes over the wire: bytes; the end of the connection without any; or nothing, for as long as the client waits. */
export type Reply = { readonly status: number; readonly text: string; readonly headers?: OutgoingHttpHeaders } | 'dropped' | 'hung';

/** One request as it came. */
export interface ApiRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body: string;
  readonly requestId: string;
  /** One header, or an empty text. */
  header(name: string): string;
}

/** A fake system as its API port needs it. */
export interface ApiParts<Kind extends string> {
  /** The server's own answer. `fault`: one that the server itself has to play, by doing something wrong. */
  reply(request: ApiRequest, fault: WireFault<Kind> | undefined): Reply;
  /** The answer of a fault of kind `status` that has no body of its own: in the server's form of an error. */
  errorReply(fault: WireFault<Kind>, requestId: string): Reply;
  /** What a fault makes of the server's answer; default: nothing. */
  twist?(fault: WireFault<Kind>, reply: Reply): Reply;
  readonly faults: WireFaults<Kind>;
  readonly calls: CallLog;
  /** Sandbox time, brought to the present. */
  now(): number;
  /** By which calls are told apart, in lower case; echoed on every answer. */
  readonly requestIdHeader: string;
  /** Aborted when the sandbox closes: nobody waits for a slow answer then. */
  readonly closing: AbortSignal;
  readonly server?: ServerOptions;
}

/** The API port of a fake system: faults in front, the system behind them. */
export function createApiServer<Kind extends string>(parts: ApiParts<Kind>): Server {
  return createServer({ ...patientLimits, ...parts.server }, (request, response) => {
    serve(request, response, parts).catch(() => response.destroy());
  });
}

async function serve<Kind extends string>(request: IncomingMessage, response: ServerResponse, parts: ApiParts<Kind>): Promise<void> {
  const { faults, calls, closing, requestIdHeader } = parts;
  const header = (name: string) => request.headers[name]?.toString() ?? '';
  const rawRequestId = header(requestIdHeader) || randomUUID();
  const requestId = Buffer.from(rawRequestId, 'latin1').toString(); // Node gives a header's bytes as latin1
  const [method, path] = [request.method ?? '', request.url ?? ''];
  const answered = calls.arrived({ method, path, requestId, at: parts.now() });
  const body = await readAll(request);
  const struck = faults.take(method, path);
  const fault = struck.find(({ kind }) => kind !== 'latency');
  const slow = struck.filter(({ kind }) => kind === 'latency');
  const work = (playing?: WireFault<Kind>) => parts.reply({ method, path, body, requestId, header }, playing);
  const early = slow.some(({ applied }) => applied) ? work(fault) : undefined;
  for (const { ms = 0 } of slow) await delay(ms, undefined, { signal: closing });
  const reply = strike(parts, fault, early, work, requestId);
  if (reply === 'dropped') {
    response.destroy();
    return;
  }
  if (reply === 'hung') return;
  const own = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(reply.text), [requestIdHeader]: rawRequestId };
  response.writeHead(reply.status, { ...own, ...reply.headers });
  answered(reply.status);
  await send(response, reply.text, fault, closing);
}

/** What the client is to get. The server works only where the fault lets it. */
function strike<Kind extends string>(
  { errorReply, twist }: ApiParts<Kind>,
  fault: WireFault<Kind> | undefined,
  early: Reply | undefined,
  work: (playing?: WireFault<Kind>) => Reply,
  requestId: string,
): Reply {
  const planned = fault && (plainReply(fault) ?? (fault.kind === 'status' ? errorReply(fault, requestId) : undefined));
  if (planned !== undefined) {
    if (fault?.applied && early === undefined) work();
    return planned;
  }
  const reply = early ?? work(fault);
  return fault && twist ? twist(fault, reply) : reply;
}

async function send(response: ServerResponse, text: string, fault: WireFault<string> | undefined, closing: AbortSignal): Promise<void> {
  if (fault?.kind !== 'cut-body' && fault?.kind !== 'slow-body') {
    response.end(Buffer.from(text)); // a text would make Node write the headers in its encoding too
    return;
  }
  const bytes = Buffer.from(text);
  const half = Math.floor(bytes.length / 2);
  await new Promise<void>((resolve) => void response.write(bytes.subarray(0, half), () => resolve()));
  if (fault.kind === 'cut-body') {
    response.destroy();
    return;
  }
  await delay(fault.ms ?? 0, undefined, { signal: closing });
  response.end(bytes.subarray(half));
}
