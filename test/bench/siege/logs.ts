import { setTimeout as delay } from 'node:timers/promises';
import { report } from '../world.ts';
import { startWriting } from './client.ts';
import { badAnswers, kinds, nowAndThen } from './faults.ts';
import { follow, followedNothing, judge, type Followed, type Judgement } from './follower.ts';
import type { Call, Fault } from './proxy.ts';
import type { SiegeWorld } from './world.ts';

/** How long a kind lasts on all reads. */
const onAllMs = 2_500;
const pauseMs = 1_000;
/** How long the calls for a log go on to fail when its step has ended, and how many logs meet with faults of their own at a time. */
const afterEndMs = 10_000;
const atATime = 13;
/** Longest time from the last fault until every log is told to its end. */
const patienceMs = 120_000;

const isRead = ({ method }: Call) => method === 'GET';

interface Told {
  readonly kind: string;
  readonly when: string;
  readonly count: number;
  readonly followed: Followed;
  judgement: Judgement | undefined;
}
interface Options {
  readonly scale: number;
  readonly random: () => number;
  readonly wants: (name: string) => boolean;
}

/** In an order that the draw decides. */
const shuffled = <T>(items: readonly T[], random: () => number): T[] =>
  items
    .map((item) => ({ item, at: random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);

/** Every kind of bad answer, on the calls for a log and on all reads, while logs are written and followed at both gateways. */
export async function logs(world: SiegeWorld, options: Options): Promise<readonly Told[]> {
  const told: Told[] = [];
  const begin = async (kind: string, when: string, count: number, each: number): Promise<string | undefined> => {
    const id = await startWriting(world, `${kind} ${when}`, count, each);
    for (const first of [0, 1]) {
      const followed = id === undefined ? followedNothing : follow(id, world.gateways, first);
      told.push({ kind, when, count, followed, judgement: undefined });
    }
    return id;
  };
  await onCallsForLogs(world, options, begin);
  await onAllReads(world, options, begin);
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
type Begin = (kind: string, when: string, count: number, each: number) => Promise<string | undefined>;

/** Each log meets with a kind of its own: from the middle of the writing until long after the step has ended. Some kinds also come and go, on a long log. */
async function onCallsForLogs({ proxy }: SiegeWorld, { scale, random, wants }: Options, begin: Begin): Promise<void> {
  const all = Object.entries(badAnswers).flatMap(([name, fault]) => [
    { name, when: 'on its log', fault, count: 300, each: 0.02 },
    { name, when: 'on its log, now and then', fault: nowAndThen(fault), count: 5_000, each: 0.001 },
  ]);
  const waiting = shuffled(
    all.filter(({ name }) => wants(name)),
    random,
  );
  for (let batch = waiting.splice(0, atATime); batch.length > 0; batch = waiting.splice(0, atATime)) {
    const faults = new Map<string, Fault>();
    const begun = performance.now();
    await Promise.all(
      batch.map(async ({ name, when, fault, count, each }) => {
        const id = await begin(name, when, count, each);
        const runId = id && /run-\d+$/.exec(Buffer.from(id, 'base64url').toString())?.[0];
        if (runId !== undefined) faults.set(runId, fault);
      }),
    );
    const longest = Math.max(...batch.map(({ count, each }) => count * each * 1000));
    // Half of what is written is there to be read before; their containers start some seconds after the runs.
    await delay(3_000 + longest / 2);
    proxy.faults(({ path }) => faults.get(/\/log\/run\/(run-\d+)/.exec(path)?.[1] ?? ''));
    await delay(longest / 2 + afterEndMs * scale);
    proxy.faults(() => undefined);
    report(`  ${batch.length} logs, ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  }
}

/** A kind is over before the next one begins, but not its runs: one ends in the middle of it, the other in whatever comes later. */
async function onAllReads({ proxy }: SiegeWorld, { scale, random, wants }: Options, begin: Begin): Promise<void> {
  const each = 0.05;
  const chosen = kinds.filter(({ name }) => wants(name));
  for (const kind of shuffled(chosen, random)) {
    const lasts = onAllMs * scale;
    await Promise.all([
      begin(kind.name, 'on all reads, around its end', Math.round((lasts + 1_500) / 2_000 / each), each),
      begin(kind.name, 'on all reads, in mid-log', Math.round((lasts * 2) / 1_000 / each), each),
    ]);
    await delay(1_500);
    const mend = await kind.strike(proxy, isRead);
    await delay(lasts);
    await mend();
    await delay(pauseMs);
  }
}
