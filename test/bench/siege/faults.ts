import { setTimeout as delay } from 'node:timers/promises';
import type { Call, Fault, FaultProxy, Reply } from './proxy.ts';

const say =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): Fault =>
  (_call, response) =>
    void response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers }).end(body);
const inItsWords = (status: number, code: string, headers?: Record<string, string>) =>
  say(status, JSON.stringify({ requestID: 'siege', code, message: 'the siege says so' }), headers);
const html = { 'content-type': 'text/html' };
const page = (text: string) => `<!doctype html><html><body><h1>${text}</h1></body></html>`;

/** The right answer, changed. */
const changed =
  (change: (body: Buffer, reply: Reply) => { body: Buffer; headers?: Record<string, string> }): Fault =>
  async (_call, response, forward) => {
    const reply = await forward();
    const { 'content-length': _length, ...headers } = reply.headers;
    const { body, headers: more } = change(reply.body, reply);
    response.writeHead(reply.status, { ...headers, ...more }).end(body);
  };
const json = (change: (value: unknown) => unknown) =>
  changed((body) => ({ body: Buffer.from(JSON.stringify(change(JSON.parse(body.toString() || 'null')))) }));
const everywhere = (value: unknown, change: (key: string, value: unknown) => unknown): unknown =>
  Array.isArray(value)
    ? value.map((item) => everywhere(item, change))
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, everywhere(change(key, item), change)]))
      : value;
const lists = (instead: unknown) => json((value) => everywhere(value, (_key, item) => (Array.isArray(item) ? instead : item)));
const under = (name: string, instead: unknown) => json((value) => everywhere(value, (key, item) => (key === name ? instead : item)));

/** Writes bytes of its own to the connection. */
const raw =
  (bytes: string | Buffer, thenCut = true): Fault =>
  (_call, response) => {
    response.socket?.write(bytes, () => thenCut && response.socket?.destroy());
  };
const kept = new Map<string, Reply>();
const keptMost = 200;

/** Bad answers, by what they are called in the table. */
export const badAnswers: Readonly<Record<string, Fault>> = {
  'cut before the request is heard': (_call, response) => void response.destroy(),
  'cut after the request was done': async (_call, response, forward) => (await forward(), void response.destroy()),
  'cut in its headers': raw('HTTP/1.1 200 OK\r\nContent-Type: appl'),
  'cut in its body': async (_call, response, forward) => {
    const { status, headers, body } = await forward();
    response.writeHead(status, { ...headers, 'content-length': String(body.length) });
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
  },
  'one byte at a time': async (_call, response, forward) => {
    const { status, headers, body } = await forward();
    response.writeHead(status, { ...headers, 'content-length': String(body.length) });
    for (const byte of body) {
      if (response.destroyed) return;
      response.write(Buffer.of(byte));
      await delay(100);
    }
    response.end();
  },
  'no answer at all': () => {},
  'an empty 200': say(200, ''),
  'lists that are null': lists(null),
  'lists that are empty': lists([]),
  'no containers': under('taskList', []),
  'no jobs in the log': under('runLog', []),
  'empty pages of the log': under('logContent', ''),
  'bytes that are nothing': say(200, Buffer.from(Array.from({ length: 500 }, (_, at) => (at * 197 + 13) % 256))),
  'a page in HTML': say(200, page('Welcome'), html),
  'a 502 in HTML': say(502, page('Bad Gateway'), html),
  'a redirect to a login': say(302, '', { location: 'http://127.0.0.1:1/login' }),
  'a 204': say(204, ''),
  'a 400 in its words': inItsWords(400, 'InvalidURI'),
  'a 401': say(401, page('Unauthorized'), html),
  'a 403 of a proxy': say(403, page('Forbidden'), html),
  'a 404 of a proxy': say(404, page('Not Found'), html),
  'a 429': say(429, '', { 'retry-after': '2' }),
  'a 500 without a code': inItsWords(500, ''),
  'a 503': say(503, 'no healthy upstream', { 'content-type': 'text/plain' }),
  'half of its JSON': changed((body) => ({ body: body.subarray(0, Math.floor(body.length / 2)) })),
  'a bomb of brackets': say(200, '['.repeat(2_000_000)),
  'a long list of the wrong shape': say(200, `{"runList":[${'{"a":1},'.repeat(300_000)}1],"runLog":[${'{"a":1},'.repeat(300_000)}1]}`),
  'another content type': changed((body) => ({ body, headers: { 'content-type': 'application/octet-stream' } })),
  'another encoding': changed((body) => ({ body: Buffer.from(body.toString(), 'utf16le') })),
  'gzip that is none': changed((body) => ({ body, headers: { 'content-encoding': 'gzip' } })),
  'two lengths': raw('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 4000\r\n\r\n{}', false),
  'an old answer': async ({ method, path }: Call, response, forward) => {
    const key = `${method} ${path}`;
    const reply = kept.get(key) ?? (await forward());
    kept.set(key, reply);
    const [oldest] = kept.keys();
    if (kept.size > keptMost && oldest !== undefined) kept.delete(oldest);
    response.writeHead(reply.status, reply.headers).end(reply.body);
  },
};

/** Those that come before any call. */
const badConnections = { 'connections refused': 'refused', 'connections reset': 'reset' } as const;

/** For kinds that come and go: every third call is well. */
export function nowAndThen(fault: Fault): Fault {
  let calls = 0;
  return async (call, response, forward) => {
    calls += 1;
    if (calls % 3 > 0) return fault(call, response, forward);
    const { status, headers, body } = await forward();
    response.writeHead(status, headers).end(body);
  };
}

/** All kinds by name. `strike` begins one, for calls that are so, and returns what ends it. */
export const kinds: readonly {
  readonly name: string;
  strike(proxy: FaultProxy, on: (call: Call) => boolean): Promise<() => Promise<void>>;
}[] = [
  ...Object.entries(badConnections).map(([name, how]) => ({
    name,
    async strike(proxy: FaultProxy) {
      await proxy.connections(how);
      return () => proxy.connections('open');
    },
  })),
  ...Object.entries(badAnswers).map(([name, fault]) => ({
    name,
    async strike(proxy: FaultProxy, on: (call: Call) => boolean) {
      proxy.faults((call) => (on(call) ? fault : undefined));
      return async () => proxy.faults(() => undefined);
    },
  })),
];
