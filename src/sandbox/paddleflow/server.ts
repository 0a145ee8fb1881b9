import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { CallLog } from './call-log.ts';
import type { WireFault } from './control/orders.ts';
import type { Core } from './core.ts';
import { isJobPush } from './job-push.ts';
import type { Reply } from './reply.ts';
import { emptied, faultReply, replyTo } from './reply.ts';
import { quirkOf } from './wire-faults.ts';
import type { WireFaults } from './wire-faults.ts';

export interface ServerParts {
  readonly core: Core;
  readonly faults: WireFaults;
  readonly calls: CallLog;
  /** Aborted when the sandbox closes: nobody waits for a slow answer then. */
  readonly closing: AbortSignal;
}

/** As a server in Go has them: nobody is timed out (1.1), and an address with many names in its filters is no error. */
const limits = { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0, maxHeaderSize: 1024 * 1024 } as const;

/** The API port: faults in front, the server behind them. */
export function createApiServer(parts: ServerParts): Server {
  return createServer({ ...limits, shouldUpgradeCallback: isJobPush }, (request, response) => {
    serve(request, response, parts).catch(() => response.destroy());
  });
}

async function serve(request: IncomingMessage, response: ServerResponse, { core, faults, calls, closing }: ServerParts): Promise<void> {
  const header = (name: string) => request.headers[name]?.toString() ?? '';
  const rawRequestId = header('x-pf-request-id') || randomUUID();
  const requestId = Buffer.from(rawRequestId, 'latin1').toString(); // Node gives a header's bytes as latin1
  const [method, path] = [request.method ?? '', request.url ?? ''];
  const answered = calls.arrived({ method, path, requestId, at: core.catchUp() });
  const body = await readAll(request);
  const struck = faults.take(method, path);
  const fault = struck.find(({ kind }) => kind !== 'latency');
  const slow = struck.filter(({ kind }) => kind === 'latency');
  const work = (quirk?: WireFault) =>
    replyTo(core, {
      method,
      path,
      body,
      requestId,
      token: header('x-pf-authorization'),
      claimedUser: header('x-pf-user-name'),
      quirk: quirk && quirkOf(quirk),
    });
  const early = slow.some(({ applied }) => applied) ? work(fault) : undefined;
  for (const { ms = 0 } of slow) await delay(ms, undefined, { signal: closing });
  const reply = strike(fault, early, work, requestId);
  if (reply === 'dropped') {
    response.destroy();
    return;
  }
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(reply.text),
    'x-pf-request-id': rawRequestId,
  });
  answered(reply.status);
  await send(response, reply.text, fault, closing);
}

/** What the client is to get. The server works only where the fault lets it. */
function strike(fault: WireFault | undefined, early: Reply | undefined, work: (quirk?: WireFault) => Reply, requestId: string): Reply {
  const planned = fault && faultReply(fault, requestId);
  if (planned !== undefined) {
    if (fault?.applied && early === undefined) work();
    return planned;
  }
  const reply = early ?? work(fault);
  return fault?.kind === 'empty-list' ? emptied(reply) : reply;
}

async function send(response: ServerResponse, text: string, fault: WireFault | undefined, closing: AbortSignal): Promise<void> {
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

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set
  return Buffer.concat(chunks).toString();
}
