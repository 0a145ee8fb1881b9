import { eventually, type Bench } from '../../../support/bench.ts';
import { ask } from '../../../live/helpers.ts';

/** One step, `talk`, that runs this. */
export const yamlOf = (command: string, more = '') => `name: talker
docker_env: busybox
entry_points:
  talk:
    command: '${command}'
${more}`;
export const sleeper = yamlOf('echo begin; sleep 3600; echo never');

interface StepOf {
  run: { state: string; steps: { path: string; jobId: string | null; state: string }[] };
}

/** Advances until a step of this run is in this state; returns its job. */
export async function jobOf(bench: Bench, id: string, state = 'RUNNING', path = 'talk'): Promise<string> {
  return bench.whileTimePasses(2_000, async () => {
    const { run } = await ask<StepOf>(bench, `query ($id: ID!) { run(id: $id) { state steps { ... on Step { path jobId state } } } }`, {
      id,
    });
    return run.steps.find((step) => step.path === path && step.state === state)?.jobId;
  });
}
/** A container's log without its time stamps. */
export const plain = (log: string) =>
  log
    .split('\n')
    .slice(0, -1)
    .map((line) => line.replace(/^\S+ ?/, ''));
/** Lets the sandbox's time go on until this is done. */
export async function advanceUntil<T>(bench: Bench, work: Promise<T>): Promise<T> {
  let done = false;
  const settled = work.finally(() => (done = true));
  await Promise.race([
    settled,
    eventually(async () => {
      bench.control.advance(500);
      await ask(bench, '{ sources { syncedAt } }');
      return done;
    }),
  ]);
  return settled;
}

/** What the leader has asked of the logs of a run. */
export const logCalls = (bench: Bench, runId: string): string[] =>
  bench.control
    .calls()
    .flatMap(({ path, requestId }) => (requestId.startsWith('leader-') && path.includes(`/log/run/${runId}?`) ? [path] : []));

/** Until the leader has asked so many more times for the logs of a run. */
export async function looks(bench: Bench, runId: string, count: number): Promise<void> {
  const before = logCalls(bench, runId).length;
  await eventually(() => logCalls(bench, runId).length >= before + count);
}

export const archivedOf = async (bench: Bench, id: string): Promise<string> =>
  (await ask<{ run: { logArchived: string } }>(bench, 'query ($id: ID!) { run(id: $id) { logArchived } }', { id })).run.logArchived;
