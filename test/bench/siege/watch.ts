import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { median } from '../world.ts';
import { as, type Gateway, type SiegeWorld } from './world.ts';

const program = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const start = (name: string, args: readonly string[]) => fork(program(name), args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });

type Wait = readonly [began: number, took: number];
interface Bystander {
  readonly child: ChildProcess;
  readonly waits: Wait[];
}
function bystanderOf(url: string): Bystander {
  const child = start('bystander.ts', [url, as('bystander').authorization.slice(7)]);
  const waits: Wait[] = [];
  child.on('message', (wait) => waits.push(wait as Wait)); // the program's own
  return { child, waits };
}
async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
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

/**
 * A bystander of a gateway and the gateway's memory while something is done to it. What the machine makes everybody wait is what a bystander of a server
 * waits that nobody attacks, on the same cores and the same database, at the same time.
 */
export async function watch({ databaseUrl }: SiegeWorld, gateway: Gateway, work: () => Promise<void>): Promise<Watched> {
  const control = start('control.ts', [databaseUrl]);
  const [port] = await once(control, 'message');
  const [attacked, spared] = [bystanderOf(gateway.url() ?? ''), bystanderOf(`http://127.0.0.1:${port}`)];
  await Promise.all([once(attacked.child, 'message'), once(spared.child, 'message'), delay(2_000)]);
  const [usual, usually] = [attacked, spared].map(({ waits }) => median(waits.map(([, took]) => took))) as [number, number]; // of two
  attacked.waits.length = 0;
  spared.waits.length = 0;
  let peak = 0;
  const looking = setInterval(() => void gateway.memory().then((now) => (peak = Math.max(peak, now))), 100);
  await work();
  await delay(1_000);
  clearInterval(looking);
  for (const child of [attacked.child, spared.child, control]) await end(child);

  /** What everybody has waited in the course of a wait. */
  const noiseIn = ([began, took]: Wait) =>
    spared.waits
      .filter(([at, waited]) => at < began + took && at + waited > began)
      .reduce((sum, [, waited]) => sum + Math.max(0, waited - usually), 0);
  const judged = attacked.waits.map((wait) => {
    const [, took] = wait;
    const noise = noiseIn(wait);
    return { took, noise, beyond: took - noise - usual };
  });
  const worst = judged.toSorted((one, other) => other.beyond - one.beyond)[0] ?? { took: Infinity, noise: 0, beyond: Infinity };
  const { took: longest, noise, beyond } = worst;
  return { asked: judged.length, median: median(judged.map(({ took }) => took)), longest, noise, beyond, peak };
}
