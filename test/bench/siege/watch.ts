import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { median } from '../world.ts';
import { as, type Gateway } from './world.ts';

const program = fileURLToPath(new URL('bystander.ts', import.meta.url));
type Wait = readonly [began: number, took: number];

function start(args: readonly string[]): { child: ChildProcess; waits: Wait[] } {
  const child = fork(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const waits: Wait[] = [];
  child.on('message', (wait) => waits.push(wait as Wait)); // the program's own
  return { child, waits };
}

export interface Watched {
  readonly asked: number;
  readonly median: number;
  /** Longest wait, and what of it the machine alone accounts for. */
  readonly longest: number;
  readonly noise: number;
  readonly beyond: number;
  /** Of the process, in MiB. */
  readonly peak: number;
}

/** A bystander of a gateway, the machine's own noise, and the gateway's memory, while something is done to it. */
export async function watch(gateway: Gateway, work: () => Promise<void>): Promise<Watched> {
  const bystander = start(['ask', gateway.url() ?? '', as('bystander').authorization.slice(7)]);
  const spinner = start(['spin']);
  await Promise.all([once(bystander.child, 'message'), delay(2_000)]);
  const usual = median(bystander.waits.map(([, took]) => took));
  bystander.waits.length = 0;
  let peak = 0;
  const looking = setInterval(() => void gateway.memory().then((now) => (peak = Math.max(peak, now))), 100);
  await work();
  await delay(1_000);
  clearInterval(looking);
  for (const { child } of [bystander, spinner]) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  /** All that the machine has kept a process from running in the course of a wait. */
  const noiseIn = ([began, took]: Wait) =>
    spinner.waits.filter(([at, late]) => at < began + took && at + late + 11 > began).reduce((sum, [, late]) => sum + late, 0);
  const judged = bystander.waits.map((wait) => ({ took: wait[1], noise: noiseIn(wait) }));
  const worst = judged.toSorted((one, other) => other.took - other.noise - (one.took - one.noise))[0] ?? { took: Infinity, noise: 0 };
  const took = bystander.waits.map(([, time]) => time);
  return {
    asked: took.length,
    median: median(took),
    longest: worst.took,
    noise: worst.noise,
    beyond: worst.took - worst.noise - usual,
    peak,
  };
}
