import { execute, getOperationAST, GraphQLError } from 'graphql';
import type { ExecutionArgs, ExecutionResult, GraphQLSchema, OperationTypeNode } from 'graphql';
import { createYoga } from 'graphql-yoga';
import type { Plugin } from 'graphql-yoga';
import { useFreshLoaders } from '../graphql/fresh-loaders.ts';
import { withFewErrors } from '../graphql/error-count.ts';
import { useExactVariables } from '../graphql/exact-variables.ts';
import { useIntrospection, withoutSuggestion, type RefusalOf } from '../graphql/introspection.ts';
import { useLimits } from '../graphql/limits.ts';
import type { Limits } from '../graphql/limits.ts';
import { aborted, briefly, createErrorMask } from '../graphql/masking.ts';
import type { LogError } from '../graphql/masking.ts';
import { createDocumentCache } from './document-cache.ts';
import { createLoopTurns } from './loop-turns.ts';
import type { Identify, MakeContext, Operation, Visitor } from './operation.ts';
import type { GraphQLParams } from './params.ts';

export interface PipelineOptions<Context extends object> {
  schema: GraphQLSchema;
  context: MakeContext<Context>;
  identify: Identify;
  /** Who may see the schema, by introspection and by what messages suggest. */
  introspection: 'viewers' | 'everybody';
  logError: LogError;
  /** What errors that resolvers let through as they are mean to clients; anything that it does not know stays as it is. */
  translate?: ((error: unknown) => unknown) | undefined;
  limits: Limits;
  /** Further Yoga (envelop) plugins: they see the operations of every transport. */
  plugins?: readonly Plugin[];
}

/** What Yoga gets along with a request: the front has already read the body and met the client. */
export interface PipelineInput {
  operation: Operation;
  params: GraphQLParams;
}

/**
 * Parsing, validation, limits, context, execution and masking: once, for all transports. Plain HTTP goes through `yoga.fetch`,
 * which knows the status codes and media types; SSE and WebSocket go through `prepare`, then `execute` or `subscribe`.
 */
export function createPipeline<Context extends object>({
  schema,
  context,
  identify,
  introspection,
  logError,
  translate,
  limits,
  plugins = [],
}: PipelineOptions<Context>) {
  const mask = createErrorMask(logError, translate);
  /** Why a caller may not see the schema. */
  const hides: RefusalOf = (seen) =>
    introspection === 'everybody' ? undefined : (seen as { operation?: Operation }).operation?.visitor.refusal; // see `yoga.context`
  const yoga = createYoga<PipelineInput>({
    schema,
    context: async ({ operation }) => ({ ...(await withStatus(async () => context(operation))), operation }),
    maskedErrors: { maskError: mask },
    plugins: [useExactVariables(), useLimits(limits), useIntrospection(hides), useFreshLoaders(), useOperation(hides), ...plugins],
    parserAndValidationCache: { documentCache: createDocumentCache(), errorCache: forgetful }, // Yoga would keep whole queries, however long
    maxRequestBodySize: false, // the front has limited and read it; Yoga's way costs half of a small query
    batching: false,
    multipart: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    logging: false,
  });
  const loop = createLoopTurns();
  const enveloped = (operation: Operation) => yoga.getEnveloped({ operation });
  const { execute: run, subscribe } = yoga.getEnveloped();

  return {
    async fetch(url: string, init: RequestInit, input: PipelineInput): Promise<Response> {
      await loop.next(input.operation.client.connection);
      return yoga.fetch(url, init, input);
    },
    identify: (headers: Operation['headers']): Promise<Visitor> => withStatus(async () => identify(headers)),
    /** Null for a query that does not parse or names no operation of it. */
    kindOf({ query, operationName }: GraphQLParams, operation: Operation): OperationTypeNode | undefined {
      try {
        return getOperationAST(enveloped(operation).parse(query), operationName)?.operation;
      } catch {
        return undefined;
      }
    },
    /** Everything up to the execution. Answers errors for the client and never throws. */
    async prepare({ query, variables, operationName }: GraphQLParams, operation: Operation): Promise<Prepared> {
      await loop.next(operation.client.connection);
      try {
        const { parse, validate } = enveloped(operation);
        const document = parse(query);
        const kind = getOperationAST(document, operationName)?.operation;
        if (kind === undefined) return { errors: [noOperation()] };
        const errors: readonly GraphQLError[] = validate(schema, document);
        if (errors.length > 0) return { errors: hides({ operation }) ? errors.map(withoutSuggestion) : errors };
        const { contextFactory } = enveloped({ ...operation, endless: kind === 'subscription' });
        const contextValue: unknown = await contextFactory();
        return { kind, args: { schema, document, contextValue, variableValues: variables ?? {}, operationName: operationName ?? null } };
      } catch (error) {
        return { errors: [mask(error)] };
      }
    },
    execute: run as (args: ExecutionArgs) => Promise<ExecutionResult> | ExecutionResult, // Yoga types them by its own context
    subscribe: subscribe as (args: ExecutionArgs) => Promise<AsyncIterable<ExecutionResult> | ExecutionResult>,
    mask,
  };
}

