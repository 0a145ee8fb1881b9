import { median, report } from '../world.ts';
import { flood } from './floods.ts';
import { kinds } from './faults.ts';
import type { Judgement } from './follower.ts';
import { submissions } from './keys.ts';
import { kills } from './kills.ts';
import { logs } from './logs.ts';
import { startSiegeWorld } from './world.ts';

/** Bars. */
const longestStallMs = 250;
const mostMemoryMiB = 768;

interface Options {
  /** How long faults last, against the usual: the whole takes some eight minutes at 1. */
  readonly scale: number;
  /** The same seed, the same order of what comes. */
  readonly seed: number;
  readonly parts: readonly string[];
  /** Of these kinds of bad answers and floods only, by a part of their names. */
  readonly wants: (name: string) => boolean;
}

function optionsOf(args: readonly string[]): Options {
  const value = (name: string) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  return {
    scale: Number(value('length') ?? 1),
    seed: Number(value('seed') ?? 1),
    wants: (name) =>
      value('kinds')
        ?.split(',')
        .some((part) => name.includes(part)) ?? true,
    parts: (value('parts') ?? 'logs,kills,keys,floods').split(','),
  };
}

/** A row of numbers that anybody can draw again (mulberry32). */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Bar {
  readonly what: string;
  readonly is: string;
  readonly wanted: string;
  readonly holds: boolean;
}
const none = (what: string, count: number): Bar => ({ what, is: String(count), wanted: '0', holds: count === 0 });
const sum = (judged: readonly Judgement[], of: (one: Judgement) => number) => judged.reduce((total, one) => total + of(one), 0);
const barsOf = (where: string, judged: readonly Judgement[]): Bar[] => [
  none(
    `${where}: lines lost in silence (of ${sum(judged, ({ lines }) => lines)})`,
    sum(judged, ({ lost }) => lost),
  ),
  none(
    `${where}: lines twice`,
    sum(judged, ({ twice }) => twice),
  ),
  none(`${where}: lines out of order`, judged.filter(({ disordered }) => disordered).length),
  none(
    `${where}: gaps, though every pod was there`,
    sum(judged, ({ gaps }) => gaps),
  ),
  none(
    `${where}: lines that a gap tells of`,
    sum(judged, ({ told }) => told),
  ),
  none(`${where}: streams without an end (of ${judged.length})`, judged.filter(({ open }) => open).length),
];

/** The faults of a bad hour as a run that can be repeated. `--length=2 --seed=7 --parts=logs,keys --kinds=cut,empty`. Ends in a table; a bar that is missed is the exit code 1. */
export async function siege(args: readonly string[] = process.argv.slice(3)): Promise<void> {
  const options = optionsOf(args);
  const random = drawing(options.seed);
  const bars: Bar[] = [];
  const began = performance.now();
  const wantsPart = (part: string) => options.parts.includes(part);
  const heading = (text: string) => report(`${((performance.now() - began) / 1000).toFixed(0)} s: ${text}`);
  await using world = await startSiegeWorld();
  let peak = 0;
  const looking = setInterval(async () => {
    for (const gateway of world.gateways) peak = Math.max(peak, await gateway.memory());
  }, 250);

  if (wantsPart('keys')) {
    heading('300 keys, with cuts before and after');
    const { keys, answered, made, wrong } = await submissions(world, random);
    bars.push({ what: 'keys that led to a run', is: `${answered}/${keys}`, wanted: `${keys}/${keys}`, holds: answered === keys });
    bars.push({
      what: 'runs that were made of them',
      is: `${made}, ${wrong} keys not exactly once`,
      wanted: String(keys),
      holds: made === keys && wrong === 0,
    });
  }
  if (wantsPart('logs')) {
    heading(`${kinds.length} kinds of bad answers, in mid-log and around an end`);
    const told = await logs(world, { ...options, random });
    for (const { kind, when, judgement } of told) {
      const bad = judgement && (judgement.lost || judgement.twice || judgement.gaps || judgement.open || judgement.disordered);
      if (bad) report(`  ${kind}, ${when}: ${JSON.stringify(judgement)}`);
    }
    bars.push(
      ...barsOf(
        'bad answers',
        told.flatMap(({ judgement }) => judgement ?? []),
      ),
    );
  }
  if (wantsPart('floods')) {
    heading('floods');
    const floods = await flood(world, 8 * options.scale, options.wants);
    for (const [name, { alive, beyond, longest, noise, asked, median: usual, peak: memory }] of floods) {
      report(
        `  ${name}: waited ${longest.toFixed(0)} ms at most, ${noise.toFixed(0)} of it the machine's (median ${usual.toFixed(0)} of ${asked}); ${memory.toFixed(0)} MiB`,
      );
      bars.push({
        what: `${name}: longest stall beyond the noise`,
        is: `${beyond.toFixed(0)} ms`,
        wanted: `< ${longestStallMs} ms`,
        holds: beyond < longestStallMs,
      });
      if (!alive) bars.push({ what: `${name}: the gateway lives`, is: 'no', wanted: 'yes', holds: false });
    }
    report(`  median over all floods ${median([...floods.values()].map(({ beyond }) => beyond)).toFixed(0)} ms`);
  }
  if (wantsPart('kills')) {
    heading('kills and standstills');
    bars.push(...barsOf('kills', await kills(world, { ...options, random })));
  }
  clearInterval(looking);
  bars.push({
    what: 'memory of a gateway at its peak',
    is: `${peak.toFixed(0)} MiB`,
    wanted: `< ${mostMemoryMiB} MiB`,
    holds: peak < mostMemoryMiB,
  });

  heading('done');
  const width = Math.max(...bars.map(({ what }) => what.length));
  for (const { what, is, wanted, holds } of bars)
    report(`${holds ? '  ' : '✗ '}${what.padEnd(width)}  ${is}${holds ? '' : `  (wanted: ${wanted})`}`);
  const missed = bars.filter(({ holds }) => !holds).length;
  report(missed === 0 ? 'every bar is held' : `${missed} of ${bars.length} bars are missed`);
  if (missed > 0) process.exitCode = 1;
}
