import { z } from 'zod';
import { UpstreamError } from '../../../upstream/errors.ts';
import type { JsonRequest } from '../../../upstream/http.ts';
import { markerParameter, maxKeysParameter } from '../wire/validate.ts';

/** `JsonHttp` with the caller's identity already in it. Paths are below `/api/paddleflow/v1`. */
export interface PaddleFlowHttp {
  readonly source: string;
  send<T>(request: JsonRequest, schema: z.ZodType<T>): Promise<T>;
}

/** `marker` absent: the first page. `maxKeys` 1 to 1000: anything else is refused here. */
export interface PageQuery {
  readonly marker?: string | undefined;
  readonly maxKeys: number;
}

/** Of a write. */
export interface Until {
  /** In milliseconds of `performance.now()`; default: now plus the budget. */
  readonly deadline?: number | undefined;
}

export const pageQuery = ({ marker, maxKeys }: PageQuery) => ({ maxKeys: maxKeysParameter(maxKeys), marker: markerParameter(marker) });

/** For answers with an empty body. Should one ever hold something, it must still be JSON, else it is not PaddleFlow that answered. */
export const anything = z.unknown();

/**
 * Some refusals say too little or the wrong thing: `""`, or one code for several causes. Where `work` ends with one of `codes`, `look`
 * reads what tells them apart and returns the better error, or nothing. If it finds out nothing, or fails itself, the refusal stays.
 */
export async function explained<T>(
  codes: readonly string[],
  work: Promise<T>,
  look: (refusal: UpstreamError) => Promise<UpstreamError | undefined>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.code === undefined || !codes.includes(error.code)) throw error;
    const better = await look(error).catch((failed: unknown) => (hasFault(failed, 'aborted') ? failed : undefined));
    throw better ?? error;
  }
}

/** What an error of PaddleFlow's table (1.7) would have said. Nothing has happened. */
export const meaning = (refusal: UpstreamError, code: string, detail: string): UpstreamError =>
  refusal.restated(
    { fault: 'rejected', code, outcomeUnknown: false },
    `answered ${refusal.status} ${refusal.code || '(no code)'}: ${detail}`,
  );

export const hasCode = (error: unknown, code: string): boolean => error instanceof UpstreamError && error.code === code;
const hasFault = (error: unknown, fault: UpstreamError['fault']): error is UpstreamError =>
  error instanceof UpstreamError && error.fault === fault;
