import type { IncomingMessage, ServerResponse } from 'node:http';
import { deliveryOf } from './accept.ts';
import type { Client } from './client.ts';
import type { Operation } from './operation.ts';
import { readParams } from './params.ts';
import type { GraphQLParams } from './params.ts';
import type { Pipeline } from './pipeline.ts';
import { answerWithEvents } from './sse.ts';
import type { StreamOptions } from './sse.ts';

export interface GraphQLHandlerOptions {
  pipeline: Pipeline;
  maxBodyBytes: number;
  streams: StreamOptions;
  clientOf: (request: IncomingMessage) => Client;
  /** Aborted when the gateway stops: subscriptions end, what has an end of its own is still answered. */
  leaving: AbortSignal;
}

/** One operation over HTTP, answered as JSON or as an event stream. Throws GraphQLErrors for what is refused before it is parsed. */
export function createGraphQLHandler({ pipeline, maxBodyBytes, streams, clientOf, leaving }: GraphQLHandlerOptions) {
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    const client = clientOf(request); // of a connection that is closed nothing is known
    const params = await readParams(request, url, maxBodyBytes);
    const { headers } = request;
    const json: Operation = { headers, transport: 'http', client, signal: gone.signal };
    const delivery = deliveryOf(headers.accept);
    if (delivery === 'json') return answerWithJson(request, response, params, json, pipeline);
    const endless = pipeline.kindOf(params, json) === 'subscription';
    if (delivery === 'either' && !endless) return answerWithJson(request, response, params, json, pipeline);
    const lastEventId = headers['last-event-id'];
    const operation: Operation = {
      headers,
      transport: 'sse',
      client,
      signal: endless ? AbortSignal.any([gone.signal, leaving]) : gone.signal,
      ...(typeof lastEventId === 'string' && lastEventId !== '' && { lastEventId }),
    };
    await answerWithEvents({ request, response, params, operation, pipeline }, streams);
  };
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
