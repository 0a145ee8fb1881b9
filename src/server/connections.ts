import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { networkOf } from './client.ts';
import type { Guest, Lobby } from './lobby.ts';

/** Keeps each connection of a server in the lobby until it is known who uses it. */
export function watchConnections(server: Server, lobby: Lobby, isProxy: (address: string | undefined) => boolean) {
  const guests = new WeakMap<Duplex, Guest>();
  server.on('connection', (connection) => {
    const { remoteAddress } = connection;
    const guest = lobby.enter(isProxy(remoteAddress) ? undefined : networkOf(remoteAddress), () => connection.destroy());
    guests.set(connection, guest);
    connection.once('close', guest.leave);
  });
  return {
    /** Whoever has sent this is known, or is in the lobby in another way from now on. */
    release: ({ socket }: IncomingMessage): void => guests.get(socket)?.leave(),
  };
}
