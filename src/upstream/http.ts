import type { z } from 'zod';

export type Lane = 'leader' | 'viewer';

export interface JsonRequest {
  /** Low-cardinality name for metrics: `getRun`. */
  readonly call: string;
  /** Default GET. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | undefined;
  /** Below the API's base, already encoded, beginning with `/`. */
  readonly path: string;
  /** `undefined` and `""` are left out. */
  readonly query?: Readonly<Record<string, string | undefined>> | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly slow?: boolean | undefined;
}

export interface JsonHttp {
  readonly source: string;
  send<T>(request: JsonRequest, schema: z.ZodType<T>): Promise<T>;
}
