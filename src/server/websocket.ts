import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError } from 'graphql';
import type { ExecutionArgs } from 'graphql';
import { CloseCode, handleProtocols, makeServer, MessageType, stringifyMessage } from 'graphql-ws';
import type { Context as Connection, SubscribePayload } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import { parseJson } from '../core/exact-json.ts';
import { isMap } from '../core/exact-number.ts';
import { aborted, publicErrors, publicResult } from '../graphql/masking.ts';
import { nestsDeeper } from '../graphql/nesting.ts';
import type { Client } from './client.ts';
import { connectionHeaders } from './connection-headers.ts';
import { watchLife } from './life.ts';
import type { Lobby } from './lobby.ts';
import type { Operation, Visitor } from './operation.ts';
import { checkParams, maxNesting, refusal } from './params.ts';
import type { Pipeline } from './pipeline.ts';
import type { StreamOptions } from './sse.ts';
import { watchStranger, type StrangerSocket } from './stranger-socket.ts';
import type { StrangerLimits } from './strangers.ts';

export interface SocketOptions extends StreamOptions {
  /** A larger message closes the socket with 1009, in bytes. */
  maxMessageBytes: number;
  /** Running at the same time on one socket; one more is answered with an error. */
  maxOperations: number;
  strangers: StrangerLimits;
  lobby: Lobby;
  clientOf: (upgrade: IncomingMessage) => Client;
}

/** An operation on its way: `kind` is known once it is about to be executed. */
interface Running {
  controller: AbortController;
  kind?: string;
}

interface Extra {
  /** Those of the upgrade, and what `connectionParams` may add: nothing else is kept of either. */
  headers: IncomingHttpHeaders;
  client: Client;
  connection?: SocketConnection;
  stranger?: StrangerSocket;
  running: Map<string, Running>;
  /** Called whenever an operation has ended. */
  onEnd?: () => void;
}

type SocketConnection = Connection<Record<string, unknown>, Extra>;

/** GraphQL over WebSocket (`graphql-transport-ws`) by graphql-ws, on the same pipeline as HTTP and SSE. */
export function createSockets(pipeline: Pipeline, options: SocketOptions) {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: options.maxMessageBytes,
    perMessageDeflate: false, // a compressor per socket costs more memory than all else
    handleProtocols: (protocols) => handleProtocols(protocols),
  });
  const sockets = new Map<WebSocket, Extra>();
  const graphql = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: options.strangers.initMs,
    onConnect: (connection) => welcome(connection, pipeline),
    onSubscribe: ({ extra }, id, payload) => startOperation(extra, id, payload, pipeline, options.maxOperations),
    execute: (args) => pipeline.execute(args as ExecutionArgs), // they are those that onSubscribe returned
    subscribe: (args) => pipeline.subscribe(args as ExecutionArgs),
    onNext: (_connection, _id, _payload, _args, result) => publicResult(result),
    onError: (_connection, _id, _payload, errors) => publicErrors(errors.map(unwrap).map(pipeline.mask)),
    onComplete: ({ extra }, id) => ended(extra, id),
  });

  server.on('connection', (socket: WebSocket, upgrade: IncomingMessage) => {
    const { headers, socket: connection } = upgrade;
    const client = options.clientOf(upgrade);
    const extra: Extra = { headers, client, running: new Map() };
    sockets.set(socket, extra);
    socket.on('error', () => {}); // a broken frame or connection: `close` follows, with its code
    extra.stranger = watchStranger({
      socket,
      connection,
      messageBytes: options.strangers.messageBytes,
      lifeMs: options.strangers.socketMs,
      enterLobby: (showOut) => options.lobby.enter(client.network, showOut),
      isBusy: () => extra.running.size > 0,
    });
    const closed = graphql.opened(adapt(socket, extra, pipeline, options), extra);
    socket.once('close', (code, reason) => {
      sockets.delete(socket);
      for (const { controller } of extra.running.values()) controller.abort();
      closed(code, String(reason)).catch((error: unknown) => pipeline.mask(error));
    });
  });

  return {
    accept(upgrade: IncomingMessage, connection: Duplex, head: Buffer): void {
      server.handleUpgrade(upgrade, connection, head, (socket) => server.emit('connection', socket, upgrade));
    },
    /** `idle` waits for queries and mutations, and not for subscriptions, which never end. */
    all: () => [...sockets].map(([socket, extra]) => ({ socket, idle: () => whenIdle(extra) })),
  };
}

/**
 * Everything before the execution. Errors are answered to this operation; thrown ones would close the whole socket with 4500. That
 * goes for a refused token too: after a close with 4403 clients try again and again, and their users never see the reason.
 */
