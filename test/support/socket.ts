import { once } from 'node:events';
import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import { WebSocket } from 'ws';

/** A message of `graphql-transport-ws`, as it came over the wire. */
export interface SocketMessage {
  type: 'connection_ack' | 'ping' | 'pong' | 'next' | 'error' | 'complete';
  id?: string;
  payload?: unknown;
}

export interface SocketOptions {
  /** `connectionParams`: where a browser puts its `Authorization`. */
  params?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** Without `connection_init`, for those who want to send it themselves, or not at all. */
  init?: boolean;
}

export type TestSocket = Awaited<ReturnType<typeof openSocket>>;

/**
 * A client that hides nothing: messages come in the order of the wire, and it can stop reading. Waits have no timeout of their own;
 * they fail when the socket closes, and with the test.
 */
export async function openSocket(url: string, { params, headers = {}, init = true }: SocketOptions = {}) {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  const inbox = createInbox<SocketMessage>();
  const operations = new Map<string, ReturnType<typeof createInbox<SocketMessage>>>();
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }));
  });
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(String(data)) as SocketMessage; // checked by those who wait for it
    (operations.get(message.id ?? '') ?? inbox).add(message);
  });
  socket.on('error', () => {}); // `closed` tells
  void closed.then(({ code, reason }) => {
    for (const box of [inbox, ...operations.values()]) box.fail(new Error(`The socket was closed with ${code} ${reason}`));
  });
  const send = (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  let lastId = 0;

  await once(socket, 'open');
  if (init) {
    send({ type: 'connection_init', ...(params && { payload: params }) });
    await inbox.next();
  }

  return {
    socket,
    /** How the connection ended. */
    closed,
    /** Any JSON, or text as it is. */
    send,
    /** The next message that belongs to no operation. */
    next: () => inbox.next(),
    /** Starts an operation. */
    start(payload: { query: string; variables?: Record<string, unknown> } & Record<string, unknown>, id = String(++lastId)) {
      const box = createInbox<SocketMessage>();
      operations.set(id, box);
      send({ id, type: 'subscribe', payload });
      return {
        id,
        message: () => box.next(),
        /** The next result; anything else is a failure of the test. */
        async next<Data = Record<string, unknown>>(): Promise<ExecutionResult<Data>> {
          const message = await box.next();
          if (message.type !== 'next') throw new Error(`Expected a result, got ${JSON.stringify(message)}`);
          return message.payload as ExecutionResult<Data>; // the server's word for it
        },
        async errors(): Promise<GraphQLFormattedError[]> {
          const message = await box.next();
          if (message.type !== 'error') throw new Error(`Expected errors, got ${JSON.stringify(message)}`);
          return message.payload as GraphQLFormattedError[];
        },
        complete: () => send({ id, type: 'complete' }),
      };
    },
    /** Reads nothing any more: the kernel's buffers fill up, and pings stay unanswered. */
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    async [Symbol.asyncDispose]() {
      socket.terminate();
      await closed;
    },
  };
}

/** What has come and what is waited for. */
export function createInbox<T>() {
  const items: T[] = [];
  const waiting: PromiseWithResolvers<T>[] = [];
  let failure: Error | undefined;
  return {
    add(item: T): void {
      const first = waiting.shift();
      if (first === undefined) items.push(item);
      else first.resolve(item);
    },
    /** Everything that waits, and will wait, gets this error; what has already come is still given out. */
    fail(error: Error): void {
      failure = error;
      for (const { reject } of waiting.splice(0)) reject(error);
    },
    async next(): Promise<T> {
      if (items.length > 0) return items.shift() as T; // there is one
      if (failure !== undefined) throw failure;
      const wait = Promise.withResolvers<T>();
      waiting.push(wait);
      return wait.promise;
    },
  };
}
