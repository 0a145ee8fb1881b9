import { createServer, STATUS_CODES } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { GraphQLError } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { createGraphiQL } from './graphiql/graphiql.ts';
import type { AboutGateway, Example } from './graphiql/graphiql.ts';
import { defaultLimits } from './graphql/limits.ts';
import type { Limits } from './graphql/limits.ts';
import { publicErrors } from './graphql/masking.ts';
import type { LogError } from './graphql/masking.ts';
import { wantsPage } from './server/accept.ts';
import { createClientReader, createProxyTest } from './server/client.ts';
import { watchConnections } from './server/connections.ts';
import { drain } from './server/drain.ts';
import { createGraphQLHandler } from './server/graphql-handler.ts';
import { createIntake, defaultIntakeLimits, type IntakeLimits } from './server/intake.ts';
import { createLobby } from './server/lobby.ts';
import type { Identify, MakeContext } from './server/operation.ts';
import { refusal } from './server/params.ts';
import { createPipeline } from './server/pipeline.ts';
import { answerReadiness } from './server/probes.ts';
import { httpOf, respondJson, respondWithErrors } from './server/respond.ts';
import { cutOffWhenStalled } from './server/stall.ts';
import { defaultStrangerLimits, type StrangerLimits } from './server/strangers.ts';
import { createDoor } from './server/visitors.ts';
import { createSockets } from './server/websocket.ts';

export interface GatewayOptions<Context extends object> {
  schema: GraphQLSchema;
  context: MakeContext<Context>;
  /** Who asks. Without it nobody is a stranger. */
  identify?: Identify;
  /** Who may see the schema: by default `viewers`, which are all that `identify` does not refuse. */
  introspection?: 'viewers' | 'everybody' | undefined;
  /** Whether work can be done here now; asked by `/readyz`. Throwing means no, and its message is for the operators. */
  ready: () => Promise<void> | void;
  logError: LogError;
  /** What errors that resolvers let through as they are mean to clients. */
  translate?: (error: unknown) => unknown;
  limits?: Partial<Limits>;
  plugins?: readonly Plugin[];
  /** The first tabs of GraphiQL. */
  examples?: readonly Example[];
  /** What the page tells of who may come; without it the page has no place for a token. */
  about?: AboutGateway;
  /** Web pages that may use the gateway from elsewhere; none by default, `*` for all. */
  origins?: readonly string[];
  /** Pages of this machine may use it, on whatever port; for a gateway on a loopback address. */
  localPages?: boolean;
  /** Names in the `Host` header, besides loopback ones, that are right while bound to loopback. */
  hosts?: readonly string[];
  /** Addresses and networks of proxies in front: what they say in `X-Forwarded-For` is believed. */
  proxies?: readonly string[];
  maxBodyBytes?: number;
  maxOperationsPerSocket?: number;
  keepAliveMs?: number;
  stallMs?: number;
  /** What those get of whom it is not known who they are. */
  strangers?: Partial<StrangerLimits>;
  /** Of requests whose bodies are half received. */
  intake?: Partial<IntakeLimits>;
  /** Connections at a time; further ones are closed at once. */
  maxConnections?: number;
  /** How long a connection may stay idle between two requests, in milliseconds: longer than a balancer in front keeps it, else it may reuse one that ends just then. */
  idleMs?: number;
  /** How long `close()` waits for work that has begun, in milliseconds. */
  drainMs?: number;
}

export interface Gateway extends AsyncDisposable {
  server: Server;
  /** Resolves to `http://host:port`. Port 0 takes a free one. */
  listen(port: number, host: string): Promise<string>;
  /** Not ready any more, takes no more work, lets what has begun come to its end, then closes. Safe to call twice. */
  close(): Promise<void>;
}

