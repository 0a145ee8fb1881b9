import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As a server in Go has them: nobody is timed out, and an address with many names in its filters is no error. */
export const patientLimits = { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0, maxHeaderSize: 1024 * 1024 } as const;

/** Its address, without a path. `port` 0 takes a free one. Throws when the port is taken. */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening'); // throws on `error`
  const { address, port: taken } = server.address() as AddressInfo; // a TCP server that listens
  const reachable = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${taken}`;
}

/** Ends open connections at once. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => void server.close(resolve)); // also when it never listened
  server.closeAllConnections();
  await closed;
}

export async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set
  return Buffer.concat(chunks).toString();
}
