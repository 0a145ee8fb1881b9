import { setTimeout as delay } from 'node:timers/promises';
import { report } from '../world.ts';
import { startWriting } from './client.ts';
import { kinds } from './faults.ts';
import { follow, followedNothing, judge, type Followed, type Judgement } from './follower.ts';
import type { Call } from './proxy.ts';
import type { SiegeWorld } from './world.ts';

/** Of one kind: how long it lasts on the calls for logs alone, then on all reads. */
const onLogsMs = 2_500;
const onAllMs = 2_500;
const pauseMs = 1_000;
/** Longest time from the last fault until every log is told to its end. */
const patienceMs = 120_000;

const isLog = ({ path }: Call) => path.includes('/log/run/');
const isRead = ({ method }: Call) => method === 'GET';

interface Told {
  readonly kind: string;
  readonly when: string;
  readonly count: number;
  readonly followed: Followed;
  judgement: Judgement | undefined;
}

/**
 * Each kind of bad answer comes while one run writes and another ends in the middle of it, both followed at both gateways. A kind is over before the
 * next one begins, but not its runs: those end in whatever comes later.
 */
export async function logs(
  world: SiegeWorld,
  { scale, random, wants }: { readonly scale: number; readonly random: () => number; readonly wants: (name: string) => boolean },
): Promise<readonly Told[]> {
  const told: Told[] = [];
  const each = 0.05;
  const begin = async (kind: string, when: string, seconds: number) => {
    const count = Math.round(seconds / each);
    const id = await startWriting(world, `${kind} ${when}`, count, each);
    for (const first of [0, 1]) {
      const followed = id === undefined ? followedNothing : follow(id, world.gateways, first);
      told.push({ kind, when, count, followed, judgement: undefined });
    }
  };
  const order = kinds
    .filter(({ name }) => wants(name))
    .map((kind) => ({ kind, at: random() }))
    .toSorted((one, other) => one.at - other.at);
  for (const { kind } of order) {
    const lasts = (onLogsMs + onAllMs) * scale;
    // Containers start some seconds after their runs: one then ends within the fault, the other behind it.
    await Promise.all([begin(kind.name, 'around its end', (lasts / 1000) * 0.5), begin(kind.name, 'in mid-log', (lasts / 1000) * 2)]);
    await delay(1_500);
    let mend = await kind.strike(world.proxy, isLog);
    await delay(onLogsMs * scale);
    await mend();
    mend = await kind.strike(world.proxy, isRead);
    await delay(onAllMs * scale);
    await mend();
    await delay(pauseMs);
  }
  const mended = performance.now();
  while (told.some(({ followed }) => followed.endedAt === undefined) && performance.now() - mended < patienceMs) await delay(200);
  for (const one of told) {
    one.followed.stop();
    one.judgement = judge(one.followed, one.count);
  }
  report(
    `the last log was whole ${(Math.max(0, ...told.map(({ followed }) => (followed.endedAt ?? performance.now()) - mended)) / 1000).toFixed(1)} s after the last fault`,
  );
  return told;
}
