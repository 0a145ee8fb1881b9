import type { Bench } from '../../../support/bench.ts';

/** What the leader asked upstream, as `GET /api/…`. */
export const leaderCalls = (bench: Bench): string[] =>
  bench.control
    .calls()
    .filter(({ requestId, path }) => requestId.startsWith('leader-') && !path.endsWith('/login'))
    .map(({ method, path }) => `${method} ${path}`);

/** Ids of the newest runs in the order of the list. */
export async function runIds(bench: Bench, first: number): Promise<string[]> {
  const { data } = await bench.query<{ runs: { nodes: { runId: string }[] } }>(
    'query ($first: Int) { runs(first: $first) { nodes { runId } } }',
    { first },
  );
  return (data?.runs.nodes ?? []).map(({ runId }) => runId);
}

export const ordinalsOf = (ids: readonly string[]): number[] => ids.map((id) => Number(id.replace('run-', '')));
