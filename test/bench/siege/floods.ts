import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { openSocket } from '../../support/socket.ts';
import { operation } from '../world.ts';
import { ask, startWriting } from './client.ts';
import { badAnswers } from './faults.ts';
import { as, type Gateway, type SiegeWorld } from './world.ts';
import { watch, type Watched } from './watch.ts';

const megabyte = 'x'.repeat(1_000_000);
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const aliases = (field: (alias: string) => string) => Array.from({ length: 99 }, (_, at) => field(`a${at}`)).join(' ');
const introspection = `{ __schema { ${aliases((alias) => `${alias}: types { ...all }`)} } } fragment all on __Type { ${aliases((alias) => `${alias}: name`)} }`;

/** So many at a time, one after the other, until the time is over. */
async function crowd(atATime: number, seconds: number, attack: (index: number) => Promise<unknown>): Promise<void> {
  const until = performance.now() + seconds * 1000;
  let index = 0;
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      while (performance.now() < until) {
        await attack((index += 1)).catch(() => {});
        await delay(5);
      }
    }),
  );
}

async function strangersSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  socket.on('error', () => {});
  await Promise.race([once(socket, 'open'), once(socket, 'close')]).catch(() => {});
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ type: 'connection_init', payload: { megabyte } }));
  return socket;
}

type Flood = (world: SiegeWorld, gateway: Gateway, url: string, seconds: number) => Promise<void>;
const floods: Readonly<Record<string, Flood>> = {
  '400 sockets with a connection_init of 1 MB': async (_world, _gateway, url, seconds) => {
    const sockets = await Promise.all(Array.from({ length: 400 }, () => strangersSocket(url)));
    await delay(seconds * 1000);
    for (const socket of sockets) socket.terminate();
  },
  'introspection by strangers': (_world, gateway, _url, seconds) => crowd(8, seconds, () => ask(gateway, introspection, {}, undefined)),
  'introspection by a viewer': (_world, gateway, _url, seconds) => crowd(8, seconds, () => ask(gateway, introspection, {}, 'mallory')),
  'sign-ins with ever new names': (_world, gateway, _url, seconds) => {
    const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }';
    return crowd(150, seconds, (index) =>
      ask(gateway, signIn, { input: { source: 'prod', username: `user${index}`, password: 'wrong-1' } }, undefined),
    );
  },
  'pipelines asked for by a viewer': (_world, gateway, _url, seconds) =>
    crowd(150, seconds, () => ask(gateway, '{ pipelines(source: "prod", first: 5) { nodes { name } } }', {}, 'mallory')),
  'runs that are not there, asked for by a viewer': (_world, gateway, _url, seconds) =>
    crowd(150, seconds, (index) => {
      const id = Buffer.from(`Run:prod:run-${900_000 + index}`).toString('base64url');
      return ask(gateway, 'query ($id: ID!) { run(id: $id) { submitLog } }', { id }, 'mallory');
    }),
  'values nested deeply': (_world, gateway, _url, seconds) =>
    crowd(8, seconds, () => ask(gateway, `{ runs(first: 1, filter: { states: ${deep(1_990)} }) { nodes { id } } }`, {}, 'mallory')),
  '20 sockets with 100 unread logs each': async (world, _gateway, url, seconds) => {
    const id = await startWriting(world, 'unread', 1_000, 0.005);
    if (id === undefined) throw new Error('the gateway accepts no run');
    const query = await operation('FollowRunLog');
    await delay(10_000);
    const sockets = await Promise.all(Array.from({ length: 20 }, () => openSocket(url, { params: as('mallory') })));
    for (const socket of sockets) {
      socket.pause();
      for (let count = 0; count < 100; count += 1) socket.start({ query, variables: { id } });
    }
    await delay(seconds * 1000);
    for (const { socket } of sockets) socket.terminate();
  },
  ...Object.fromEntries(
    (['a bomb of brackets', 'a long list of the wrong shape'] as const).map((name): [string, Flood] => [
      `the backend: ${name}`,
      async ({ proxy }, _gateway, _url, seconds) => {
        proxy.faults(({ method }) => (method === 'GET' ? badAnswers[name] : undefined));
        await delay(seconds * 1000);
        proxy.faults(() => undefined);
      },
    ]),
  ),
};

/** What each flood costs a bystander of the gateway that is flooded, and the gateway in memory. */
export async function flood(
  world: SiegeWorld,
  seconds: number,
  wants: (name: string) => boolean,
): Promise<ReadonlyMap<string, Watched & { readonly alive: boolean }>> {
  const results = new Map<string, Watched & { readonly alive: boolean }>();
  const [gateway] = world.gateways;
  world.proxy.slow(100);
  for (const [name, attack] of Object.entries(floods)) {
    if (!wants(name)) continue;
    const url = gateway?.url();
    if (gateway === undefined || url === undefined) throw new Error('the gateway is down');
    const before = gateway.pid();
    const watched = await watch(world, gateway, () => attack(world, gateway, url, seconds));
    const alive = (await ask(gateway, '{ __typename }')) !== undefined && gateway.pid() === before;
    results.set(name, { ...watched, alive });
    if (!alive) await gateway.killAndRevive();
  }
  world.proxy.slow(0);
  return results;
}
