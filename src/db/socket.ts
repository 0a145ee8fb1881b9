import { Socket } from 'node:net';

/**
 * For `stream` of `pg`: breaks when nothing has moved on it for so many milliseconds, while it connects too. A host that died, or a
 * firewall that forgot the connection, would be waited for without end. (The `query_timeout` of `pg` gives up the query alone: it stays
 * on the connection, and whatever comes after it waits there.) So nobody may hold such a connection for longer without asking something.
 * After a pause of this process, what came meanwhile is read before silence is judged: timers are looked at first.
 */
export function createSocket(silenceMs: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(silenceMs, () => {
    const heard = socket.bytesRead;
    setImmediate(() => {
      if (socket.bytesRead === heard) socket.destroy(new Error(`The database has said nothing for ${silenceMs} ms`));
    });
  });
}
