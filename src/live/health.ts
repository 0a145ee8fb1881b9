import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface HealthOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** For how long the main thread's loop has not turned, in milliseconds. */
  readonly silentMs: () => number;
  /** After which it is no longer believed to live. */
  readonly stuckMs: number;
  readonly leaving: () => boolean;
  /** Fails while the database does not answer. */
  readonly ask: () => Promise<unknown>;
}

/** Whoever is busy for longer gets no new clients. */
const busyMs = 5_000;
const answerMs = 3_000;

/**
 * `/healthz` and `/readyz` by a thread of its own: a gateway that is busy for some seconds lives, and whoever asks hears so at once. It is dead when its
 * loop has not turned for `stuckMs`, and not ready when it leaves, is busy for long, or the database does not answer.
 */
export async function startHealth({ host, port, silentMs, stuckMs, leaving, ask }: HealthOptions): Promise<{ readonly port: number }> {
  const alive = () => (silentMs() > stuckMs ? 'does nothing any more' : undefined);
  async function ready(): Promise<string | undefined> {
    if (leaving()) return 'being stopped';
    if (silentMs() > busyMs) return 'busy';
    const late = delay(answerMs, 'the database does not answer', { ref: false });
    return Promise.race([
      late,
      ask().then(
        () => undefined,
        () => 'the database does not answer',
      ),
    ]);
  }
  const server = createServer({ requestTimeout: 5_000, headersTimeout: 5_000 }, (request, response) => {
    const answer = async () => {
      const path = URL.parse(request.url ?? '/', 'http://gateway')?.pathname;
      const known = path === '/healthz' || path === '/readyz';
      const reason = path === '/readyz' ? await ready() : alive();
      const word = path === '/readyz' ? 'ready' : 'alive';
      response.writeHead(known ? (reason === undefined ? 200 : 503) : 404, { 'Content-Type': 'application/json', Connection: 'close' });
      response.end(known ? JSON.stringify({ [word]: reason === undefined, ...(reason !== undefined && { reason }) }) : undefined);
    };
    void answer();
  });
  server.maxConnections = 100;
  server.listen(port, host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port }; // not a pipe
}
