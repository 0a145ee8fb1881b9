import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { report } from '../world.ts';
import { startWriting } from './client.ts';
import { follow, followedNothing, judge, type Judgement } from './follower.ts';
import type { SiegeWorld } from './world.ts';

const patienceMs = 120_000;

/** The leader's pid, by its lease. Undefined while there is none, or while the database is down. */
async function leaderOf({ databaseUrl }: SiegeWorld): Promise<number | undefined> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ holder: string }>('select holder from lease where expires_at > clock_timestamp()');
    return rows[0] && Number(rows[0].holder.split('/')[1]);
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => {});
  }
}

async function stopFor(pid: number, milliseconds: number): Promise<void> {
  if (pid <= 0) throw new Error('there is no such process to stop'); // 0 would be our own group
  process.kill(pid, 'SIGSTOP');
  await delay(milliseconds);
  process.kill(pid, 'SIGCONT');
}

/** Every process of the world is killed or stopped in some order, while three logs are written and followed. */
export async function kills(
  world: SiegeWorld,
  { scale, random }: { readonly scale: number; readonly random: () => number },
): Promise<readonly Judgement[]> {
  const { gateways, postgres, sandbox } = world;
  const leader = async () => {
    const pid = await leaderOf(world);
    return gateways.find((gateway) => gateway.pid() === pid) ?? gateways[0];
  };
  const strokes: readonly [string, () => Promise<unknown>][] = [
    ['kill -9 of the leader', async () => (await leader())?.killAndRevive()],
    ['kill -9 of a gateway', async () => gateways[random() < 0.5 ? 0 : 1]?.killAndRevive()],
    ['kill -9 of PostgreSQL', () => postgres.killAndRevive()],
    ['kill -9 of the sandbox', () => sandbox.killAndRevive()],
    ['the leader stands still', async () => stopFor((await leader())?.pid() ?? 0, 12_000)],
    ['PostgreSQL stands still', () => stopFor(postgres.pid(), 6_000)],
    ['the sandbox stands still', () => stopFor(sandbox.pid(), 6_000)],
  ];
  const order = strokes.map((stroke) => ({ stroke, at: random() })).toSorted((one, other) => one.at - other.at);
  const rounds = Array.from({ length: Math.max(1, Math.round(scale)) }, () => order).flat();
  const count = 100 * rounds.length;
  const ids = await Promise.all([0, 1, 2].map((index) => startWriting(world, `killed ${index}`, count, 0.1)));
  const followed = ids.flatMap((id) => [0, 1].map((first) => (id === undefined ? followedNothing : follow(id, gateways, first))));
  for (const { stroke } of rounds) {
    const [name, strike] = stroke;
    report(`  ${name}`);
    await strike();
    await delay(3_000);
  }
  const over = performance.now();
  while (followed.some(({ endedAt }) => endedAt === undefined) && performance.now() - over < patienceMs) await delay(200);
  return followed.map((one) => {
    one.stop();
    return judge(one, count);
  });
}
