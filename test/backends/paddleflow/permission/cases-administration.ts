import { passwordOf } from '../accounts.ts';
import { upstreamUser } from '../upstream.ts';
import type { Bring } from './cases.ts';
import { id, type World } from './world.ts';

const source = 'prod';
const password = 'a-secret-1';

async function queue({ make, root }: World, name: string): Promise<string> {
  await make(root, '/queue', { name, namespace: 'ml', clusterName: 'default-cluster', maxResources: { cpu: '1', mem: '1Gi' } });
  return id('Queue', name);
}
async function cluster({ make, root }: World, clusterName: string): Promise<string> {
  await make(root, '/cluster', { clusterName, endpoint: 'http://c', clusterType: 'Kubernetes', version: '1.16' });
  return id('Cluster', clusterName);
}
async function flavour({ make, root }: World, name: string): Promise<string> {
  await make(root, '/flavour', { name, cpu: '1', mem: '1Gi' });
  return id('Flavour', name);
}

/** Accounts, and what root administers. */
export const administration: Readonly<Record<string, Bring>> = {
  createUser: (_world, n) => ({ input: { source, username: `user${n}`, password }, write: 'POST /user' }),
  // The same again, so that whoever comes next can sign in: the tokens end all the same.
  'changePassword of alice': () => ({ input: { id: id('User', 'alice'), password: passwordOf('alice') }, write: 'PUT /user/alice' }),
  async deleteUser({ make, root }, n) {
    await make(root, '/user', { username: `user${n}`, password });
    return { input: { id: id('User', `user${n}`) }, write: `DELETE /user/user${n}` };
  },
  signIn: () => ({ input: { source, username: 'alice', password: passwordOf('alice') } }),

  grantQueue: async (world, n) => ({ input: { userId: id('User', 'bobby'), queueId: await queue(world, `q${n}`) }, write: 'POST /grant' }),
  async revokeQueue(world, n) {
    const input = { userId: id('User', 'bobby'), queueId: await queue(world, `q${n}`) };
    await world.make(world.root, '/grant', { userName: 'bobby', resourceType: 'queue', resourceID: `q${n}` });
    return { input, write: `DELETE /grant?username=bobby&resourceType=queue&resourceID=q${n}` };
  },

  createQueue: (_world, n) => ({
    input: { source, name: `q${n}`, namespace: 'ml', maxResources: { cpu: '1', memory: '1Gi' } },
    write: 'POST /queue',
  }),
  updateQueue: async (world, n) => ({
    input: { id: await queue(world, `q${n}`), addSchedulingPolicies: ['x'] },
    write: `PUT /queue/q${n}`,
  }),
  async 'stopQueue of an old server'(world, n) {
    const root = await upstreamUser(world.sandbox('old').url);
    await queue({ ...world, root }, `q${n}`);
    return { input: { id: id('Queue', `q${n}`, 'old') }, write: `PUT /queue/q${n}?action=close`, source: 'old' };
  },
  deleteQueue: async (world, n) => ({ input: { id: await queue(world, `q${n}`) }, write: `DELETE /queue/q${n}` }),

  createCluster: (_world, n) => ({
    input: { source, name: `cluster${n}`, endpoint: 'http://c', version: '1.16' },
    write: 'POST /cluster',
  }),
  updateCluster: async (world, n) => ({
    input: { id: await cluster(world, `cluster${n}`), description: 'x' },
    write: `PUT /cluster/cluster${n}`,
  }),
  deleteCluster: async (world, n) => ({ input: { id: await cluster(world, `cluster${n}`) }, write: `DELETE /cluster/cluster${n}` }),

  createFlavour: (_world, n) => ({ input: { source, name: `flavour-${n}`, cpu: '1', memory: '1Gi' }, write: 'POST /flavour' }),
  updateFlavour: async (world, n) => ({
    input: { id: await flavour(world, `flavour-${n}`), cpu: '2' },
    write: `PUT /flavour/flavour-${n}`,
  }),
  deleteFlavour: async (world, n) => ({ input: { id: await flavour(world, `flavour-${n}`) }, write: `DELETE /flavour/flavour-${n}` }),
};
