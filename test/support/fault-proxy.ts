import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** `before`: the connection ends before the server hears of the call. `after`: once it has answered. */
export type Cut = 'before' | 'after';

export interface FaultProxy extends AsyncDisposable {
  readonly url: string;
}

/** A way to an HTTP server on which `cutAt` says of each call whether it is cut, and where; it may take its time. */
export async function startFaultProxy(target: string, cutAt: (call: IncomingMessage) => Cut | undefined): Promise<FaultProxy> {
  const pass = async (call: IncomingMessage, answer: ServerResponse) => {
    const body = await buffer(call);
    const cut = cutAt(call);
    if (cut === 'before') return call.socket.destroy();
    const passed = request(new URL(call.url ?? '/', target), { method: call.method, headers: call.headers });
    passed.end(body);
    const [back] = (await once(passed, 'response')) as [IncomingMessage];
    const content = await buffer(back);
    if (cut === 'after') return call.socket.destroy();
    return answer.writeHead(back.statusCode ?? 500, back.headers).end(content);
  };
  const server = createServer((call, answer) => {
    pass(call, answer).catch(() => call.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // not a pipe
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
