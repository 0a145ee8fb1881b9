import { once } from 'node:events';
import { connect } from 'node:net';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';
import { pause, report, startWorld, type GatewayProcess } from './world.ts';

const count = 500;
const megabyte = 'x'.repeat(1_000_000);

/** What 500 strangers can do with a connection each. */
const attacks: Record<string, (url: URL) => Promise<() => void>> = {
  'a connection_init of 1 MB': async (url) => {
    const socket = new WebSocket(`ws://${url.host}/graphql`, 'graphql-transport-ws');
    socket.on('error', () => {});
    await Promise.race([once(socket, 'open'), once(socket, 'close')]).catch(() => {});
    if (socket.readyState === socket.OPEN)
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: 'Bearer x', megabyte } }));
    return () => socket.terminate();
  },
  'a connection_init of 7 kB': async (url) => {
    const socket = new WebSocket(`ws://${url.host}/graphql`, 'graphql-transport-ws');
    socket.on('error', () => {});
    await Promise.race([once(socket, 'open'), once(socket, 'close')]).catch(() => {});
    if (socket.readyState === socket.OPEN)
      socket.send(JSON.stringify({ type: 'connection_init', payload: { more: megabyte.slice(0, 7_000) } }));
    return () => socket.terminate();
  },
  'half of its headers': async (url) => raw(url, `POST /graphql HTTP/1.1\r\nHost: ${url.host}\r\nX: ${megabyte.slice(0, 10_000)}`),
  'half a body of 1 MB': async (url) =>
    raw(
      url,
      `POST /graphql HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n${megabyte.slice(0, 900_000)}`,
    ),
};

async function raw({ hostname, port }: URL, words: string): Promise<() => void> {
  const connection = connect(Number(port), hostname);
  connection.on('error', () => {});
  await Promise.race([once(connection, 'connect'), once(connection, 'close')]).catch(() => {});
  connection.write(words);
  return () => connection.destroy();
}

/** The longest that somebody waits who just asks whether it lives, one question after the other. */
async function watch(gateway: GatewayProcess, during: Promise<unknown>): Promise<{ slowest: number; peak: number }> {
  const over = new AbortController();
  void during.finally(() => over.abort());
  let [slowest, peak] = [0, 0];
  while (!over.signal.aborted) {
    const began = performance.now();
    await fetch(`${gateway.url}/healthz`, { signal: AbortSignal.timeout(20_000) }).catch(() => {});
    slowest = Math.max(slowest, performance.now() - began);
    peak = Math.max(peak, await gateway.memory());
    await pause(10);
  }
  return { slowest, peak };
}

/** Memory of a gateway, and the wait of a bystander, while strangers do their worst. */
export async function strangers(): Promise<void> {
  await using world = await startWorld();
  const gateway = await world.startGateway();
  for (let n = 0; n < 200; n += 1) await fetch(`${gateway.url}/healthz`);
  for (const name of Object.keys(attacks)) {
    const before = await gateway.memory();
    // In a thread of its own: else the bystander would wait for the attackers, and not for the gateway.
    const attacking = once(new Worker(new URL(import.meta.url), { workerData: { name, url: gateway.url } }), 'exit');
    const { slowest, peak } = await watch(gateway, attacking);
    await pause(1_000);
    report(
      `${count} × ${name}: memory ${before.toFixed(0)} MiB before, ${peak.toFixed(0)} at its peak, ${(await gateway.memory()).toFixed(0)} after; a bystander waited ${slowest.toFixed(0)} ms at most`,
    );
  }
}

if (!isMainThread) {
  const { name, url } = workerData as { name: string; url: string }; // see above
  const ends = await Promise.all(Array.from({ length: count }, () => attacks[name]?.(new URL(url))));
  await pause(3_000);
  for (const end of ends) end?.();
}
