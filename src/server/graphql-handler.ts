import type { IncomingMessage, ServerResponse } from 'node:http';
import { deliveryOf } from './accept.ts';
import type { Client } from './client.ts';
import type { Intake } from './intake.ts';
import type { Lobby } from './lobby.ts';
import type { Operation } from './operation.ts';
import { readParams } from './params.ts';
import type { GraphQLParams } from './params.ts';
import type { Pipeline } from './pipeline.ts';
import { answerWithEvents } from './sse.ts';
import type { StreamOptions } from './sse.ts';
import type { StrangerLimits } from './strangers.ts';

export interface GraphQLHandlerOptions {
  pipeline: Pipeline;
  maxBodyBytes: number;
  strangers: StrangerLimits;
  intake: Intake;
  lobby: Lobby;
  /** Called with each request of somebody who is known. */
  onKnown: (request: IncomingMessage) => void;
  streams: StreamOptions;
  clientOf: (request: IncomingMessage) => Client;
  /** Aborted when the gateway stops: subscriptions end, what has an end of its own is still answered. */
  leaving: AbortSignal;
}

/** One operation over HTTP, answered as JSON or as an event stream. Throws GraphQLErrors for what is refused before it is parsed. */
export function createGraphQLHandler(options: GraphQLHandlerOptions) {
  const { pipeline, streams, clientOf, leaving } = options;
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    const client = clientOf(request); // of a connection that is closed nothing is known
    const { headers } = request;
    const visitor = await pipeline.identify(headers);
    const params = await receive(request, url, { visitor, client }, options);
    const json: Operation = { headers, transport: 'http', client, visitor, signal: gone.signal };
    const delivery = deliveryOf(headers.accept);
    if (delivery === 'json') return answerWithJson(request, response, params, json, pipeline);
    const endless = pipeline.kindOf(params, json) === 'subscription';
    if (delivery === 'either' && !endless) return answerWithJson(request, response, params, json, pipeline);
    const lastEventId = headers['last-event-id'];
    const operation: Operation = {
      headers,
      transport: 'sse',
      client,
      visitor,
      signal: endless ? AbortSignal.any([gone.signal, leaving]) : gone.signal,
      ...(typeof lastEventId === 'string' && lastEventId !== '' && { lastEventId }),
    };
    await answerWithEvents({ request, response, params, operation, pipeline }, streams);
  };
}

/** A stranger says little, and quickly. */
async function receive(
  request: IncomingMessage,
  url: URL,
  { visitor, client }: Pick<Operation, 'visitor' | 'client'>,
  { maxBodyBytes, strangers, intake, lobby, onKnown }: GraphQLHandlerOptions,
): Promise<GraphQLParams> {
  if (visitor.refusal === undefined) {
    onKnown(request);
    return readParams(request, url, { maxBytes: maxBodyBytes, intake, sender: { viewer: visitor.identity, network: client.network } });
  }
  // A connection of their own waits in the lobby anyway; that of a proxy may be known already, by somebody else.
  const guest = client.proxied ? lobby.enter(client.network, () => request.destroy()) : undefined;
  try {
    const { messageBytes: maxBytes, requestMs: withinMs } = strangers;
    return await readParams(request, url, { maxBytes: Math.min(maxBytes, maxBodyBytes), withinMs, intake, sender: {} });
  } finally {
    guest?.leave();
  }
}

/** Status codes and media types are Yoga's, which follows the GraphQL over HTTP specification. */
async function answerWithJson(
  { method = 'GET', headers }: IncomingMessage,
  response: ServerResponse,
  params: GraphQLParams,
  operation: Operation,
  pipeline: Pipeline,
): Promise<void> {
  const accept = { accept: headers.accept ?? '*/*' }; // Yoga needs to know nothing else; `context` gets all headers
  const answer = await pipeline.fetch('http://gateway/graphql', { method, headers: accept }, { operation, params });
  const body = await answer.text();
  if (response.destroyed) return;
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(body);
}
