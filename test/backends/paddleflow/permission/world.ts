import { toGlobalId, type Bench } from '../../../support/bench.ts';
import { passwordOf, startAccounts } from '../accounts.ts';
import { base64, upstreamUser, type Caller } from '../upstream.ts';

/** Global id of a thing of `prod`. */
export const id = (type: string, key: string, source = 'prod'): string => toGlobalId(type, source, key);

export interface World extends Bench {
  readonly root: Caller;
  /** Logged in anew each time: a change of the password ends all that came before. */
  alice(): Promise<Caller>;
  /** `by` a user writes past the gateway; what the server refuses fails the test. */
  make(by: Caller, path: string, body: object, method?: string): Promise<Record<string, unknown>>;
  /** Of alice; its id. */
  pipeline(name: string): Promise<string>;
  /** Of alice; its id. */
  startRun(yaml: string): Promise<string>;
}

export const workflow = (name: string, more = '') => `name: ${name}
docker_env: busybox
entry_points:
  main: {command: 'sleep 86400'}
${more}`;

async function make(by: Caller, path: string, body: object, method = 'POST'): Promise<Record<string, unknown>> {
  const answer = await by.call(method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
  return answer.body;
}

/** `prod` is a server of today, `old` one that can still stop queues. Alice has the file system `hers`, bobby has `theirs`. */
export async function startWorld(): Promise<World> {
  const bench = await startAccounts({
    sandboxes: { prod: {}, old: { version: 'v0.13' } },
    tokens: {
      boss: { role: 'admin' },
      ops: { role: 'operator' },
      alice: { role: 'viewer' },
      bobby: { role: 'viewer' },
      carla: { role: 'viewer' },
    },
  });
  const { url } = bench.sandbox('prod');
  const root = await upstreamUser(url);
  const alice = () => upstreamUser(url, 'alice', passwordOf('alice'));
  for (const [username, name] of Object.entries({ alice: 'hers', bobby: 'theirs' }))
    await make(root, '/fs', { name, url: `cfs://host/${name}`, username });
  return Object.assign(bench, {
    root,
    alice,
    make,
    pipeline: async (name: string) => String((await make(await alice(), '/pipeline', { yamlRaw: base64(workflow(name)) }))['pipelineID']),
    startRun: async (yaml: string) => String((await make(await alice(), '/run', { runYamlRaw: base64(yaml) }))['runID']),
  });
}
