import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import { cursorOf } from '../graphql/fresh-loaders.ts';
import { publicResult } from '../graphql/masking.ts';
import type { Operation } from './operation.ts';
import { refusal } from './params.ts';
import type { GraphQLParams } from './params.ts';
import type { Pipeline } from './pipeline.ts';
import { httpOf, respondWithErrors } from './respond.ts';

export interface StreamOptions {
  /** Between two signs of life to an idle client, in milliseconds: proxies close what is silent for a minute. */
  keepAliveMs: number;
  /** A client that takes none of the waiting bytes for so long, in milliseconds, is cut off. It resumes from its cursor. */
  stallMs: number;
}

/**
 * One operation as an event stream: the distinct connections mode of GraphQL over SSE, with `next` and `complete`. The `id` of an
 * event is the cursor of its item, which an `EventSource` gives back as `Last-Event-ID` when it reconnects.
 */
export async function answerWithEvents(
  { request, response, params, operation, pipeline }: StreamedRequest,
  options: StreamOptions,
): Promise<void> {
  const { kind, args, errors } = await prepare(request, params, operation, pipeline);
  if (errors !== undefined && isForTheTransport(errors)) return respondWithErrors(response, errors);
  if (response.destroyed) return;
  const begun = errors === undefined && kind === 'subscription' ? await subscribe(args, pipeline) : undefined;
  if (begun && !(Symbol.asyncIterator in begun) && isForTheTransport(begun.errors ?? []))
    return respondWithErrors(response, begun.errors ?? []);
  const stream = openStream(response, options);
  try {
    const result = begun ?? (errors !== undefined ? { errors } : await pipeline.execute(args));
    if (Symbol.asyncIterator in result) await pump(result, stream, operation.signal);
    else await stream.next(result);
  } catch (error) {
    await stream.next({ errors: [pipeline.mask(error)] });
  }
  // A client that is told `complete` is done. One that the gateway leaves must come back instead, so it sees the stream break off.
  stream.end({ complete: !operation.signal.aborted });
}

/** Whether it is allowed shows only when it begins, and may be a matter of HTTP. */
async function subscribe(args: ExecutionArgs, pipeline: Pipeline): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
  try {
    return await pipeline.subscribe(args);
  } catch (error) {
    return { errors: [pipeline.mask(error)] };
  }
}

export interface StreamedRequest {
  request: IncomingMessage;
  response: ServerResponse;
  params: GraphQLParams;
  operation: Operation;
  pipeline: Pipeline;
}

async function prepare(request: IncomingMessage, params: GraphQLParams, operation: Operation, pipeline: Pipeline) {
  if (request.method === 'GET' && pipeline.kindOf(params, operation) === 'mutation') {
    return { errors: [refusal(405, 'BAD_REQUEST', 'Can only perform a mutation operation from a POST request.', { Allow: 'POST' })] };
  }
  return pipeline.prepare(params, operation);
}

/** A mistake in the query is the answer to it, streamed with status 200. No token or a wrong method is a matter of HTTP. */
function isForTheTransport(errors: readonly GraphQLError[]): boolean {
  const { status } = httpOf(errors);
  return [401, 403, 405, 429, 503].includes(status);
}

/** One item at a time: the next is pulled when the last one has gone out, so nothing piles up for a client that does not read. */
async function pump(results: AsyncIterable<ExecutionResult>, stream: EventStream, signal: AbortSignal): Promise<void> {
  const iterator = results[Symbol.asyncIterator]();
  const leave = () => void iterator.return?.().catch(() => {}); // wakes a pending `next()`, which then ends the loop below
  if (signal.aborted) leave();
  signal.addEventListener('abort', leave, { once: true });
  try {
    for (;;) {
      const { done, value } = await iterator.next();
      if (done === true || signal.aborted) return;
      await stream.next(value);
    }
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

type EventStream = ReturnType<typeof openStream>;

function openStream(response: ServerResponse, { keepAliveMs }: Pick<StreamOptions, 'keepAliveMs'>) {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no', // nginx collects answers otherwise
  });
  response.write(':\n\n'); // some browsers wait for the first byte of the body
  const keepAlive = setInterval(() => {
    if (!response.writableNeedDrain && !response.destroyed) response.write(':\n\n');
  }, keepAliveMs);
  response.once('close', () => clearInterval(keepAlive));
  const closed = new Promise<void>((resolve) => response.once('close', resolve));
  const write = async (text: string) => {
    // Waiting until it is closed for good, when the operation is aborted: it would pull on for nobody till then.
    if (response.destroyed) return closed;
    if (!response.write(text)) await drained(response);
  };
  return {
    next(result: ExecutionResult): Promise<void> {
      const cursor = cursorOf(result);
      const id = cursor === undefined || /[\r\n\0]/.test(cursor) ? '' : `id: ${cursor}\n`;
      return write(`event: next\n${id}data: ${JSON.stringify(publicResult(result))}\n\n`);
    },
    end({ complete }: { complete: boolean }): void {
      clearInterval(keepAlive);
      if (response.destroyed) return;
      response.end(complete ? 'event: complete\ndata:\n\n' : undefined);
    },
  };
}

/** The bytes have gone to the kernel, or nobody is there any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
