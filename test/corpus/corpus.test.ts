import { readdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { as, eventually, startBench, type Answer, type Bench } from '../support/bench.ts';
import { plant } from './plant.ts';

/**
 * Each case is a query (`.graphql`, with its variables as a JSON comment in the first line), its answer (`.json`) and the upstream calls that
 * it may make (`.calls`), on what `plant.ts` has made. Whatever executes queries must give these answers, at no higher price.
 * `UPDATE_CORPUS=1` writes what is there now; look at the difference before you believe it.
 */
const folder = new URL('.', import.meta.url);
const cases = (await readdir(folder)).filter((name) => name.endsWith('.graphql')).map((name) => name.slice(0, -'.graphql'.length));
const updating = process.env['UPDATE_CORPUS'] === '1';

let bench: Bench;
beforeAll(async () => {
  const keys = { tokenKey: '00'.repeat(16), markerKey: '11'.repeat(16) };
  bench = await startBench({
    sandboxes: { prod: keys, lab: { ...keys, zone: 'Europe/Berlin' } },
    tokens: { oper: { role: 'operator' }, alice: { role: 'viewer' } },
  });
  await plant(bench);
  await bench.synced();
  // Details are read ahead by the leader, in its own time, and the last events too.
  const query = '{ runs(first: 1000) { nodes { state settled queues { id } pipelineVersion { id } } } }';
  type Runs = { runs: { nodes: { state: string; settled: boolean; queues: unknown[] | null }[] } };
  await eventually(async () => {
    const nodes = (await bench.query<Runs>(query, {}, as('oper'))).data?.runs.nodes ?? [];
    return nodes.length === 11 && nodes.every(({ state, settled, queues }) => queues !== null && (settled || state === 'RUNNING'));
  });
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.forgetCalls());

const contents = (name: string) => readFile(new URL(name, folder), 'utf8');
/** Moments of the gateway's own clock, which no case can know; and errors come in the order in which fields happened to be ready. */
function comparable({ data, errors }: Answer): unknown {
  const byPath = errors?.toSorted((one, other) => String(one.path).localeCompare(String(other.path)));
  const ours = ['observedAt', 'syncedAt', 'lagSeconds', 'errorId'];
  const text = JSON.stringify({ errors: byPath, data }, (key, value: unknown) =>
    ours.includes(key) && value !== null ? `(${key})` : value,
  );
  return JSON.parse(text) as unknown;
}

describe.each(cases)('%s', (name) => {
  test('is answered as written down, for the calls written down', async () => {
    const query = await contents(`${name}.graphql`);
    const variables = JSON.parse(/^# (\{.*\})$/m.exec(query)?.[1] ?? '{}') as Record<string, unknown>;
    const answer = comparable(await bench.query(query, variables, as(name.startsWith('alice-') ? 'alice' : 'oper')));
    const calls = ['prod', 'lab'].flatMap((source) => bench.calls(source).map((call) => `${source} ${call}\n`)).toSorted();
    if (updating) {
      await writeFile(new URL(`${name}.json`, folder), `${JSON.stringify(answer, undefined, 2)}\n`);
      await writeFile(new URL(`${name}.calls`, folder), calls.join(''));
    }
    expect(answer).toEqual(JSON.parse(await contents(`${name}.json`)));
    expect(calls.join('')).toBe(await contents(`${name}.calls`));
  });
});

test('every case has been answered without a bug', () => {
  expect(cases.length).toBeGreaterThan(10);
  expect(bench.errors).toEqual([]);
});
