import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createTestDatabase } from '../../support/database.ts';
import { openSocket } from '../../support/socket.ts';

const at = (name: string) => fileURLToPath(new URL(name, import.meta.url));

interface Job {
  number: number;
  title: string;
  word: string;
  at: string;
}

/** The toy's own system: a list, and a way to stop what is on it. */
async function startToyServer(jobs: Job[]) {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    const number = /^\/jobs\/(\d+)\/cancel$/.exec(request.url ?? '')?.[1];
    const job = jobs.find((one) => String(one.number) === number);
    const known = request.url === '/jobs' || job !== undefined;
    if (job) job.word = 'stopped';
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(job ? {} : known ? jobs : { error: 'no such job' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

async function startGateway(databaseUrl: string, config: string) {
  const child = spawn(process.execPath, [at('gateway.ts'), databaseUrl, config], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    url: url.replace(/\/graphql$/, ''),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

test('a backend that the house does not know is one object: its work is listed, followed and cancelled through the graph', async () => {
  const jobs = [
    { number: 1, title: 'dig', word: 'done', at: '2026-01-02T03:04:05Z' },
    { number: 2, title: 'fill', word: 'working', at: '2026-01-02T03:04:06Z' },
  ];
  const server = await startToyServer(jobs);
  await using database = await createTestDatabase();
  await using gateway = await startGateway(database.url, `server: { port: 0 }\nsources: [{ name: shed, kind: toy, url: "${server.url}" }]`);
  const ask = async (query: string, variables: Record<string, unknown> = {}) => {
    const answer = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return ((await answer.json()) as { data: unknown }).data;
  };

  const list =
    '{ executions(filter: { kinds: ["ToyJob"] }) { totalCount complete nodes { __typename id name state rawState sourceName } } }';
  await expect.poll(() => ask(list), { timeout: 60_000 }).toMatchObject({ executions: { totalCount: 2, complete: true } });
  const { executions } = (await ask(list)) as { executions: { nodes: { id: string }[] } };
  expect(executions.nodes).toEqual([
    { __typename: 'ToyJob', id: expect.any(String), name: 'fill', state: 'RUNNING', rawState: 'working', sourceName: 'shed' },
    { __typename: 'ToyJob', id: expect.any(String), name: 'dig', state: 'SUCCEEDED', rawState: 'done', sourceName: 'shed' },
  ]);
  expect(await ask('{ sources { __typename name kind health problem } }')).toEqual({
    sources: [{ __typename: 'ToySource', name: 'shed', kind: 'TOY', health: 'HEALTHY', problem: null }],
  });

  const id = executions.nodes[0]?.id ?? '';
  await using socket = await openSocket(gateway.url);
  const stream = socket.start({
    query: `subscription ($id: ID!) { executionChanged(id: $id) { __typename
      ... on ExecutionChange { event { kind state } execution { id state } } ... on StreamEnd { endReason } } }`,
    variables: { id },
  });
  const next = async () => (await stream.next()).data?.['executionChanged'];
  expect(await next()).toMatchObject({ event: { kind: 'DISCOVERED', state: 'RUNNING' } });
  expect(await ask('mutation ($id: ID!) { cancelToyJob(id: $id) }', { id })).toEqual({ cancelToyJob: true });
  expect(await next()).toEqual({
    __typename: 'ExecutionChange',
    event: { kind: 'STATE_CHANGED', state: 'CANCELLED' },
    execution: { id, state: 'CANCELLED' },
  });
  expect(await next()).toMatchObject({ event: { kind: 'SETTLED' } });
  expect(await next()).toEqual({ __typename: 'StreamEnd', endReason: 'COMPLETED' });
  expect((await stream.message()).type).toBe('complete');
  expect(server.calls.filter((call) => call !== 'GET /jobs')).toEqual(['POST /jobs/2/cancel']); // and what its leader reads
});

test('it is less than 120 lines', async () => {
  expect((await readFile(at('backend.ts'), 'utf8')).split('\n').length).toBeLessThan(120);
});
