import type { ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import { publicErrors } from '../graphql/masking.ts';

/** An answer without data: errors as JSON, with the status and headers that they name. */
export function respondWithErrors(response: ServerResponse, errors: readonly GraphQLError[]): void {
  if (response.destroyed) return;
  const { status, headers } = httpOf(errors);
  respondJson(response, status, { errors: publicErrors(errors) }, headers);
}

export function respondJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

export interface HttpHints {
  status: number;
  headers: Record<string, string>;
}

/** Errors carry `extensions.http`, as Yoga has it; without one they are a fault of ours. */
export function httpOf(errors: readonly GraphQLError[]): HttpHints {
  for (const { extensions } of errors) {
    const hints = extensions.http as Partial<HttpHints> | undefined; // written by this folder and by Yoga only
    if (hints?.status !== undefined) return { status: hints.status, headers: hints.headers ?? {} };
  }
  return { status: 500, headers: {} };
}
