import { setTimeout as delay } from 'node:timers/promises';
import { pausesMs } from '../../../core/again.ts';
import { UpstreamError } from '../../../upstream/errors.ts';

/** Says nothing about what was asked for: something else answered, or the server failed without a word why, as with a database that is locked. */
const saysNothing = ({ fault, status, code }: UpstreamError) => fault === 'garbage' || (status === 500 && code === '');

/** Asks again, twice and quickly, before an answer that makes no sense is taken for one. Rejects with the last failure. */
export async function lookAgain<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof UpstreamError) || !saysNothing(error) || signal.aborted) throw error;
    }
    await delay(pauseMs, undefined, { signal }).catch(() => {});
  }
  return read();
}
