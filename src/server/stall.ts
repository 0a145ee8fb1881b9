import type { ServerResponse } from 'node:http';

/**
 * Cuts off a client that takes none of the bytes that wait for it, for so long (in milliseconds): an answer would be kept for it for ever. Who waits
 * for an answer is left alone. The timer of the socket starts again whenever the kernel takes some bytes, even a part of a write. It holds megabytes
 * and takes more only when a good part of them has gone: who reads less than some 25 kB a second is cut off as well.
 */
export function cutOffWhenStalled(response: ServerResponse, stallMs: number): void {
  response.setTimeout(stallMs, () => {
    if ((response.socket?.writableLength ?? 0) > 0) response.destroy();
  });
}
