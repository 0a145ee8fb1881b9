import type { ServerResponse } from 'node:http';
import { respondJson } from './respond.ts';

/** 200 while work can be done here. A balancer that sees 503 sends new clients elsewhere. */
export async function answerReadiness(response: ServerResponse, leaving: AbortSignal, ready: () => Promise<void> | void): Promise<void> {
  if (leaving.aborted) return respondJson(response, 503, { ready: false, reason: 'being stopped' });
  try {
    await ready();
    respondJson(response, 200, { ready: true });
  } catch (error) {
    respondJson(response, 503, { ready: false, reason: error instanceof Error ? error.message : String(error) });
  }
}
