import { createHash } from 'node:crypto';
import { toGlobalId } from '../../src/graphql/global-id.ts';
import { openSocket } from '../support/socket.ts';
import { median, operation, pause, report, startWorld, type GatewayProcess } from './world.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const token = (name: string, role: string) => `{ name: ${name}, sha256: ${hash(`the-token-of-${name}`)}, role: ${role} }`;
const as = (name: string) => ({ authorization: `Bearer the-token-of-${name}` });
const more = `auth: { mode: tokens, sessionKey: ${hash('sessions')}, tokens: [${token('boss', 'admin')}, ${token('ops', 'operator')}, ${token('carol', 'viewer')}, ${token('root', 'viewer')}] }`;

const atATime = 150;
const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
const readRun = 'query ($id: ID!) { run(id: $id) { name } }';
/** One upstream call, and one answer from the catalog. */
const upstream = '{ pipelines(source: "prod", first: 5) { nodes { name } } }';
const catalog = '{ runs(first: 5) { nodes { name } } }';

async function ask(
  { url }: GatewayProcess,
  query: string,
  headers: Record<string, string>,
  variables: Record<string, unknown> = {},
): Promise<void> {
  const body = JSON.stringify({ query, variables });
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  await answer.arrayBuffer();
}

/** How long the operator waits for an answer, again and again for a while, in milliseconds. */
async function waits(gateway: GatewayProcess, query: string, seconds: number): Promise<string> {
  const took: number[] = [];
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    const began = performance.now();
    await ask(gateway, query, as('ops'));
    took.push(performance.now() - began);
    await pause(50);
  }
  return `median ${median(took).toFixed(0)}, worst ${Math.max(...took).toFixed(0)} of ${took.length}`;
}

/** So many requests at a time, for as long as the work lasts. */
async function besieged<T>(attack: (index: number) => Promise<void>, work: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  let index = 0;
  const crowd = Array.from({ length: atATime }, async () => {
    while (!over.signal.aborted) await attack((index += 1)).catch(() => pause(10));
  });
  await pause(1_000);
  const result = await work();
  over.abort();
  await Promise.all(crowd);
  return result;
}

/** What an operator waits, with a backend that answers in 100 ms, while a stranger or another viewer wants all there is. */
export async function crowds(): Promise<void> {
  await using world = await startWorld({ more, headers: as('boss') });
  const gateway = await world.startGateway();
  const { id, runId } = await world.startRun(gateway, 'sleep 3600');
  for (let burst = 0; burst < 10; burst += 1) {
    world.sandbox.control.writeLog({ runID: runId, step: 'main', count: 3_000, bytes: 100 });
    await pause(3_500);
  }
  world.sandbox.control.orderFault({ kind: 'latency', ms: 100 });
  report(`alone, ms: upstream ${await waits(gateway, upstream, 5)}; catalog ${await waits(gateway, catalog, 5)}`);
  const absent = (index: number) => ask(gateway, readRun, as('carol'), { id: toGlobalId('Run', 'prod', `run-${900_000 + index}`) });
  report(`beside ${atATime} absent runs of one viewer at a time: upstream ${await besieged(absent, () => waits(gateway, upstream, 10))}`);
  await pause(5_000);
  const guess = (index: number) => ask(gateway, signIn, {}, { input: { source: 'prod', username: `user${index}`, password: 'wrong-1' } });
  report(`beside ${atATime} sign-ins of a stranger at a time: upstream ${await besieged(guess, () => waits(gateway, upstream, 10))}`);
  await pause(5_000);

  const query = await operation('FollowRunLog');
  const before = await gateway.memory();
  let peak = before;
  const watching = setInterval(() => void gateway.memory().then((now) => (peak = Math.max(peak, now))), 200);
  const sockets = await Promise.all(Array.from({ length: 20 }, () => openSocket(gateway.url, { params: as('root') })));
  for (const socket of sockets) {
    socket.pause();
    for (let count = 0; count < 100; count += 1) socket.start({ query, variables: { id } });
  }
  const waited = await waits(gateway, catalog, 30);
  clearInterval(watching);
  report(
    `beside 20 sockets with 100 unread logs each: catalog ${waited}; memory ${before.toFixed(0)} MiB before, ${peak.toFixed(0)} at its peak`,
  );
  for (const { socket } of sockets) socket.terminate();
}
