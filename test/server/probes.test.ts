import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { answerReadiness } from '../../src/server/probes.ts';

async function ask(server: Server): Promise<unknown[]> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`); // not a pipe
  return [response.status, await response.json()];
}

test('who cannot tell in time whether it is ready is not', async () => {
  const never = new Promise<void>(() => {});
  const server = createServer((_request, response) => void answerReadiness(response, new AbortController().signal, () => never, 20));
  expect(await ask(server)).toEqual([503, { ready: false, reason: 'no answer in time' }]);
});