/** The graph on one `http.Server`: `/graphql` over HTTP, SSE and WebSocket, GraphiQL, `/healthz` and `/readyz`. */
export function createGateway<Context extends object>(options: GatewayOptions<Context>): Gateway {
  const { schema, context, ready, logError, plugins = [], examples = [], origins = [], hosts = [] } = options;
  const { maxBodyBytes = 1024 * 1024, keepAliveMs = 12_000, stallMs = 60_000, drainMs = 10_000 } = options;
  const leaving = new AbortController();
  let boundTo = '';

  const strangers = { ...defaultStrangerLimits, ...options.strangers };
  const lobby = createLobby({ all: strangers.connections, perNetwork: strangers.connectionsPerNetwork });
  const pipeline = createPipeline({
    schema,
    context,
    identify: options.identify ?? (async () => ({})),
    introspection: options.introspection ?? 'viewers',
    logError,
    translate: options.translate,
    limits: { ...defaultLimits, ...options.limits },
    plugins,
  });
  const isProxy = createProxyTest(options.proxies);
  const door = createDoor({ origins, hosts, localPages: options.localPages ?? false, isProxy });
  const graphiql = createGraphiQL(examples, options.about);
  const streams = { keepAliveMs, stallMs };
  const clientOf = createClientReader(options.proxies);
  const intake = createIntake({ ...defaultIntakeLimits, ...options.intake });
  const graphql = createGraphQLHandler({
    pipeline,
    maxBodyBytes,
    strangers,
    intake,
    lobby,
    onKnown: (request) => connections.release(request),
    streams,
    clientOf,
    leaving: leaving.signal,
  });
  const sockets = createSockets(pipeline, {
    ...streams,
    maxMessageBytes: maxBodyBytes,
    maxOperations: options.maxOperationsPerSocket ?? 100,
    strangers,
    lobby,
    clientOf,
  });

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = URL.parse(request.url ?? '/', 'http://gateway');
    if (url?.pathname === '/healthz') return respondJson(response, 200, { alive: true });
    if (url?.pathname === '/readyz') return await answerReadiness(response, leaving.signal, ready);
    door.assertHost(request, boundTo);
    if (request.method === 'GET' && url?.pathname === '/' && wantsPage(request.headers.accept)) {
      return void response.writeHead(302, { Location: 'graphql' }).end(); // relative: a proxy may have taken a path away
    }
    if (request.method === 'GET' && url !== null && graphiql.serves(url.pathname)) return graphiql.serve(url.pathname, request, response);
    if (url?.pathname !== '/graphql') throw refusal(404, 'NOT_FOUND', 'There is nothing here: the graph is at /graphql.');
    if (request.method === 'GET' && wantsPage(request.headers.accept)) return graphiql.page(response);
    door.assertOrigin(request);
    if (door.answerCors(request, response)) return;
    await graphql(request, response, url);
  };

  const times = {
    requestTimeout: Math.max(30_000, strangers.requestMs),
    headersTimeout: strangers.requestMs,
    connectionsCheckingInterval: Math.min(strangers.requestMs / 2, 5_000),
    keepAliveTimeout: options.idleMs ?? 75_000,
  };
  const server = createServer({ ...times, shouldUpgradeCallback: wantsWebSocket }, (request, response) => {
    cutOffWhenStalled(response, stallMs);
    response.on('error', () => {}); // the client is gone; `close` follows and ends its work
    if (leaving.signal.aborted) response.setHeader('Connection', 'close');
    response.once('close', () => leaving.signal.aborted && setImmediate(() => server.closeIdleConnections()));
    route(request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      respondWithErrors(response, [pipeline.mask(error)]);
    });
  });

  server.maxConnections = options.maxConnections ?? 10_000;
  const connections = watchConnections(server, lobby, isProxy);

  server.on('upgrade', (request, connection, head) => {
    connection.on('error', () => {});
    try {
      if (URL.parse(request.url ?? '/', 'http://gateway')?.pathname !== '/graphql')
        throw refusal(404, 'NOT_FOUND', 'WebSockets are at /graphql.');
      if (leaving.signal.aborted) throw refusal(503, 'UNAVAILABLE', 'The gateway is being stopped.');
      door.assertHost(request, boundTo);
      door.assertOrigin(request);
      connections.release(request); // to enter again as a socket
      sockets.accept(request, connection, head);
    } catch (error) {
      refuseUpgrade(connection, pipeline.mask(error));
    }
  });

  let closed: Promise<void> | undefined;
  const close = () => (closed ??= drain({ server, sockets, leaving, drainMs }));

  return {
    server,
    async listen(port, host) {
      boundTo = host;
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        // Beyond the queue of the kernel, who comes waits for seconds until asking again: it holds as many as the system lets it.
        server.listen({ port, host, backlog: 4096 }, resolve);
      });
      const { address, family, port: taken } = server.address() as AddressInfo; // not a pipe: a port was given
      return `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Java's client offers an upgrade to HTTP/2 with each request, which is then just a request. */
const wantsWebSocket = ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket';

/** Before the handshake there is only HTTP, which browsers show to nobody but other clients to their users. */
function refuseUpgrade(connection: Duplex, error: GraphQLError): void {
  const { status } = httpOf([error]);
  const body = JSON.stringify({ errors: publicErrors([error]) });
  connection.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
