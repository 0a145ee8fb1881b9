import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { createSockets } from './websocket.ts';

export interface DrainOptions {
  server: Server;
  sockets: ReturnType<typeof createSockets>;
  leaving: AbortController;
  drainMs: number;
}

/** All clients of a stopped instance come back at the same moment otherwise, to the instances that are left. */
const SPREAD = 0.2;

/** Ends in an orderly way: nothing new is taken, streams are told to come back, what has begun may finish within `drainMs`. */
export async function drain({ server, sockets, leaving, drainMs }: DrainOptions): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const deadline = wait(drainMs, undefined, { ref: false });
  leaving.abort();
  server.closeIdleConnections();
  await Promise.all(sockets.all().map((socket) => closeSocket(socket, drainMs * SPREAD * Math.random(), deadline)));
  await Promise.race([closed, deadline]);
  server.closeAllConnections();
  await closed;
}

type Sockets = ReturnType<DrainOptions['sockets']['all']>;

async function closeSocket({ socket, idle }: Sockets[number], delayMs: number, deadline: Promise<void>): Promise<void> {
  const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await Promise.race([wait(delayMs, undefined, { ref: false }), gone]); // who leaves unasked need not be told
  await Promise.race([idle(), deadline]);
  if (socket.readyState === socket.CLOSED) return;
  socket.close(1001, 'Going away');
  await Promise.race([gone, deadline]);
  socket.terminate();
}
