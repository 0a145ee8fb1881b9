import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Core } from './core.ts';
import { jobDetail } from './endpoints/job-view.ts';
import { basePath, errorReply, replyTo } from './reply.ts';
import { authenticate } from './wire/authenticate.ts';
import { ApiError } from './wire/errors.ts';
import { splitPath } from '../kit/router.ts';
import { writeJson } from '../kit/write-json.ts';
import type { TextSocket } from './wire/websocket.ts';
import { acceptSocket } from './wire/websocket.ts';

/** Between two looks at the job table, in sandbox milliseconds (2.17). */
const pollMs = 3000;
/** How often we see whether that time has passed: a manual clock tells nobody when it is advanced. */
const tickMs = 100;

/** `GET /wsjob`: every job that has changed, to everybody who listens (2.17). Ends all connections with its scope. */
export function startJobPush(server: Server, core: Core): Disposable {
  const listeners = new Map<string, TextSocket>();
  const sockets = new Set<TextSocket>();
  let polledAt = core.catchUp();
  const poll = () => {
    // While nobody is there, this clock stands still: who comes first gets what has changed since.
    if (listeners.size === 0 || core.catchUp() < polledAt + pollMs) return;
    const { state } = core;
    // Whole seconds: what changed in the second of the last look comes twice.
    const since = Math.floor(polledAt / 1000) * 1000;
    polledAt = state.now;
    for (const row of state.jobs.rows.all().filter(({ updatedAt }) => updatedAt >= since)) {
      const text = writeJson(jobDetail(row, state));
      for (const listener of listeners.values()) listener.send(text);
    }
  };
  const timer = setInterval(poll, tickMs).unref();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy()); // Node has taken its own listener away: a reset would end the process
    const header = (name: string) => request.headers[name]?.toString() ?? '';
    const requestId = header('x-pf-request-id') || randomUUID();
    const [path, token, claimedUser] = [request.url ?? '', header('x-pf-authorization'), header('x-pf-user-name')];
    const { pathname, query } = splitPath(path);
    if (!isJobPush(request)) {
      // Only before Node 24.9, which asks `isJobPush` first. What else the request carries is lost.
      const reply = replyTo(core, { method: request.method ?? '', path, body: '', requestId, token, claimedUser });
      if (typeof reply === 'string') socket.destroy();
      else answer(socket, reply, requestId);
      return;
    }
    try {
      core.catchUp();
      authenticate({ method: 'GET', path: pathname, query, body: '', token, claimedUser }, core.state);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      answer(socket, errorReply(error.status, error.code, error.message, requestId), requestId);
      return;
    }
    const clientID = header('x-pf-client-id') || randomUUID();
    const own = acceptSocket(socket, head, header('sec-websocket-key'), {
      text: (words, from) => from.send(words), // the heartbeat
      closed(gone) {
        sockets.delete(gone);
        if (listeners.get(clientID) === gone) listeners.delete(clientID);
      },
    });
    sockets.add(own);
    listeners.set(clientID, own); // in the place of one with the same id
  });
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      for (const socket of sockets) socket.end();
    },
  };
}

/** Everywhere else the wish for another protocol is not heard: some clients send it along with every first request. */
export const isJobPush = ({ method, url = '' }: IncomingMessage): boolean =>
  method === 'GET' && splitPath(url).pathname === `${basePath}/wsjob`;

function answer(socket: Duplex, { status, text }: { readonly status: number; readonly text: string }, requestId: string): void {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: application/json\r\nx-pf-request-id: ${requestId}\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`);
}
