import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toGlobalId, type Bench } from '../../support/bench.ts';
import { headersOf, startAccounts } from './accounts.ts';
import { leaving } from './leavings.ts';
import { base64, upstreamUser, type Caller } from './upstream.ts';

/** Something is made past the gateway; what comes back is the input of the mutation that deletes it. */
interface Kind {
  readonly mutation: string;
  readonly make: (root: Caller, name: string) => Promise<Record<string, unknown>>;
  /** The list in which it stands, as the server's paths go: no answer of it may be believed alone. */
  readonly list: RegExp;
}

let number = 0;
const workflow = (name: string) => `name: ${name}\ndocker_env: a\nentry_points:\n  a:\n    command: echo\n`;
const id = (type: string, key: string) => ({ id: toGlobalId(type, 'prod', key) });

async function made(answer: ReturnType<Caller['post']>): Promise<Record<string, string>> {
  const { status, text, body } = await answer;
  if (status >= 300) throw new Error(text);
  return body as unknown as Record<string, string>;
}
const pipeline = async (root: Caller, name: string) =>
  (await made(root.post('/pipeline', { yamlRaw: base64(workflow(name)) })))['pipelineID'] ?? '';

const kinds: Readonly<Record<string, Kind>> = {
  grant: {
    mutation: 'revokeQueue(input: $input) { __typename } } # RevokeQueue',
    async make(root, name) {
      await made(root.post('/user', { username: name, password: 'a-secret-1' }));
      await made(root.post('/grant', { userName: name, resourceType: 'queue', resourceID: 'infer' }));
      return { userId: toGlobalId('User', 'prod', name), queueId: toGlobalId('Queue', 'prod', 'infer') };
    },
    list: /^\/grant/,
  },
  user: {
    mutation: 'deleteUser(input: $input) { __typename } } # DeleteUser',
    async make(root, name) {
      await made(root.post('/user', { username: name, password: 'a-secret-1' }));
      return id('User', name);
    },
    list: /^\/user/,
  },
  queue: {
    mutation: 'deleteQueue(input: $input) { __typename } } # DeleteQueue',
    async make(root, name) {
      const maxResources = { cpu: '1', mem: '1Gi' };
      await made(root.post('/queue', { name, namespace: 'ml', clusterName: 'default-cluster', maxResources }));
      return id('Queue', name);
    },
    list: /^\/queue\?/,
  },
  cluster: {
    mutation: 'deleteCluster(input: $input) { __typename } } # DeleteCluster',
    async make(root, name) {
      await made(root.post('/cluster', { clusterName: name, endpoint: 'e', clusterType: 'Kubernetes', version: '1.16' }));
      return id('Cluster', name);
    },
    list: /^\/cluster\?/,
  },
  flavour: {
    mutation: 'deleteFlavour(input: $input) { __typename } } # DeleteFlavour',
    async make(root, name) {
      await made(root.post('/flavour', { name, cpu: '1', mem: '1Gi' }));
      return id('Flavour', name);
    },
    list: /^\/flavour\?/,
  },
  fileSystem: {
    mutation: 'deleteFileSystem(input: $input) { __typename } } # DeleteFileSystem',
    make: async (root, name) => id('FileSystem', (await made(root.post('/fs', { name, url: 'local://mnt/x' })))['fsID'] ?? ''),
    list: /^\/fs\?/,
  },
  pipeline: {
    mutation: 'deletePipeline(input: $input) { __typename } } # DeletePipeline',
    make: async (root, name) => id('Pipeline', await pipeline(root, name)),
    list: /^\/pipeline\?/,
  },
  schedule: {
    mutation: 'deleteSchedule(input: $input) { __typename } } # DeleteSchedule',
    async make(root, name) {
      const pipelineID = await pipeline(root, name);
      const { scheduleID = '' } = await made(root.post('/schedule', { name, pipelineID, pipelineVersionID: '1', crontab: '0 2 * * *' }));
      await root.call('PUT', `/schedule/${scheduleID}`, {});
      return id('Schedule', scheduleID);
    },
    list: /^\/schedule\?/,
  },
  run: {
    mutation: 'deleteRun(input: $input) { __typename } } # DeleteRun',
    async make(root, name) {
      const { runID = '' } = await made(root.post('/run', { runYamlRaw: base64(workflow(name)) }));
      bench.control.advance(600_000);
      return id('Run', runID);
    },
    list: /^\/run\?/,
  },
  cacheRecord: {
    mutation: 'deleteRunCache(input: $input) { __typename } } # DeleteRunCache',
    async make(root, name) {
      const { runID = '' } = await made(root.post('/run', { runYamlRaw: base64(leaving(name)) }));
      bench.control.advance(600_000);
      const { text } = await root.get(`/runCache?runFilter=${runID}`);
      return id('RunCache', /cch-\d+/.exec(text)?.[0] ?? '');
    },
    list: /^\/runCache\?/,
  },
};