export type Pipeline = ReturnType<typeof createPipeline>;

/** Ready to be executed, or refused with errors for the client. */
export type Prepared =
  | { kind: OperationTypeNode; args: ExecutionArgs; errors?: never }
  | { errors: readonly GraphQLError[]; kind?: never; args?: never };

const noOperation = () =>
  new GraphQLError('Could not determine what operation to execute.', {
    extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
  });

/** Statuses of the codes that `context` and `identify` may throw with: only there, as a field that is forbidden does not spoil the whole answer. */
const statuses: Partial<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  TOO_MANY_REQUESTS: 429,
  UPSTREAM_UNAVAILABLE: 503,
};

async function withStatus<T>(make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    const status = error instanceof GraphQLError ? statuses[String(error.extensions.code)] : undefined;
    if (!(error instanceof GraphQLError) || status === undefined) throw error;
    const headers = status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {};
    throw new GraphQLError(error.message, { extensions: { http: { status, headers }, ...error.extensions } });
  }
}

/** What does not parse is not worth keeping. */
const forgetful = { get: () => undefined, set: () => {} };

/** What Yoga leaves out on transports that are not its own, and what depends on the transport. */
function useOperation(hides: RefusalOf): Plugin<PipelineInput, PipelineInput> {
  return {
    onRequestParse: ({ serverContext, setRequestParser }) => setRequestParser(() => serverContext.params),
    // Not where they are made: what was found out about a document is kept for the next one who sends it.
    onResultProcess({ result, setResult, serverContext }) {
      if (Array.isArray(result) || !('errors' in result) || !result.errors || !hides(serverContext)) return;
      setResult({ ...result, errors: result.errors.map(withoutSuggestion) });
    },
    onParse:
      () =>
      ({ result }) => {
        if (result instanceof GraphQLError) describe(result, 'GRAPHQL_PARSE_FAILED');
      },
    onValidate:
      () =>
      ({ result }) => {
        for (const error of result) describe(error, 'GRAPHQL_VALIDATION_FAILED');
      },
    onExecute({ args, setExecuteFn, setResultAndStopExecution }) {
      if (args.contextValue.operation.signal.aborted) setResultAndStopExecution({ errors: [aborted()] });
      else setExecuteFn(executeBounded); // graphql-js itself instead of Yoga's copy
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      if (args.contextValue.operation.signal.aborted) setResultAndStopExecution({ errors: [aborted()] });
      else if (args.contextValue.operation.transport === 'http') setResultAndStopExecution({ errors: [needsStream()] });
    },
  };
}

async function executeBounded(args: ExecutionArgs): Promise<ExecutionResult> {
  return withFewErrors(await execute(args));
}

/** graphql-js gives no codes. */
function describe(error: GraphQLError, code: string): void {
  error.extensions.code ??= code;
  error.message = briefly(error.message);
}

const needsStream = () =>
  new GraphQLError('A subscription needs a stream: accept text/event-stream, or use a WebSocket.', {
    extensions: { code: 'SUBSCRIPTION_NEEDS_STREAM', http: { status: 406 } },
  });
