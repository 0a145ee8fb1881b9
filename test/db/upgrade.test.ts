import { readFileSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { ask, follow, kindsOf, linesOf } from '../live/helpers.ts';
import { advanceUntil } from '../backends/paddleflow/run-log/steps.ts';
import { startBench } from '../support/bench.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { restore } from './old-catalog/dump.ts';
import { takePicture, type Places } from './old-catalog/picture.ts';

// A catalog that an older version has left, and what that version had handed out: see old-catalog/README.md.

const at = (name: string) => new URL(`old-catalog/${name}`, import.meta.url);
const sql = readFileSync(at('catalog.sql'), 'utf8');
/** Written by make.ts. */
interface HandedOut {
  places: Places;
  picture: { readonly runs: { readonly nodes: readonly { readonly id: string }[] } };
  keyedInput: object;
}
const { places, picture, keyedInput } = JSON.parse(readFileSync(at('handed-out.json'), 'utf8')) as HandedOut;

/** Sandboxes in the state in which the old version had last seen them. */
async function sandboxesOfThen(folder: string) {
  const dataDirOf = async (name: string) => {
    const dataDir = join(folder, name);
    await mkdir(dataDir);
    await copyFile(at(`${name}.jsonl`), join(dataDir, 'paddleflow.jsonl'));
    return { dataDir };
  };
  return { prod: await dataDirOf('prod'), lab: await dataDirOf('lab') };
}

test('with its sources down, an old catalog shows all that it showed: lists and their cursors, details, events, logs, on from the middle too', async () => {
  await using bench = await startBench({
    database: await restore(sql),
    sandboxes: { prod: {}, lab: {} },
    prepare: async ({ prod, lab }) => void (await Promise.all([prod?.close(), lab?.close()])),
  });
  expect(await takePicture(bench, places)).toEqual(picture);
  // Tables that were made anew are known to the planner from the first question on.
  const client = new Client({ connectionString: bench.database.url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>('select distinct tablename as name from pg_stats order by 1');
  await client.end();
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['log_entry', 'paddleflow_run', 'stream']));
});

test('with its sources as they were, nothing is told twice, and what goes on takes the next places in its streams', async () => {
  await using folder = await makeTemporaryFolder('tributary-upgrade');
  await using bench = await startBench({ database: await restore(sql), sandboxes: await sandboxesOfThen(folder.path) });
  const { going = '', keyed = '' } = places.runs;
  await using changes = await follow(bench, 'runChanged', { after: places.changes.at(-1) });
  await using ofRun = await follow(bench, 'runChanged', { id: going, after: places.events['going']?.at(-1) });
  await using log = await follow(bench, 'runLog', { id: going, after: places.logs['going']?.at(-2) });
  await bench.synced();
  expect(await takePicture(bench, places)).toEqual(picture);

  const again = await bench.query(
    'mutation ($input: CreateRunInput!) { createRun(input: $input) { ... on CreateRunPayload { run { id } } } }',
    {
      input: keyedInput,
    },
  );
  expect(again.data?.createRun).toEqual({ run: { id: keyed } });

  type Going = { run: { runId: string; steps: { jobId: string }[] } };
  const { run } = await ask<Going>(bench, 'query ($id: ID!) { run(id: $id) { runId steps { ... on Step { jobId } } } }', { id: going });
  const jobID = run.steps[0]?.jobId ?? '';
  bench.control.writeLog({ runID: run.runId, jobID, lines: ['after the upgrade'] });
  await log.until(({ lines }) => lines?.at(-1)?.text === 'after the upgrade');
  expect(linesOf(log.items).map(({ number, text }) => [number, text])).toEqual([
    [61, expect.stringContaining('burst 3 line 60 ')],
    [62, 'after the upgrade'],
  ]);

  bench.control.finishJob(jobID, 'succeeded');
  const itsEnd = changes.until(({ run: of, event }) => of?.id === going && event?.kind === 'SETTLED');
  await advanceUntil(bench, Promise.all([itsEnd, ofRun.toEnd(), log.toEnd()]));
  expect(kindsOf(ofRun.items).at(-1)).toBe('SETTLED SUCCEEDED');
  const discovered = changes.items.filter(({ event }) => event?.kind === 'DISCOVERED').map(({ run: of }) => of?.id);
  expect(picture.runs.nodes.filter(({ id }) => discovered.includes(id))).toEqual([]);
});
