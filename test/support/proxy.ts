import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be cut or fall silent. */
export interface Proxy extends AsyncDisposable {
  readonly port: number;
  /** Cuts every connection at once. */
  cut(): void;
  /** Every connection there is falls silent and does not end, as when a firewall forgets it. Later ones work. */
  silence(): void;
  /** The next connection on which the client sends this is cut before the server hears of it. */
  cutAt(text: string): void;
}

export async function startProxy({ hostname, port }: URL): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const silent = new WeakSet<Socket>();
  let trap: string | undefined;
  const server = createServer((client) => {
    const target = connect(Number(port), hostname);
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    client.on('close', () => target.destroy());
    target.on('close', () => client.destroy());
    client.on('data', (data) => {
      if (silent.has(client)) return;
      if (trap === undefined || !data.includes(trap)) return void target.write(data);
      trap = undefined;
      client.destroy();
    });
    target.on('data', (data) => silent.has(target) || client.write(data));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => sockets.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port, // not a pipe
    cut,
    silence: () => sockets.forEach((socket) => silent.add(socket)),
    cutAt: (text) => {
      trap = text;
    },
    [Symbol.asyncDispose]: async () => {
      cut();
      await new Promise((closed) => server.close(closed));
    },
  };
}
