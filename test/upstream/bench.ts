import { expect } from 'vitest';
import { z } from 'zod';
import { type ErrorDialect } from '../../src/upstream/answer.ts';
import { UpstreamError } from '../../src/upstream/errors.ts';
import { createJsonHttp, type JsonHttp, type JsonHttpOptions } from '../../src/upstream/http.ts';

const Words = z.object({ code: z.string(), message: z.string(), requestID: z.string() });

/** A made-up upstream: `Busy` passes, `""` is about one thing alone. */
export const dialect: ErrorDialect = {
  parse(body) {
    const words = Words.safeParse(body);
    return words.success ? { ...words.data, requestId: words.data.requestID } : undefined;
  },
  errors: () => undefined,
  retries: (_status, code) => (code === 'Busy' ? 2 : code === '' ? 1 : 0),
  countsAgainstSource: (_status, code) => code !== '',
};

export type Bench = AsyncDisposable & JsonHttp;

/** Retries wait for nothing worth mentioning. */
export function client(url: string, options: Partial<JsonHttpOptions> = {}): Bench {
  const http = createJsonHttp({ source: 'prod', url, dialect, requestIdHeader: 'x-id', retry: { baseMs: 1 }, ...options });
  return { ...http, [Symbol.asyncDispose]: http.close };
}

export const Thing = z.object({ name: z.string() });
export const read = { call: 'readThing', path: '/thing/1' } as const;
export const write = { call: 'makeThing', method: 'POST', path: '/thing', body: { name: 'a' } } as const;

/** The `UpstreamError` with which the work ends; anything else fails the test. */
export async function errorOf(work: Promise<unknown>): Promise<UpstreamError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UpstreamError);
  return error as UpstreamError; // just checked
}
