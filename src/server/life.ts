import type { WebSocket } from 'ws';
import type { StreamOptions } from './sse.ts';

/** So much a client must read within `stallMs`, in bytes: 64 kB a minute is still a reader. */
const MARK_EVERY = 64 * 1024;

/**
 * Ends a socket whose client has read nothing for `stallMs`. Slow clients live: a ping goes out in front of every 64 kB, and the pong
 * to it proves that everything before it was read. (What waits here, and what the kernel takes, tells much less: the kernel holds
 * ten megabytes and is silent while a slow reader works through them.) A quiet socket is asked every `keepAliveMs`. There is no
 * shorter deadline for a pong: a client that stops reading for a while cannot know that we have asked.
 */
export function watchLife(socket: WebSocket, { keepAliveMs, stallMs }: StreamOptions) {
  const lookMs = Math.min(keepAliveMs, stallMs / 5);
  // Looks and not a clock: after a pause of this process, the answers that came meanwhile are read before the next look.
  let silentLooks = 0;
  let asked = 0;
  let answered = 0;
  let sinceMark = 0;

  const ask = () => {
    sinceMark = 0;
    asked += 1;
    socket.ping(String(asked));
  };
  socket.on('pong', (data) => {
    const number = Number(String(data));
    if (!(number > answered && number <= asked)) return; // pongs may also come unasked, from somebody who does not read
    answered = number;
    silentLooks = 0;
  });
  const timer = setInterval(() => {
    silentLooks += 1;
    if (silentLooks * lookMs > stallMs) socket.terminate();
    else if (socket.readyState === socket.OPEN && socket.bufferedAmount === 0) ask();
  }, lookMs);
  socket.once('close', () => clearInterval(timer));

  return {
    /** To be called before so many bytes are sent. */
    sending(bytes: number): void {
      sinceMark += bytes;
      if (sinceMark >= MARK_EVERY) ask();
    },
  };
}
