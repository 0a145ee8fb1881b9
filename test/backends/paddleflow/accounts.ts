import { as, startBench, type Bench, type BenchOptions } from '../../support/bench.ts';
import { upstreamUser } from './upstream.ts';

export const passwordOf = (user: string): string => `${user}-secret1`;

/** prod has the users alice and bobby with a run each, lab has alice under another password. Tokens: boss (admin), ops, alice and bobby (viewers). */
export async function startAccounts(options: BenchOptions = {}): Promise<Bench> {
  return startBench({
    sandboxes: { prod: {}, lab: {} },
    tokens: { boss: { role: 'admin' }, ops: { role: 'operator' }, alice: { role: 'viewer' }, bobby: { role: 'viewer' } },
    ...options,
    async prepare(sandboxes) {
      for (const sandbox of Object.values(sandboxes)) {
        const root = await upstreamUser(sandbox.url);
        for (const username of ['alice', 'bobby']) await root.post('/user', { username, password: passwordOf(username) });
        for (const name of ['train', 'infer'])
          await root.post('/queue', { name, namespace: 'ml', clusterName: 'default-cluster', maxResources: { cpu: '10', mem: '10Gi' } });
        await root.post('/grant', { userName: 'alice', resourceType: 'queue', resourceID: 'train' });
      }
      for (const owner of ['alice', 'bobby'])
        sandboxes['prod']?.control.insertRuns({ count: 1, name: `${owner}s`, owner, durationSeconds: 5 });
      await options.prepare?.(sandboxes);
    },
  });
}

/** The headers of each kind of caller, by a word for it: the name of a token, or `session:` and a user of the source. */
export async function headersOf(bench: Bench, who: string, source = 'prod'): Promise<{ readonly authorization: string }> {
  const user = /^session:(.*)$/.exec(who)?.[1];
  if (user === undefined) return as(who);
  return bench.signIn(user, user === 'root' ? 'paddleflow' : passwordOf(user), source);
}
