import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { respondJson } from './respond.ts';

/** 200 while work can be done here. A balancer that sees 503 sends new clients elsewhere; one that hears nothing may do anything. */
export async function answerReadiness(
  response: ServerResponse,
  leaving: AbortSignal,
  ready: () => Promise<void> | void,
  withinMs = 3_000,
): Promise<void> {
  if (leaving.aborted) return respondJson(response, 503, { ready: false, reason: 'being stopped' });
  const answered = new AbortController();
  try {
    const late = delay(withinMs, 'late', { signal: answered.signal }).catch(() => 'late');
    if ((await Promise.race([ready(), late])) === 'late') throw new Error('no answer in time');
    respondJson(response, 200, { ready: true });
  } catch (error) {
    respondJson(response, 503, { ready: false, reason: error instanceof Error ? error.message : String(error) });
  } finally {
    answered.abort();
  }
}
