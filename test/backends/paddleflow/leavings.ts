import { startBench, toGlobalId, type Bench, type BenchOptions, eventually } from '../../support/bench.ts';
import { base64, upstreamUser, type Caller } from './upstream.ts';

/** Two steps of which the second reads what the first has made; the first leaves a cache record. */
export const leaving = (name: string, fs = 'scratch') => `name: ${name}
docker_env: busybox
fs_options: {main_fs: {name: ${fs}}}
entry_points:
  prep:
    command: 'echo ${fs} > {{clean}}'
    artifacts: {output: [clean]}
    cache: {enable: true}
  train:
    deps: prep
    command: 'cat {{table}}'
    artifacts: {input: {table: "{{prep.clean}}"}}
`;
export const runKey = (id: string) => toGlobalId('Run', 'prod', id);

export interface LeavingsBench extends Bench {
  readonly root: Caller;
  readonly alice: Caller;
  /** By name: two equal runs of root's, of which the second takes over from the first, and one of alice's. */
  readonly runs: { readonly first: string; readonly second: string; readonly alices: string };
}

/** A gateway over a server where root's runs and alice's have left cache records and artifacts. */
export async function startLeavings(options: BenchOptions = {}): Promise<LeavingsBench> {
  const tokens = { boss: { role: 'operator' }, alice: { role: 'viewer' }, bobby: { role: 'viewer' } } as const;
  const bench = await startBench({ tokens, ...options });
  const { url } = bench.sandbox('prod');
  const root = await upstreamUser(url);
  for (const username of ['alice', 'bobby']) await root.post('/user', { username, password: `${username}-secret1` });
  const alice = await upstreamUser(url, 'alice', 'alice-secret1');
  await root.post('/fs', { name: 'scratch', url: 'local://mnt/scratch', username: 'root' });
  await alice.post('/fs', { name: 'hers', url: 'local://mnt/hers' });
  const run = async (by: Caller, name: string, fs: string) => {
    const { text, body } = await by.post('/run', { runYamlRaw: base64(leaving(name, fs)) });
    if (!body.runID) throw new Error(text);
    bench.control.advance(600_000);
    return body.runID;
  };
  const runs = {
    first: await run(root, 'flow', 'scratch'),
    second: await run(root, 'flow', 'scratch'),
    alices: await run(alice, 'flow', 'hers'),
  };
  await eventually(async () => {
    bench.forgetCalls();
    const { data } = await bench.query(
      '{ runs(filter: {states: [SUCCEEDED]}) { totalCount nodes { settled cachedRuns { runId } } } }',
      {},
      { authorization: 'Bearer boss' },
    );
    return (
      Number(data?.runs?.totalCount) === 3 && data?.runs?.nodes?.every(({ settled }) => Boolean(settled)) && bench.calls().length === 0
    );
  });
  bench.forgetCalls();
  return Object.assign(bench, { root, alice, runs });
}
