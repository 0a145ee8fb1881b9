import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

export interface Call {
  readonly method: string;
  /** With its query. */
  readonly path: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What is done in place of answering. `forward` lets the server do its work and returns its answer. */
export type Fault = (call: Call, response: ServerResponse, forward: () => Promise<Reply>) => Promise<void> | void;

/** In front of an HTTP server: passes calls on, or lets them meet with a fault. Takes its place under an address that never changes. */
export async function startFaultProxy(target: () => string) {
  /** Without a fault the call is passed on. */
  let choose: ((call: Call) => Fault | undefined) | undefined;
  let slowMs = 0;
  const sockets = new Set<Socket>();
  const http = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  http.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
  });
  let atConnect: 'open' | 'refused' | 'reset' = 'open';
  http.on('connection', (socket) => atConnect === 'reset' && socket.resetAndDestroy());

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = { method: request.method ?? '', path: request.url ?? '' };
    const body = await buffer(request);
    response.on('error', () => {});
    if (slowMs > 0) await delay(slowMs);
    const forward = () => passOn(target(), request, body);
    const fault = choose?.(call);
    if (fault !== undefined) return void (await fault(call, response, forward));
    const { status, headers, body: answered } = await forward();
    response.writeHead(status, headers).end(answered);
  }

  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const { port } = http.address() as AddressInfo; // not a pipe
  return {
    url: `http://127.0.0.1:${port}`,
    faults(next: (call: Call) => Fault | undefined): void {
      choose = next;
    },
    /** Every answer takes so much longer. */
    slow(milliseconds: number): void {
      slowMs = milliseconds;
    },
    /** How new connections fare; those there are end with it. */
    async connections(next: 'open' | 'refused' | 'reset'): Promise<void> {
      if (next !== 'open') for (const socket of sockets) socket.resetAndDestroy();
      if (next === 'refused' && http.listening) await new Promise((closed) => http.close(closed));
      if (next !== 'refused' && !http.listening) {
        http.listen(port, '127.0.0.1');
        await once(http, 'listening');
      }
      atConnect = next;
    },
    [Symbol.asyncDispose]: () => end(http, sockets),
  };
}
export type FaultProxy = Awaited<ReturnType<typeof startFaultProxy>>;

async function passOn(target: string, { method, url = '/', headers }: IncomingMessage, body: Buffer): Promise<Reply> {
  const request = send(new URL(url, target), { method, headers: { ...headers, host: new URL(target).host }, agent: false });
  request.end(body);
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  const { connection: _connection, 'transfer-encoding': _encoding, ...kept } = answer.headers;
  return { status: answer.statusCode ?? 502, headers: kept as Record<string, string>, body: await buffer(answer) }; // those of one value each
}

/** A fixed address for what may come back under another one. */
export async function startForwarder(target: () => URL) {
  const sockets = new Set<Socket>();
  const server = createTcpServer((client) => {
    const { hostname, port } = target();
    const upstream = connect(Number(port), hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {}).once('close', () => (sockets.delete(from), to.destroy()));
      from.pipe(to);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: () => end(server, sockets) };
}

async function end(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  if (server.listening) await new Promise((closed) => server.close(closed));
}
