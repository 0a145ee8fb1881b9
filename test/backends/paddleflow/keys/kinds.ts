import { toGlobalId } from '../../../support/bench.ts';
import type { Caller } from '../upstream.ts';

/** A mutation that makes something, and how the backend tells how many there are. */
export interface Kind {
  /** Fields of its payload by which one thing is told from another. */
  readonly made: string;
  /** What to ask for, so that it is another thing for each name; `name` is a lower case word of at most 12 letters and digits. */
  input(name: string): Record<string, unknown>;
  /** Of the same thing with something else about it. */
  readonly other: Record<string, unknown>;
  /** The path of the one call that makes it. */
  readonly path: string;
  /** Default POST. */
  readonly method?: string;
  /** What has to be there before. */
  prepare?(root: Caller, name: string): Promise<unknown>;
  /** The server says of one that it is not there, so its lists do not matter. */
  readonly isReadAlone?: true;
  /** How many there are upstream. */
  count(root: Caller, name: string): Promise<number>;
}

/** How many items of a list of the backend are it. */
async function counted(root: Caller, path: string, isIt: (item: Record<string, unknown>) => boolean): Promise<number> {
  const { body } = await root.get(path);
  const list = Object.entries(body as unknown as Record<string, unknown>).find(([key]) => key.endsWith('List'))?.[1] ?? [];
  return (list as Record<string, unknown>[]).filter(isIt).length; // as the sandbox writes them
}

export const kinds: Readonly<Record<string, Kind>> = {
  createUser: {
    made: 'user { id }',
    input: (name) => ({ source: 'prod', username: name, password: 'a-secret-1' }),
    other: { username: 'somebody' },
    path: '/user$',
    count: (root, name) => counted(root, '/user?maxKeys=1000', (item) => item['name'] === name),
  },
  grantQueue: {
    made: 'grant { id }',
    input: (name) => ({ user: toGlobalId('User', 'prod', name), queue: toGlobalId('Queue', 'prod', 'infer') }),
    other: { queue: toGlobalId('Queue', 'prod', 'train') },
    path: '/grant$',
    prepare: (root, name) => root.post('/user', { username: name, password: 'a-secret-1' }),
    count: (root, name) => counted(root, `/grant?username=${name}`, (item) => item['resourceID'] === 'infer'),
  },
  createQueue: {
    made: 'queue { id }',
    input: (name) => ({
      source: 'prod',
      name,
      namespace: 'ml',
      cluster: toGlobalId('Cluster', 'prod', 'default-cluster'),
      maxResources: { cpu: '2', memory: '2Gi' },
    }),
    other: { maxResources: { cpu: '3', memory: '2Gi' } },
    path: '/queue$',
    isReadAlone: true,
    count: (root, name) => counted(root, `/queue?name=${name}`, (item) => item['name'] === name),
  },
  createFlavour: {
    made: 'flavour { id }',
    input: (name) => ({ source: 'prod', name, cpu: '2', memory: '2Gi' }),
    other: { cpu: '3' },
    path: '/flavour$',
    isReadAlone: true,
    count: (root, name) => counted(root, '/flavour?maxKeys=1000', (item) => item['name'] === name),
  },
  createCluster: {
    made: 'cluster { id }',
    input: (name) => ({ source: 'prod', name, endpoint: 'https://10.0.0.1:6443', version: '1.20' }),
    other: { endpoint: 'https://10.0.0.2:6443' },
    path: '/cluster$',
    count: (root, name) => counted(root, `/cluster?clusterNames=${name}`, (item) => item['clusterName'] === name),
  },
};
