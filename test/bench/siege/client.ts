import { setTimeout as delay } from 'node:timers/promises';
import { operation } from '../world.ts';
import { as, type Gateway, type SiegeWorld } from './world.ts';

export interface Answered {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
}

/** Undefined: there was no answer, whatever the reason. */
export async function ask(
  gateway: Gateway,
  query: string,
  variables: object = {},
  who: string | undefined = 'boss',
): Promise<Answered | undefined> {
  const url = gateway.url();
  if (url === undefined) return undefined;
  const headers = { 'content-type': 'application/json', ...(who && as(who)) };
  const signal = AbortSignal.timeout(30_000);
  return fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }), signal })
    .then(async (answer) => (await answer.json()) as Answered)
    .catch(() => undefined);
}

/** A gateway that accepts no run for so long accepts none. */
const patienceMs = 60_000;

/** A run whose only step writes `line 1` up to `line <count>`, one each so many seconds. Asked for until it is there; undefined: it was not accepted. */
export async function startWriting(
  { gateways }: SiegeWorld,
  key: string,
  count: number,
  everySeconds: number,
): Promise<string | undefined> {
  const command = `for i in $(seq 1 ${count}); do echo line $i; sleep ${everySeconds}; done`;
  const yaml = `name: siege\ndocker_env: busybox\nparallelism: 20\nentry_points:\n  main:\n    command: '${command}'\n`;
  const query = await operation('CreateRun');
  const until = performance.now() + patienceMs;
  for (let turn = 0; performance.now() < until; turn += 1) {
    const gateway = gateways[turn % gateways.length];
    const answer = gateway && (await ask(gateway, query, { input: { source: 'prod', idempotencyKey: key, from: { yaml } } }));
    const id = (answer?.data?.['createRun'] as { run?: { id: string } } | undefined)?.run?.id;
    if (id !== undefined) return id;
    await delay(500);
  }
  return undefined;
}
