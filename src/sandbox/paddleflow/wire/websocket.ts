import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';

/** As much of RFC 6455 as `/wsjob` needs: texts both ways, an answer to pings and to the close. */
export interface TextSocket {
  send(text: string): void;
  /** Does not wait for the other side. */
  end(): void;
}

const text = 1;
const close = 8;
const ping = 9;
const pong = 10;

/** Takes the connection over. `key` is the client's `Sec-WebSocket-Key`; `head` came with the request already. */
export function acceptSocket(
  socket: Duplex,
  head: Buffer,
  key: string,
  on: { readonly text: (text: string, from: TextSocket) => void; readonly closed: (socket: TextSocket) => void },
): TextSocket {
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  const own: TextSocket = {
    send: (words) => void socket.write(frame(text, Buffer.from(words))),
    end: () => void socket.end(frame(close, Buffer.from([3, 233])), () => socket.destroy()), // 1001: going away
  };
  let rest = head;
  let fragments: Buffer[] = [];
  const read = () => {
    for (let next = readFrame(rest); next !== undefined; next = readFrame(rest)) {
      rest = next.rest;
      if (next.opcode === ping) socket.write(frame(pong, next.payload));
      else if (next.opcode === close) socket.end(frame(close, next.payload));
      else if (next.opcode <= 2) {
        fragments.push(next.payload);
        if (!next.last) continue;
        on.text(Buffer.concat(fragments).toString(), own);
        fragments = [];
      }
    }
  };
  socket.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    read();
  });
  socket.on('end', () => socket.end());
  socket.on('close', () => on.closed(own));
  read();
  return own;
}

function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const size = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const header = Buffer.alloc(size);
  header[0] = 0x80 | opcode;
  header[1] = size === 2 ? length : size === 4 ? 126 : 127;
  if (size === 4) header.writeUInt16BE(length, 2);
  if (size === 10) header.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([header, payload]);
}

/** Undefined: not all of it is there. What clients send is masked. */
function readFrame(bytes: Buffer): { opcode: number; last: boolean; payload: Buffer; rest: Buffer } | undefined {
  const [first = 0, second = 0] = bytes;
  const short = second & 0x7f;
  const begin = short < 126 ? 6 : short === 126 ? 8 : 14;
  if (bytes.length < begin) return undefined;
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < begin + length) return undefined;
  const mask = bytes.subarray(begin - 4, begin);
  const payload = Buffer.from(bytes.subarray(begin, begin + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
  return { opcode: first & 0x0f, last: (first & 0x80) !== 0, payload, rest: bytes.subarray(begin + length) };
}