let bench: Bench;
let root: Caller;
beforeAll(async () => {
  bench = await startAccounts();
  root = await upstreamUser(bench.sandbox('prod').url);
  await made(root.post('/fs', { name: 'scratch', url: 'local://mnt/scratch' }));
  await bench.synced();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => bench.control.clearFaults());

const remove = async ({ mutation }: Kind, given: Record<string, unknown>) => {
  const [body = '', name = ''] = mutation.split(' # ');
  const { data, errors } = await bench.query(
    `mutation ($input: ${name}Input!) { ${body}`,
    { input: given },
    await headersOf(bench, 'boss'),
  );
  return Object.values(data ?? {})[0]?.__typename ?? errors;
};
const emptyList = (list: RegExp, times: number) =>
  bench.control.orderFault({ kind: 'empty-list', method: 'GET', path: list.source.replace('^', ''), times });
const loseAnswer = (applied: boolean) => bench.control.orderFault({ kind: 'cut', method: 'DELETE', path: '', times: 1, applied });

describe.each(Object.entries(kinds))('the answer to the deletion of a %s is lost', (_name, kind) => {
  const make = () => kind.make(root, `lost${(number += 1)}`);
  const done = kind.mutation.replace(/^.* # /, '') + 'Payload';

  test('after it was done: that is found out', async () => {
    const given = await make();
    loseAnswer(true);
    expect(await remove(kind, given)).toBe(done);
  });

  test.each([1, 2, 1000])('before it was done, and a list is empty %i times: nobody is told that it is gone', async (times) => {
    const given = await make();
    loseAnswer(false);
    emptyList(kind.list, times);
    expect(await remove(kind, given)).toBe('UnconfirmedProblem');
    bench.control.clearFaults();
    expect(await remove(kind, given)).toBe(done); // it was there all the time
  });

  test.each([1, 2])('before it was done, and everything is refused to be shown %i times', async (times) => {
    const given = await make();
    loseAnswer(false);
    bench.control.orderFault({ kind: 'status', method: 'GET', path: '', status: 403, code: 'AccessDenied', times });
    expect(await remove(kind, given)).not.toBe(done);
    bench.control.clearFaults();
    expect(await remove(kind, given)).toBe(done);
  });
});

const dry = ['deleteUser', 'deleteQueue', 'deleteCluster'] as const;
describe.each(dry)('%s, asked what it would do', (field) => {
  const [, kind] = Object.entries(kinds).find(([, { mutation }]) => mutation.startsWith(field)) ?? [];
  const type = `D${field.slice(1)}`;
  const affected = field === 'deleteUser' ? '__typename' : 'affected { __typename }';
  const ask = async (given: object) => {
    const query = `mutation ($input: ${type}Input!) { ${field}(input: $input) { __typename ... on ${type}Payload { ${affected} } } }`;
    const input = { ...given, dryRun: true };
    return (await bench.query(query, { input }, await headersOf(bench, 'boss'))).data?.[field];
  };

  test.each([1, 2])('does not take for missing what a list lacks that is empty %i times', async (times) => {
    if (kind === undefined) throw new Error(`There is no ${field}`);
    const given = await kind.make(root, `dry${(number += 1)}`);
    emptyList(kind.list, times);
    expect(await ask(given)).toMatchObject({ __typename: `${type}Payload` });
  });
});

test.each([
  ['grant', 'deleteQueue', { grantedUserNames: ['alice'] }],
  ['schedule\\?', 'deleteQueue', { scheduleIds: [expect.any(String)] }],
])('what hangs on a queue is told although the list of it was empty twice: %s', async (list, field, affected) => {
  const name = `full${(number += 1)}`;
  await made(root.post('/queue', { name, namespace: 'ml', clusterName: 'default-cluster', maxResources: { cpu: '1', mem: '1Gi' } }));
  await made(root.post('/grant', { userName: 'alice', resourceType: 'queue', resourceID: name }));
  const yaml = `name: on${name}\ndocker_env: a\nentry_points:\n  a:\n    command: echo\n    env: {PF_JOB_QUEUE_NAME: ${name}}\n`;
  const { pipelineID } = await made(root.post('/pipeline', { yamlRaw: base64(yaml) }));
  await made(root.post('/schedule', { name: `on${name}`, pipelineID, pipelineVersionID: '1', crontab: '0 2 * * *' }));
  bench.control.orderFault({ kind: 'empty-list', method: 'GET', path: `/${list}`, times: 2 });
  const query = `mutation ($input: DeleteQueueInput!) { ${field}(input: $input) { ... on DeleteQueuePayload { affected { grantedUserNames scheduleIds } } } }`;
  const input = { ...id('Queue', name), dryRun: true };
  const { data } = await bench.query(query, { input }, await headersOf(bench, 'boss'));
  expect(data?.deleteQueue?.affected).toMatchObject(affected);
});