async function startOperation(
  extra: Extra,
  id: string,
  payload: SubscribePayload,
  pipeline: Pipeline,
  maxOperations: number,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  if (id.length > longestId) return [refusal(400, 'BAD_REQUEST', `The id of an operation has at most ${longestId} characters.`)];
  if (extra.running.size >= maxOperations) return [tooMany(maxOperations)];
  const running: Running = { controller: new AbortController() };
  extra.running.set(id, running);
  const { signal } = running.controller;
  const prepared = await prepare();
  if (prepared.errors === undefined && !signal.aborted) {
    running.kind = prepared.kind;
    return prepared.args;
  }
  ended(extra, id);
  return prepared.errors ?? [aborted()];

  async function prepare() {
    try {
      const { headers, client } = extra;
      const operation: Operation = { headers, transport: 'ws', client, visitor: await look(extra, pipeline), signal };
      return await pipeline.prepare(checkParams(payload), operation);
    } catch (error) {
      return { errors: [pipeline.mask(error)] };
    }
  }
}

/** It goes back with each message. */
const longestId = 256;

/** Keeps of `connection_init` what it may have: its payload would stay as long as the socket. Whoever is not known yet is let in as a stranger. */
async function welcome(connection: SocketConnection, pipeline: Pipeline): Promise<void> {
  const { extra, connectionParams } = connection;
  extra.connection = connection;
  extra.headers = connectionHeaders(extra.headers, connectionParams);
  delete (connection as { connectionParams?: unknown }).connectionParams; // graphql-ws itself has put it there
  await look(extra, pipeline).catch(pipeline.mask); // each operation asks again
}

/** A session that has ended makes a stranger of who was known. */
async function look(extra: Extra, pipeline: Pipeline): Promise<Visitor> {
  const visitor = await pipeline.identify(extra.headers);
  if (visitor.refusal === undefined) extra.stranger?.known();
  else extra.stranger?.unknown();
  return visitor;
}

const tooMany = (limit: number) =>
  new GraphQLError(`More than ${limit} operations at a time on one socket.`, { extensions: { code: 'TOO_MANY_OPERATIONS' } });

/** graphql-ws wraps what a running subscription throws, with the message that no client should see. */
const unwrap = (error: GraphQLError): unknown => error.originalError ?? error;

function ended(extra: Extra, id: string): void {
  extra.running.delete(id);
  extra.onEnd?.();
}

function whenIdle(extra: Extra): Promise<void> {
  return new Promise((resolve) => {
    extra.onEnd = () => {
      const busy = [...extra.running.values()].some(({ kind }) => kind !== 'subscription');
      // graphql-ws tells us just before it tells the client: a client that misses `complete` would repeat its mutation elsewhere.
      if (!busy) setImmediate(resolve);
    };
    extra.onEnd();
  });
}

/** graphql-ws calls no hook when a client completes a running operation, but forgets it at once. */
function abortCompleted({ connection, running }: Extra): void {
  for (const [id, { controller }] of running) {
    if (connection !== undefined && !(id in connection.subscriptions)) controller.abort();
  }
}

const sizeOf = (data: RawData): number => (Array.isArray(data) ? data.reduce((sum, part) => sum + part.length, 0) : data.byteLength);

/** A client that asks on without reading the answers is read no further while so many bytes wait for it. */
const ENOUGH_WAITING = 1024 * 1024;

/** A message as graphql-ws takes it: parsed, as it would lose digits of numbers. What it is going to refuse stays a text. */
function messageOf(text: string): string {
  try {
    const message = parseJson(text);
    return isMap(message) && (message['payload'] === undefined || isMap(message['payload'])) ? (message as unknown as string) : text; // whose type does not say that values will do
  } catch {
    return text;
  }
}

/** The socket as graphql-ws sees it. It waits for each message to leave, so a client that does not read stops its own subscriptions. */
function adapt(socket: WebSocket, extra: Extra, pipeline: Pipeline, options: SocketOptions) {
  const life = watchLife(socket, options);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return {
    protocol: socket.protocol,
    send: (data: string) => {
      // Waiting until it is closed for good, when graphql-ws ends the subscriptions: they would pull on for nobody till then.
      if (socket.readyState !== socket.OPEN) return closed;
      life.sending(data.length);
      return new Promise<void>((resolve) => {
        // An error means that the socket closes; there is nobody left to tell.
        socket.send(data, () => {
          if (socket.isPaused && socket.bufferedAmount < ENOUGH_WAITING) socket.resume();
          resolve();
        });
      });
    },
    close: (code?: number, reason?: string) => socket.close(code, reason),
    /** What goes back is what came, if it can be written. */
    onPing: (payload: unknown) => {
      if (nestsDeeper(payload, maxNesting)) socket.close(CloseCode.BadRequest, 'Invalid message received');
      else socket.send(stringifyMessage({ type: MessageType.Pong, ...(isMap(payload) && { payload }) }));
    },
    onMessage: (receive: (data: string) => Promise<void>) => {
      socket.on('message', (data: RawData) => {
        if (extra.stranger?.takes(sizeOf(data)) === false) return;
        receive(messageOf(String(data))).catch((error: unknown) => {
          pipeline.mask(error); // logs it
          socket.close(CloseCode.InternalServerError, 'Internal server error');
        });
        abortCompleted(extra);
        if (socket.bufferedAmount >= ENOUGH_WAITING) socket.pause();
      });
    },
  };
}
