import { randomUUID } from 'node:crypto';
import { GraphQLError, Kind } from 'graphql';
import type { ExecutionResult, FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { isWrongTypeOfId } from './global-id.ts';
import { redact } from '../redact/redact.ts';
import { withoutSecrets } from './redact.ts';

/** Gets what clients must not see, under the id that they do see. */
export type LogError = (errorId: string, error: unknown) => void;

/**
 * Decides what a client learns about a failure, which `translate` has put into the terms of the graph, where it can: GraphQLErrors with a code pass, mistakes in the query get one, an aborted request
 * is no error, and everything else becomes `INTERNAL` with an `errorId` that the log has too.
 */
export function createErrorMask(
  logError: LogError,
  translate: (error: unknown) => unknown = (error) => error,
): (error: unknown) => GraphQLError {
  return (raised) => {
    const error = translated(raised, translate);
    if (error instanceof GraphQLError && typeof error.extensions.code === 'string') return cleaned(error);
    if (isAbort(error)) return aborted();
    if (error instanceof GraphQLError && isMistakeInTheQuery(error))
      return withCode(error, briefly(redact(withoutSecrets(error.message))), {
        code: 'BAD_USER_INPUT',
        ...(error.path === undefined && { http: refusedWhole }),
      });
    const errorId = randomUUID();
    logError(errorId, error);
    return withCode(error, 'Internal error', { code: 'INTERNAL', errorId, unexpected: true });
  };
}

/** An error that a resolver let through as it was, in the terms of the graph and at the same place. */
function translated(raised: unknown, translate: (error: unknown) => unknown): unknown {
  if (!(raised instanceof GraphQLError)) return located(translate(raised), raised);
  let origin: GraphQLError = raised;
  while (origin.originalError instanceof GraphQLError) origin = origin.originalError;
  const told = translate(origin.originalError);
  return told === origin.originalError ? raised : located(told, raised);
}

function located(told: unknown, raised: unknown): unknown {
  if (told === raised || !(told instanceof Error)) return raised;
  const { nodes = null, source = null, positions = null, path = null } = raised instanceof GraphQLError ? raised : {};
  return new GraphQLError(told.message, { nodes, source, positions, path, originalError: told });
}

/** Nothing was executed, say because of a variable: 400, but where `application/json` was asked for, which has 200 for every well-formed request. */
const refusedWhole = { spec: true, status: 400 };

/** Messages quote what was sent, which may be a megabyte, once for each place where it is wrong. */
const longest = 1000;
export const briefly = (message: string) => (message.length <= longest ? message : `${message.slice(0, longest)} …`);

/** The answer to nobody: its reader has left. */
export const aborted = () => new GraphQLError('The request was aborted', { extensions: { code: 'ABORTED' } });

/** Without the hints for our own HTTP layer (`http`, `unexpected`), which Yoga removes by itself on its side. */
export function publicErrors(errors: readonly GraphQLError[]): GraphQLFormattedError[] {
  return errors.map((error) => {
    const { extensions, ...rest } = error.toJSON();
    const { http: _http, unexpected: _unexpected, ...visible } = extensions ?? {};
    return Object.keys(visible).length > 0 ? { ...rest, extensions: visible } : rest;
  });
}

/** A result as it goes to a client over SSE or WebSocket. */
export function publicResult({ errors, data, extensions }: PartialResult): FormattedExecutionResult {
  return { ...(errors && { errors: publicErrors(errors) }), ...(data !== undefined && { data }), ...(extensions && { extensions }) };
}

/** As graphql-js and graphql-ws have it, whose types differ in what may be undefined. */
type PartialResult = { [Key in keyof ExecutionResult]?: ExecutionResult[Key] | undefined };

/** It has said what it had to say, and whatever it repeats of others is no secret. */
function cleaned(error: GraphQLError): GraphQLError {
  const message = briefly(redact(withoutSecrets(error.message)));
  return message === error.message ? error : withCode(error, message, error.extensions);
}

function withCode(error: unknown, message: string, extensions: Record<string, unknown>): GraphQLError {
  if (!(error instanceof GraphQLError)) return new GraphQLError(message, { extensions });
  const { nodes = null, source = null, positions = null, path = null } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
}

/** An `AbortError`, also as the cause of the error that a client library or graphql-js made of it. */
function isAbort(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = causeOf(current)) {
    if (current.name === 'AbortError') return true;
  }
  return false;
}

const causeOf = (error: Error) => (error instanceof GraphQLError ? error.originalError : error.cause);

/**
 * graphql-js gives no codes. Outside of a field it complains about the request alone (a variable of the wrong type). Inside one it
 * points at the literal or variable at fault; when it points at the field, or nowhere, our resolver returned what it must not.
 */
function isMistakeInTheQuery(error: GraphQLError): boolean {
  let origin: GraphQLError = error;
  while (origin.originalError instanceof GraphQLError) origin = origin.originalError;
  if (isWrongTypeOfId(origin)) return true;
  if (origin.originalError !== undefined) return false;
  if (error.path === undefined) return true;
  const kind = origin.nodes?.[0]?.kind;
  return origin !== error && kind !== undefined && kind !== Kind.FIELD;
}
