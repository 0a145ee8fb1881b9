import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../../../src/db/embedded.ts';
import { migrate } from '../../../src/db/migrate.ts';
import { plant } from '../../corpus/plant.ts';
import { upstreamUser } from '../../backends/paddleflow/upstream.ts';
import { ask, createRun, follow } from '../../live/helpers.ts';
import { archivedOf, jobOf, sleeper } from '../../backends/paddleflow/run-log/steps.ts';
import { eventually, startBench, toGlobalId, type Bench } from '../../support/bench.ts';
import { makeTemporaryFolder } from '../../support/temporary-folder.ts';
import { dump } from './dump.ts';
import { eventsOf, listNames, logOf, pageOf, takePicture, type ListName, type Places } from './picture.ts';

// Records anew what `test/db/upgrade.test.ts` opens, see README.md: `sh .node24 node test/db/old-catalog/make.ts`.

const folder = fileURLToPath(new URL('.', import.meta.url));
const idOf = (runId: string, source = 'prod') => toGlobalId('Run', source, runId);

const keyedInput = { source: 'prod', name: 'keyed', from: { yaml: sleeper }, idempotencyKey: 'once' };

interface Made {
  made: { __typename: string; run?: { id: string; runId: string } };
}
const mutate = async (bench: Bench, name: string, input: object) => {
  const { made } = await ask<Made>(
    bench,
    `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { made: ${name}(input: $input) { __typename ... on ${name[0]?.toUpperCase()}${name.slice(1)}Payload {
      ${name === 'deleteRun' ? '__typename' : 'run { id runId }'} } } }`,
    { input },
  );
  return made;
};
const stateOf = async (bench: Bench, id: string) =>
  (await ask<{ run: { state: string } }>(bench, 'query ($id: ID!) { run(id: $id) { state } }', { id })).run.state;
const reach = (bench: Bench, id: string, state: string) => bench.whileTimePasses(1_000, async () => (await stateOf(bench, id)) === state);
const archived = (bench: Bench, id: string) => bench.whileTimePasses(1_000, async () => (await archivedOf(bench, id)) !== 'PENDING');

/** Runs in every state, made, ended, tried again, deleted, and some that go on; returns those that are looked at closely, by a word for each. */
async function live(bench: Bench): Promise<Record<string, string>> {
  await plant(bench);
  const { control } = bench;
  const root = await upstreamUser(bench.sandbox('prod').url, 'alice', 'secret1');
  await root.post('/schedule', { name: 'often', pipelineID: 'ppl-000001', pipelineVersionID: '1', crontab: '*/5 * * * *', concurrency: 0 });
  const keyed = await mutate(bench, 'createRun', keyedInput);
  await mutate(bench, 'createRun', {
    source: 'prod',
    from: { path: { path: 'nowhere.yaml', fileSystem: 'nowhere' } },
    idempotencyKey: 'refused',
  });
  const ended = await createRun(bench, sleeper.replace('talker', 'ended'));
  const endedJob = await jobOf(bench, ended.id);
  for (let burst = 1; burst <= 3; burst += 1) {
    control.writeLog({ runID: ended.runId, jobID: endedJob, count: 40, bytes: 40, prefix: `burst ${burst} line ` });
    await eventually(
      async () => (await bench.run('RunLog', { id: ended.id, first: 1000 })).data?.run?.log?.edges?.length === 1 + 40 * burst,
    );
  }
  control.finishJob(endedJob, 'failed');
  await archived(bench, ended.id);
  const retried = await mutate(bench, 'retryRun', { id: ended.id });
  await jobOf(bench, retried.run?.id ?? '');
  await mutate(bench, 'stopRun', { id: retried.run?.id });
  await reach(bench, retried.run?.id ?? '', 'CANCELLED');
  await archived(bench, retried.run?.id ?? '');

  const lost = await createRun(bench, sleeper.replace('talker', 'lost'));
  const lostJob = await jobOf(bench, lost.id);
  control.writeLog({ runID: lost.runId, jobID: lostJob, count: 10 });
  await eventually(async () => (await bench.run('RunLog', { id: lost.id, first: 1000 })).data?.run?.log?.edges?.length === 11);
  control.orderFault({ kind: 'cut', path: '/log/run/' });
  control.writeLog({ runID: lost.runId, jobID: lostJob, count: 10 });
  control.finishJob(lostJob, 'succeeded');
  await reach(bench, lost.id, 'SUCCEEDED');
  await mutate(bench, 'deleteRun', { id: lost.id });
  await archived(bench, lost.id);
  control.clearFaults();

  const deleted = await createRun(bench, sleeper.replace('talker', 'deleted'));
  control.finishJob(await jobOf(bench, deleted.id), 'succeeded');
  await archived(bench, deleted.id);
  await mutate(bench, 'deleteRun', { id: deleted.id });

  const going = await createRun(bench, sleeper.replace('talker', 'going'));
  const goingJob = await jobOf(bench, going.id);
  for (let burst = 1; burst <= 3; burst += 1) {
    control.writeLog({ runID: going.runId, jobID: goingJob, count: 20, bytes: 40, prefix: `burst ${burst} line ` });
    await eventually(
      async () => (await bench.run('RunLog', { id: going.id, first: 1000 })).data?.run?.log?.edges?.length === 1 + 20 * burst,
    );
  }
  const word = await createRun(bench, sleeper.replace('talker', 'word'));
  await jobOf(bench, word.id);
  control.setRawStatus(word.runId, 'napping');
  await eventually(async () => (await stateOf(bench, word.id)) === 'UNKNOWN');
  const unreadable = await createRun(bench, sleeper.replace('talker', 'unreadable'));
  await jobOf(bench, unreadable.id);
  control.orderFault({ kind: 'undecodable-run', runID: unreadable.runId });
  await eventually(async () => (await stateOf(bench, unreadable.id)) === 'UNKNOWN');
  const fresh = await createRun(bench, sleeper.replace('talker', 'fresh')); // no time passes any more: it stays where it is
  return {
    ended: ended.id,
    retried: retried.run?.id ?? '',
    lost: lost.id,
    deleted: deleted.id,
    going: going.id,
    keyed: keyed.run?.id ?? '',
    fresh: fresh.id,
    unreadable: unreadable.id,
    old: idOf('run-000002', 'lab'),
  };
}

