import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inParallel } from '../../../../src/core/in-parallel.ts';
import { startPaddleFlowSandbox } from '../../../../src/sandbox/paddleflow/index.ts';
import { startGateway } from '../../../start/gateway-process.ts';
import { eventually } from '../../../support/bench.ts';
import { createTestDatabase } from '../../../support/database.ts';
import { startFaultProxy, type Cut } from '../../../support/fault-proxy.ts';
import { makeTemporaryFolder } from '../../../support/temporary-folder.ts';
import { upstreamUser } from '../upstream.ts';

const keys = Array.from({ length: 300 }, (_, index) => `key ${index}`);
const yaml = 'name: keyed\ndocker_env: busybox\nentry_points:\n  main: {command: echo keyed}\n';
const document = `mutation ($input: CreateRunInput!) { createRun(input: $input) {
  __typename ... on CreateRunPayload { run { runId description } } ... on Problem { message }
} }`;
/** The description, without the mark. */
const keyOf = ({ description }: { description: string }) => description.replace(/ \[tributary:.*/, '');
interface Created {
  readonly createRun: { readonly __typename: string; readonly run?: { readonly runId: string; readonly description: string } } | null;
}

// Real processes: this takes its time.
test('300 keys lead to 300 runs, whatever is cut and whoever is killed', { timeout: 180_000 }, async () => {
  await using resources = new AsyncDisposableStack();
  const database = resources.use(await createTestDatabase());
  const sandbox = resources.use(await startPaddleFlowSandbox({ clock: 'manual' }));
  const { path: folder } = resources.use(await makeTemporaryFolder('tributary-keys'));

  /** Of the calls that would make a run, over both gateways, every tenth is cut before, every tenth after; four of these kill who has sent them. */
  let calls = 0;
  const cuts = { before: 0, after: 0 };
  const killAt = new Set([35, 80, 125, 170]);

  async function gateway(name: string) {
    let running: Awaited<ReturnType<typeof startGateway>> | undefined;
    let kills = 0;
    const proxy = resources.use(
      await startFaultProxy(sandbox.url, ({ method, url }): Cut | undefined => {
        if (method !== 'POST' || !url?.endsWith('/run')) return undefined;
        calls += 1;
        const cut = calls % 10 === 0 ? 'before' : calls % 10 === 5 ? 'after' : undefined;
        if (cut) cuts[cut] += 1;
        if (killAt.has(calls)) {
          kills += 1;
          // `before`: between the claim and the call. `after`: between the call and its settlement.
          process.kill(running?.pid ?? 0, 'SIGKILL');
        }
        return cut;
      }),
    );
    const config = join(folder, `${name}.yaml`);
    await writeFile(
      config,
      JSON.stringify({
        sources: [
          {
            name: 'prod',
            kind: 'paddleflow',
            url: proxy.url,
            username: 'root',
            password: 'paddleflow',
            timeZone: 'Asia/Shanghai',
            poll: { intervalMs: 200 },
            budgets: { writeMs: 1_500, lateWriteMs: 500 },
          },
        ],
      }),
    );
    const env = { TRIBUTARY_CONFIG: config, DATABASE_URL: database.url, TRIBUTARY_DATA: join(folder, name) };
    let over = false;
    const start = async () => {
      running = await startGateway({ env, cwd: folder });
      void running.ended.then(() => {
        if (!over) started = start();
      });
    };
    let started = start();
    await started;
    resources.defer(async () => {
      over = true;
      await running?.end('SIGKILL');
    });
    return {
      async ask(idempotencyKey: string): Promise<Created | undefined> {
        await started;
        const input = { source: 'prod', from: { yaml }, description: idempotencyKey, idempotencyKey };
        return running?.query(document, { input }).catch(() => undefined); // it was killed over it
      },
      kills: () => kills,
    };
  }

  const gateways = [await gateway('one'), await gateway('two')];
  let asked = 0;
  const settled = (key: string) =>
    eventually(async () => {
      asked += 1;
      const answer = (await gateways[asked % 2]?.ask(key))?.createRun;
      if (answer?.__typename !== 'CreateRunPayload' && answer?.__typename !== 'UnconfirmedProblem' && answer)
        throw new Error(JSON.stringify(answer));
      return answer?.run;
    }, 50);
  const made = new Map<string, string>();
  await inParallel(keys, 24, async (key) => {
    const run = await settled(key);
    expect(run.description).toBe(key);
    made.set(key, run.runId);
  });

  expect(gateways.reduce((sum, { kills }) => sum + kills(), 0)).toBe(4);
  expect(Math.min(cuts.before, cuts.after)).toBeGreaterThanOrEqual(28);
  const root = await upstreamUser(sandbox.url);
  const { body } = await root.get('/run?maxKeys=1000');
  const upstream = body.runList as unknown as { runID: string; description: string }[];
  expect(upstream.map(keyOf).toSorted()).toEqual(keys.toSorted());
  expect(Object.fromEntries(made)).toEqual(Object.fromEntries(upstream.map((run) => [keyOf(run), run.runID])));
});
