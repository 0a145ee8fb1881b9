import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Guest } from './lobby.ts';

export interface StrangerSocketOptions {
  socket: WebSocket;
  /** Below it. */
  connection: Socket;
  /** Of a whole message, in bytes. */
  messageBytes: number;
  /** How long it may live without being known, in milliseconds, unless something is under way on it. */
  lifeMs: number;
  enterLobby: (showOut: () => void) => Guest;
  isBusy: () => boolean;
}

/** What a frame has besides its payload, and the small frames that may come between. */
const OVERHEAD = 1024;
/** For the frame that says why to reach a client that still sends, in milliseconds. */
const FAREWELL = 500;

/**
 * A WebSocket while it is not known who is at its other end. Its messages are small: nothing that must be long is said before `connection_init`, nor by
 * somebody without a token. ws has one limit for all messages, so what has not become a message yet is counted here, by the bytes that have come.
 */
export function watchStranger({ socket, connection, messageBytes, lifeMs, enterLobby, isBusy }: StrangerSocketOptions) {
  let guest: Guest | undefined;
  let timer: NodeJS.Timeout | undefined;
  let readBefore = connection.bytesRead;

  const end = (code: number, reason: string): void => {
    socket.pause(); // ws would go on collecting until the other side has closed as well
    socket.close(code, reason);
    setTimeout(() => socket.terminate(), FAREWELL);
  };
  const tooLarge = () => {
    connection.off('data', count);
    end(1009, `Before you are known a message has at most ${messageBytes} bytes`);
  };
  const count = (): void => {
    if (connection.bytesRead - readBefore > messageBytes + OVERHEAD) tooLarge();
  };
  const look = (): void => {
    if (isBusy()) timer = setTimeout(look, lifeMs);
    else end(4401, 'Unauthorized: no valid token has come');
  };
  const known = (): void => {
    clearTimeout(timer);
    connection.off('data', count);
    guest?.leave();
    guest = undefined;
  };
  const unknown = (): void => {
    if (guest !== undefined || socket.readyState !== socket.OPEN) return;
    guest = enterLobby(() => end(1013, 'Others wait: try again later'));
    timer = setTimeout(look, lifeMs);
    readBefore = connection.bytesRead;
    connection.on('data', count);
  };
  unknown();
  socket.once('close', known);

  return {
    /** To be called with the size of each message: false when it must not be looked at. */
    takes(bytes: number): boolean {
      readBefore = connection.bytesRead;
      if (guest === undefined || bytes <= messageBytes) return true;
      tooLarge();
      return false;
    },
    known,
    unknown,
  };
}
export type StrangerSocket = ReturnType<typeof watchStranger>;