async function placesOf(bench: Bench, runs: Record<string, string>, changes: readonly string[]): Promise<Places> {
  const pages: Partial<Record<ListName, string[]>> = {};
  for (const name of listNames) {
    const ends: string[] = [];
    for (let more = true; more && ends.length < 4;) {
      const { pageInfo } = await pageOf(bench, name, { first: 6, after: ends.at(-1) });
      if (pageInfo.endCursor !== null) ends.push(pageInfo.endCursor);
      more = pageInfo.hasNextPage;
    }
    pages[name] = ends;
  }
  const events: Record<string, string[]> = {};
  const logs: Record<string, string[]> = {};
  for (const [word, id] of Object.entries(runs)) {
    events[word] = (await eventsOf(bench, id)).edges.map(({ cursor }) => cursor);
    if (!['fresh', 'unreadable'].includes(word)) logs[word] = (await logOf(bench, id)).edges.map(({ cursor }) => cursor);
  }
  return { runs, pages: pages as Places['pages'], changes, events, logs }; // every list has got its pages
}

await using stack = new AsyncDisposableStack();
const temporary = stack.use(await makeTemporaryFolder('tributary-old-catalog'));
const postgres = stack.use(await startEmbeddedPostgres({ dataDir: join(temporary.path, 'postgres'), durable: false }));
await migrate(postgres.connectionString);
const dataDirOf = (name: string) => join(temporary.path, name);
const bench = stack.use(
  await startBench({
    database: { url: postgres.connectionString, [Symbol.asyncDispose]: async () => {} },
    sandboxes: { prod: { dataDir: dataDirOf('prod') }, lab: { dataDir: dataDirOf('lab') } },
    prepare: ({ prod }) => void prod?.control.insertRuns({ count: 20, name: 'old' }),
  }),
);
await bench.synced();
const changes = await follow(bench, 'runChanged', {});
const runs = await live(bench);
await bench.synced();
const { totalCount } = await pageOf(bench, 'runs', { first: 1 });
await changes.until(({ run }) => run?.id === runs.fresh);
const places = await placesOf(
  bench,
  runs,
  changes.items.map(({ cursor }) => cursor),
);
await bench.synced();
const picture = await takePicture(bench, places);
await changes[Symbol.asyncDispose]();
await bench.gateways[0]?.close();
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'catalog.sql'), await dump(postgres.connectionString));
await writeFile(join(folder, 'handed-out.json'), `${JSON.stringify({ places, picture, keyedInput })}\n`);
for (const name of ['prod', 'lab']) await copyFile(join(dataDirOf(name), 'paddleflow.jsonl'), join(folder, `${name}.jsonl`));
console.log(`${totalCount} runs, ${changes.items.length} changes`);
