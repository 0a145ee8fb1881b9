import { setTimeout as delay } from 'node:timers/promises';
import { operation } from '../world.ts';
import { ask } from './client.ts';
import { badAnswers } from './faults.ts';
import type { SiegeWorld } from './world.ts';

const keys = 300;
const atATime = 12;
const patienceMs = 180_000;

export interface Submitted {
  readonly keys: number;
  /** Answered with a run. */
  readonly answered: number;
  /** Runs that were made, and keys of which there is not exactly one. */
  readonly made: number;
  readonly wrong: number;
}

/** Runs by key, with one in ten calls cut before the backend hears of it and one in ten when it has done it. Whoever gets no run asks again. */
export async function submissions({ gateways, proxy, sandbox }: SiegeWorld, random: () => number): Promise<Submitted> {
  proxy.faults(({ method, path }) => {
    if (method !== 'POST' || !path.endsWith('/run')) return undefined;
    const drawn = random();
    return drawn < 0.1
      ? badAnswers['cut before the request is heard']
      : drawn < 0.2
        ? badAnswers['cut after the request was done']
        : undefined;
  });
  const query = await operation('CreateRun');
  const ids = new Map<number, Set<string>>();
  const until = performance.now() + patienceMs;
  let next = 0;
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      for (let key = (next += 1); key <= keys; key = next += 1) {
        const yaml = `name: keyed${key}\ndocker_env: busybox\nentry_points:\n  main:\n    command: echo done\n`;
        const input = { source: 'prod', idempotencyKey: `key ${key}`, from: { yaml } };
        for (let turn = key; performance.now() < until; turn += 1) {
          const gateway = gateways[turn % gateways.length];
          const answer = gateway && (await ask(gateway, query, { input }));
          const id = (answer?.data?.['createRun'] as { run?: { id: string } } | undefined)?.run?.id;
          if (id !== undefined) {
            ids.set(key, (ids.get(key) ?? new Set()).add(id));
            break;
          }
          await delay(500);
        }
      }
    }),
  );
  proxy.faults(() => undefined);
  const made = await namesOf(sandbox.url());
  const counts = Array.from({ length: keys }, (_, at) => made.filter((name) => name === `keyed${at + 1}`).length);
  return {
    keys,
    answered: ids.size,
    made: counts.reduce((sum, count) => sum + count, 0),
    wrong: counts.filter((count) => count !== 1).length,
  };
}

/** Of all runs, asked past the gateway. */
async function namesOf(url: string): Promise<string[]> {
  const call = async (path: string, init: RequestInit = {}) =>
    (await (await fetch(`${url}/api/paddleflow/v1${path}`, init)).json()) as Record<string, unknown>;
  const login = JSON.stringify({ username: 'root', password: 'paddleflow' });
  const { authorization } = await call('/login', { method: 'POST', body: login });
  const names: string[] = [];
  for (let marker = ''; ;) {
    const page = await call(`/run?maxKeys=1000${marker && `&marker=${marker}`}`, {
      headers: { 'x-pf-authorization': String(authorization) },
    });
    names.push(...((page['runList'] as { name: string }[] | null) ?? []).map(({ name }) => name));
    if (!page['nextMarker']) return names;
    marker = String(page['nextMarker']);
  }
}
