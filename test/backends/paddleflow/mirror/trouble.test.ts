import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { eventually, startBench, type Bench } from '../../../support/bench.ts';

interface Source {
  readonly health: string;
  readonly problem: string | null;
  readonly since: string | null;
}
const look = async (bench: Bench) => {
  const { data } = await bench.query<{ sources: Source[] }>('{ sources { health problem since } }');
  const [source] = data?.sources ?? [];
  if (source === undefined) throw new Error('there is no source');
  return source;
};

async function listen(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`; // not a pipe
}
const answering = (listener: RequestListener) => listen(createServer(listener));
const status = (code: number, body: string) =>
  answering((_request, response) => void response.writeHead(code, { 'content-type': 'text/html' }).end(body));
const html = '<html>hunter2</html>';

/** What is configured, and what is then said of it; `@` stands for its address. */
const troubles: readonly (readonly [string, () => Promise<Record<string, string>>, string])[] = [
  ['nothing listens', async () => ({ url: 'http://127.0.0.1:1' }), 'Nothing listens at @. Start the server there, or correct the url.'],
  ['no such host', async () => ({ url: 'http://nowhere.invalid:8999' }), 'No host is known by the name nowhere.invalid.'],
  ['a server that says nothing', async () => ({ url: `http://${await listen(createTcpServer(() => {}))}` }), '@ does not answer in time.'],
  [
    'one that breaks off',
    async () => ({ url: `http://${await listen(createTcpServer((socket) => void socket.once('data', () => socket.destroy())))}` }),
    '@ breaks connections off before it has answered (',
  ],
  ['TLS where there is none', async () => ({ url: `https://${await status(200, html)}` }), 'Perhaps the url has to begin with http://.'],
  ['a wrong password', async () => ({ password: 'hunter2' }), 'PaddleFlow at @ refuses the login of the account "root", AuthFailed.'],
  [
    'a web page',
    async () => ({ url: `http://${await status(200, html)}` }),
    'What answers at @ does not look like PaddleFlow (status 200).',
  ],
  ['a page that is not found', async () => ({ url: `http://${await status(404, html)}` }), 'does not look like PaddleFlow (status 404).'],
  [
    'a login in front of it',
    async () => ({ url: `http://${await status(401, html)}` }),
    'in front of PaddleFlow at @ asks for a login of its own (status 401).',
  ],
  ['a way to elsewhere', async () => ({ url: `http://${await status(302, html)}` }), '@ sends callers elsewhere (status 302)'],
  [
    'a proxy without a server',
    async () => ({ url: `http://${await status(503, html)}` }),
    '@ answers that it is out of order (status 503).',
  ],
];
test.each(troubles)('a source that is so from the start is reported in words, at once and once: %s', async (_what, configure, words) => {
  const given = await configure();
  await using bench = await startBench({ source: { ...given, budgets: { readMs: 400 } } });
  const { health, problem, since } = await eventually(async () => {
    const seen = await look(bench);
    return seen.problem === null ? undefined : seen;
  });
  const address = new URL(given['url'] ?? bench.sandbox('prod').url).host;
  expect(problem).toContain(words.replace('@', address));
  expect(health).toBe('UNREACHABLE');
  expect(since).toEqual(expect.any(String));
  await eventually(() => bench.errors.length > 0);
  expect(String(bench.errors[0])).toMatch(/^SourceTroubleError: prod cannot be read\. /);
  expect(String(bench.errors[0])).toContain(words.replace('@', address));
  expect(JSON.stringify([problem, bench.errors.map(String)])).not.toContain('hunter2');
});

test('a problem has the time of its beginning whatever becomes of it, and is gone with the first turn that works', async () => {
  await using bench = await startBench();
  await bench.synced();
  expect(await look(bench)).toEqual({ health: 'HEALTHY', problem: null, since: null });
  bench.control.orderFault({ kind: 'status', status: 503, body: 'down' });
  const first = await eventually(async () => {
    const seen = await look(bench);
    return seen.problem?.includes('out of order') ? seen : undefined;
  });
  expect(first.health).toBe('HEALTHY'); // a few turns may fail
  bench.control.clearFaults();
  bench.control.orderFault({ kind: 'garbage' });
  const next = await eventually(async () => {
    const seen = await look(bench);
    return seen.problem?.includes('does not look like') ? seen : undefined;
  });
  expect(next.since).toBe(first.since);
  expect(bench.errors.map(String).filter((text) => text.includes('cannot be read'))).toHaveLength(1);
  bench.control.clearFaults();
  await eventually(async () => (await look(bench)).problem === null);
  expect(await look(bench)).toEqual({ health: 'HEALTHY', problem: null, since: null });
});

test.each([
  { retryMs: 1, calls: 2, answered: true },
  { retryMs: 3_600_000, calls: 1, answered: false }, // longer than a read may take
])('a read that has failed is tried again after the pause that is configured: %j', async ({ retryMs, calls, answered }) => {
  await using bench = await startBench({ source: { failures: { retryMs, maxRetryMs: retryMs } } });
  await bench.synced();
  bench.control.orderFault({ kind: 'status', status: 503, body: 'down', path: '/cluster', times: 1 });
  bench.forgetCalls();
  const { errors } = await bench.query('{ clusters(source: "prod") { nodes { name } } }');
  expect([errors === undefined, bench.calls().length]).toEqual([answered, calls]);
});

test('a source that nobody has read for a while, while nothing is known against it, is stale and not unreachable', async () => {
  await using bench = await startBench();
  await bench.synced();
  const [gateway] = bench.gateways;
  // As after an hour in which the database was away: no gateway could write that it has read.
  await gateway?.db.execute(
    `create function never() returns trigger language plpgsql as $$ begin new.last_success_at = '2024-03-05T02:00:00Z'; return new; end $$`,
  );
  await gateway?.db.execute('create trigger never before update on source for each row execute function never()');
  const seen = await eventually(async () => {
    const now = await look(bench);
    return now.health === 'HEALTHY' ? undefined : now;
  });
  expect(seen).toEqual({
    health: 'STALE',
    problem: expect.stringMatching(/^No gateway has read it since then/),
    since: '2024-03-05T02:00:00.000Z',
  });
});

test('who leads is told when it changes', async () => {
  const told: string[] = [];
  await using bench = await startBench({ gateways: 2, options: { logChange: (text) => told.push(text) } });
  await bench.synced();
  await eventually(() => told.length >= 2);
  expect(told.toSorted()).toEqual([
    'Another gateway leads prod; this one waits to take over',
    expect.stringMatching(/^This gateway leads prod now \(epoch \d+\)$/),
  ]);
  await bench.gateways.find(({ isLeading }) => isLeading('prod'))?.close();
  await eventually(() => told.length === 3);
  expect(told[2]).toMatch(/^This gateway leads prod now/);
});
