import { once } from 'node:events';
import { request, type IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { testCertificate, testKey } from '../upstream/test-certificate.ts';

/** TLS on a port of its own, as nginx has it: takes a path away, passes upgrades on, and names the host as configured. */
export async function startReverseProxy(
  target: URL,
  path: string,
  hostOf: (host: string) => IncomingHttpHeaders,
): Promise<AsyncDisposable & { readonly url: string }> {
  const optionsOf = ({
    url = '',
    method,
    headers,
  }: {
    url?: string | undefined;
    method?: string | undefined;
    headers: IncomingHttpHeaders;
  }) => ({
    host: target.hostname,
    port: target.port,
    path: url.replace(path, ''),
    method,
    headers: { ...headers, ...hostOf(headers.host ?? '') },
  });
  const server = createServer({ key: testKey, cert: testCertificate }, (asked, response) => {
    if (!asked.url?.startsWith(path)) return void response.writeHead(404).end();
    const passed = request(optionsOf(asked), (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    response.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  const upgraded = new Set<Duplex>(); // which the server counts no more
  server.on('upgrade', (asked, client) => {
    upgraded.add(client);
    client.on('close', () => upgraded.delete(client));
    const passed = request(optionsOf(asked)).end();
    passed.on('error', () => client.destroy());
    passed.on('response', ({ statusCode }) => client.end(`HTTP/1.1 ${statusCode} Refused\r\n\r\n`));
    passed.on('upgrade', ({ rawHeaders }, backend) => {
      const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []));
      client.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
      for (const [from, to] of [
        [client, backend],
        [backend, client],
      ] as const)
        from
          .on('error', () => {})
          .on('close', () => to.destroy()) // who waits for its end would wait for long
          .pipe(to);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}${path}`, // not a pipe
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      for (const client of upgraded) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
