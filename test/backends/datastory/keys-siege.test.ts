import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inParallel } from '../../../src/core/in-parallel.ts';
import { startDataStorySandbox } from '../../../src/sandbox/datastory/index.ts';
import { startGateway } from '../../start/gateway-process.ts';
import { eventually } from '../../support/bench.ts';
import { createTestDatabase } from '../../support/database.ts';
import { startFaultProxy, type Cut } from '../../support/fault-proxy.ts';
import { makeTemporaryFolder } from '../../support/temporary-folder.ts';
import { cosmetics, storage, token } from './bench.ts';

const keys = Array.from({ length: 500 }, (_, index) => `key-${index}`);
const submit = `mutation ($input: SubmitTaskInput!) { submitTask(input: $input) {
  __typename ... on SubmitTaskPayload { task { id taskId } } ... on UnconfirmedProblem { executionId } ... on Problem { message }
} }`;
interface Submitted {
  readonly submitTask: {
    readonly __typename: string;
    readonly task?: { readonly id: string; readonly taskId: string };
    readonly executionId?: string | null;
  } | null;
}
const list = `query ($after: Cursor) { tasks(first: 1000, after: $after) {
  totalCount nodes { id taskId submission state message input { path } }
} }`;
interface Listed {
  readonly tasks: {
    readonly totalCount: number;
    readonly nodes: readonly {
      readonly id: string;
      readonly taskId: string | null;
      readonly submission: string;
      readonly state: string;
      readonly message: string;
      readonly input: { readonly path: string };
    }[];
  };
}
const pathOf = (key: string) => `/data/in/${key}`;

const inputOf = (key: string) => ({
  source: 'lab',
  algorithm: cosmetics.name,
  input: { profile: { name: 'lake', path: pathOf(key) } },
  output: { profile: { name: 'texts', path: `nlp-out#${key}` } },
  idempotencyKey: key,
});

// Real processes: this takes its time.
test('500 keys lead to 500 tasks, none of them twice, and what nobody knows of is shown as such', { timeout: 180_000 }, async () => {
  await using resources = new AsyncDisposableStack();
  const database = resources.use(await createTestDatabase());
  const sandbox = resources.use(await startDataStorySandbox({ clock: 'manual', token }));
  const { path: folder } = resources.use(await makeTemporaryFolder('tributary-tasks'));

  /** Of the submissions, over both gateways, three in ten are cut after the platform has taken them; two of these kill who has sent them. */
  let calls = 0;
  let cuts = 0;
  const killAt = new Set([98, 265]);

  async function gateway(name: string) {
    let running: Awaited<ReturnType<typeof startGateway>> | undefined;
    let kills = 0;
    const proxy = resources.use(
      await startFaultProxy(sandbox.url, ({ method }): Cut | undefined => {
        if (method !== 'POST') return undefined;
        calls += 1;
        if (![2, 5, 8].includes(calls % 10)) return undefined;
        cuts += 1;
        if (killAt.has(calls)) {
          kills += 1;
          process.kill(running?.pid ?? 0, 'SIGKILL');
        }
        return 'after';
      }),
    );
    const config = join(folder, `${name}.yaml`);
    const source = { name: 'lab', kind: 'datastory', url: proxy.url, token, algorithms: [cosmetics], storage };
    await writeFile(
      config,
      JSON.stringify({ sources: [{ ...source, budgets: { writeMs: 3_000 }, email: { default: 'ops@acme.example' } }] }),
    );
    const env = { TRIBUTARY_CONFIG: config, DATABASE_URL: database.url, TRIBUTARY_DATA: join(folder, name) };
    let over = false;
    const start = async () => {
      running = await startGateway({ env, cwd: folder });
      void running.ended.then(() => (over ? undefined : start()));
    };
    await start();
    resources.defer(async () => {
      over = true;
      await running?.end('SIGKILL');
    });
    return {
      // It may be killed over it.
      ask: async <T>(text: string, variables: Record<string, unknown> = {}): Promise<T | undefined> =>
        running?.query(text, variables).catch(() => undefined) as Promise<T | undefined>,
      kills: () => kills,
    };
  }

  const gateways = [await gateway('one'), await gateway('two')];
  let asked = 0;
  const askSome = <T>(text: string, variables: Record<string, unknown>) => {
    asked += 1;
    return gateways[asked % 2]?.ask<T>(text, variables);
  };
  /** The id of the task that a key stands for, and whether the platform is known to have it. */
  const settled = (key: string) =>
    eventually(async () => {
      const answer = (await askSome<Submitted>(submit, { input: inputOf(key) }))?.submitTask;
      if (answer?.__typename === 'SubmitTaskPayload') return { id: answer.task?.id, taskId: answer.task?.taskId };
      if (answer?.__typename === 'UnconfirmedProblem') return answer.executionId ? { id: answer.executionId, taskId: null } : undefined;
      if (answer) throw new Error(JSON.stringify(answer));
      return undefined;
    });
  const made = new Map<string, { id: string | undefined; taskId: string | null | undefined }>();
  await inParallel(keys, 24, async (key) => void made.set(key, await settled(key)));
  expect(gateways.reduce((sum, { kills }) => sum + kills(), 0)).toBe(2);
  expect(cuts).toBeGreaterThanOrEqual(135);

  // What was under way when its gateway was killed is doubtful after a while.
  const tasks = await eventually(async () => {
    const all = (await askSome<Listed>(list, {}))?.tasks;
    return all?.nodes.every(({ submission }) => submission !== 'SENDING') ? all : undefined;
  });
  const onPlatform = Map.groupBy(sandbox.control.tasks(), ({ inputPath }) => inputPath);
  expect([...onPlatform.values()].filter((of) => of.length > 1)).toEqual([]);
  // A gateway may be killed before it has sent what it had written down.
  expect(calls).toBeLessThanOrEqual(keys.length);
  expect(onPlatform.size).toBe(calls);
  expect(tasks.totalCount).toBe(keys.length);
  const byPath = new Map(tasks.nodes.map((task) => [task.input.path, task]));
  expect(byPath.size).toBe(keys.length);
  for (const key of keys) {
    const task = byPath.get(pathOf(key));
    const [there] = onPlatform.get(pathOf(key)) ?? [];
    expect(made.get(key)?.id).toBe(task?.id);
    const isAccepted = task?.submission === 'ACCEPTED';
    const unconfirmed = { submission: 'UNCONFIRMED', taskId: null, state: 'UNKNOWN', message: expect.stringContaining('never sent again') };
    expect(task).toMatchObject(isAccepted ? { taskId: String(there?.id), state: 'QUEUED' } : unconfirmed);
  }
  expect(tasks.nodes.filter(({ submission }) => submission === 'UNCONFIRMED').length).toBeGreaterThanOrEqual(cuts);
  // Asked once more, the keys lead to the same tasks, and nothing is sent.
  await inParallel(keys.slice(0, 50), 8, async (key) => expect((await settled(key)).id).toBe(made.get(key)?.id));
  expect(sandbox.control.tasks()).toHaveLength(calls);
});
