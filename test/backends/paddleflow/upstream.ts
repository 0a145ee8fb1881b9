import type { Bench } from '../../support/bench.ts';
import { base64, callerOf, type Caller } from '../../sandbox/paddleflow/bench.ts';

export { base64, type Caller };

/** Somebody who uses the PaddleFlow behind a source directly, past the gateway. */
export async function upstreamUser(url: string, username = 'root', password = 'paddleflow'): Promise<Caller> {
  const { body } = await callerOf(url, '').post('/login', { username, password });
  return callerOf(url, body.authorization);
}

/** A run made past the gateway; returns its id upstream. */
export async function startUpstream(bench: Bench, yaml: string, more: object = {}, source = 'prod'): Promise<string> {
  const root = await upstreamUser(bench.sandbox(source).url);
  const { status, text, body } = await root.post('/run', { runYamlRaw: base64(yaml), ...more });
  if (status !== 201) throw new Error(text);
  return body.runID;
}
