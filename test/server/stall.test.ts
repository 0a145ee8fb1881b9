import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { startToy } from './toy.ts';

const many = `query ($t: String!) { ${Array.from({ length: 90 }, (_, n) => `a${n}: echo(text: $t)`).join(' ')} }`;
const large = JSON.stringify({ query: many, variables: { t: 'x'.repeat(500_000) } });
/** A client that sends and never reads, and the gateway's end of its connection. */
async function sendAndNeverRead(toy: Awaited<ReturnType<typeof startToy>>, body: string) {
  const accepted = once(toy.gateway.server, 'connection') as Promise<[Socket]>;
  const { hostname, port } = new URL(toy.url);
  const client = connect(Number(port), hostname).on('error', () => {});
  client.pause();
  client.write(
    `POST /graphql HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  const [server] = await accepted;
  return { server, [Symbol.dispose]: () => void client.destroy() };
}

test('a JSON answer that nobody reads is not kept for ever: its client is cut off', async () => {
  await using toy = await startToy({ stallMs: 100 });
  using stalled = await sendAndNeverRead(toy, large);
  if (!stalled.server.destroyed) await once(stalled.server, 'close');
  expect(stalled.server.destroyed).toBe(true);
});

test('who waits longer than that for an answer is left alone', async () => {
  await using toy = await startToy({ stallMs: 20 });
  const accepted = once(toy.gateway.server, 'connection') as Promise<[Socket]>;
  const answer = toy.post({ query: '{ hang }' });
  await once((await accepted)[0], 'timeout');
  await toy.hanging.next();
  toy.release();
  expect(await (await answer).json()).toEqual({ data: { hang: 'done' } });
});
