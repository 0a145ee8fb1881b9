import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createRawServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
  /** `GET /path?query` of each request, in order of arrival. */
  readonly calls: string[];
  /** Resolves when so many requests have arrived. */
  arrived(count: number): Promise<void>;
}

export type Respond = (request: Received, response: ServerResponse) => void;

export const json = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? '' : JSON.stringify(body));
};

/** PaddleFlow's error body (1.6). */
export const refuse = (response: ServerResponse, status: number, code: string, message = 'some text'): void =>
  json(response, { requestID: 'id-of-the-server', code, message }, status);

/** An HTTP server whose every answer the test writes. Not answering at all is an answer, too. */
export async function startServer(respond: Respond, tls?: { key: string; cert: string }): Promise<TestServer> {
  const received: Received[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const listener: RequestListener = async (incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    const request = { method, url, headers, body: await text(incoming) };
    received.push(request);
    for (const { count, resolve } of waiting) if (received.length >= count) resolve();
    respond(request, response);
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  const port = await listen(server);
  return {
    url: `${tls ? 'https' : 'http'}://localhost:${port}`,
    received,
    get calls() {
      return received.map(({ method, url }) => `${method} ${url}`);
    },
    async arrived(count) {
      if (received.length >= count) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ count, resolve });
      await promise;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A TCP server, for what no HTTP server would say. */
export async function startRawServer(
  onData: (socket: Socket, first: Buffer) => void,
): Promise<AsyncDisposable & { url: string; connections: () => number }> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createRawServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {}); // the client hangs up on some of these
    socket.once('data', (first) => onData(socket, first));
  });
  const port = await listen(server);
  return {
    url: `http://localhost:${port}`,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A port on which nobody listens: it was ours a moment ago. */
export async function unusedPort(): Promise<number> {
  const server = createRawServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port; // a TCP server that listens has one
}
