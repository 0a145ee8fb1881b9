import { eventually, toGlobalId } from '../../../support/bench.ts';
import { passwordOf, startAccounts } from '../accounts.ts';
import { base64, upstreamUser, type Caller } from '../upstream.ts';

/** Global ids of things of `prod`. */
export const id = (type: string, key: string, source = 'prod') => toGlobalId(type, source, key);

/** `prod` is a server of today, `old` one from before v0.14.1. `boss` is an admin, `alice` and `bobby` have accounts and little rights. */
export async function startWorld() {
  const bench = await startAccounts({ sandboxes: { prod: {}, old: { version: 'v0.13' } } });
  const { url } = bench.sandbox('prod');
  const root = await upstreamUser(url);
  const alice = await upstreamUser(url, 'alice', passwordOf('alice'));
  /** Writes upstream; what the server refuses fails the test. */
  const make = async (path: string, body: object, caller: Caller = root) => {
    const answer = await caller.post(path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
    return answer.body;
  };
  return Object.assign(bench, {
    root,
    alice,
    make,
    async pipeline(yaml: string, caller = root) {
      return String((await make('/pipeline', { yamlRaw: base64(yaml) }, caller))['pipelineID']);
    },
    async startRun(yaml: string, caller = root) {
      return (await make('/run', { runYamlRaw: base64(yaml) }, caller)).runID;
    },
    /** Until the catalog shows what is there by now, and every ended run is settled. */
    async mirrored() {
      await bench.synced();
      await eventually(async () => {
        const { data } = await bench.query('{ runs(first: 100) { nodes { state settled } } }', {}, { authorization: 'Bearer boss' });
        return data?.runs?.nodes?.every(({ state, settled }) => Boolean(settled) || !/SUCCEEDED|FAILED|CANCELLED/.test(String(state)));
      });
    },
  });
}
export type World = Awaited<ReturnType<typeof startWorld>>;
