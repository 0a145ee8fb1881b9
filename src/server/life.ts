import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { StreamOptions } from './sse.ts';

/**
 * Ends a socket whose client has given no sign of life for `stallMs`. Slow clients live: one sign is that the kernel takes more of
 * the bytes that wait, which it only does when the client has read others. Without bytes waiting, the sign is an answered ping, or
 * any message. There is no shorter deadline for a pong: a client that stops reading for a while cannot know that we have asked.
 *
 * The kernel buffers megabytes and takes more only when a good part of them has gone, so a client that reads less than some ten
 * kilobytes a second looks like one that does not read. It is ended too, and resumes from its cursor.
 */
export function watchLife(socket: WebSocket, connection: Socket, { keepAliveMs, stallMs }: StreamOptions): void {
  const lookMs = Math.min(keepAliveMs, stallMs / 5);
  // Looks and not a clock: after a pause of this process, the answers that came meanwhile are read before the next look.
  let silentLooks = 0;
  let before = { waiting: false, taken: 0 };
  let asked = 0;
  const alive = () => {
    silentLooks = 0;
  };
  // Who sends without reading is not alive in our sense: his answers would wait for ever.
  const heard = () => {
    if (socket.bufferedAmount === 0) alive();
  };
  socket.on('message', heard);
  socket.on('ping', heard);
  socket.on('pong', (answer) => {
    if (String(answer) === String(asked)) alive();
  });

  const look = () => {
    const now = { waiting: socket.bufferedAmount > 0, taken: bytesTaken(connection) };
    if (before.waiting && now.taken !== before.taken) alive();
    before = now;
    silentLooks += 1;
    if (silentLooks * lookMs > stallMs) return socket.terminate();
    if (!now.waiting && socket.readyState === socket.OPEN) socket.ping(String(++asked));
  };
  const timer = setInterval(look, lookMs);
  socket.once('close', () => clearInterval(timer));
}

/** A number that changes when the kernel takes bytes, even a part of one write: Node's own socket timeout looks there too. */
function bytesTaken(connection: Socket): number {
  const { _handle: handle } = connection as Socket & { _handle?: { writeQueueSize?: number } | null }; // not in the public types
  return connection.bytesWritten - connection.writableLength - (handle?.writeQueueSize ?? 0);
}
