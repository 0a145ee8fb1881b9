import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { startPaddleFlowSandbox } from '../../src/sandbox/paddleflow/index.ts';
import { upstreamUser } from '../backends/paddleflow/upstream.ts';
import { eventually } from '../support/bench.ts';
import { createTestDatabase } from '../support/database.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { wholeDatabase } from '../support/whole-database.ts';
import { startGateway } from './gateway-process.ts';

/** Planted, each in a place of its own. Nothing about them looks like a secret to whoever does not know them. */
const secret = (place: string) => `${place}Zq7-${randomBytes(6).toString('hex')}a1`;
const service = secret('service');
const user = secret('user').slice(0, 20);
const bearer = secret('bearer');
const sessionKey = randomBytes(32).toString('base64');
const credential = secret('credential');
const storage = secret('storage');
const trace = secret('trace');
const planted = { service, user, bearer, sessionKey, credential, storage, trace };

async function startWorld() {
  const stack = new AsyncDisposableStack();
  const folder = stack.use(await makeTemporaryFolder('tributary-log'));
  const database = stack.use(await createTestDatabase());
  const sandbox = stack.use(await startPaddleFlowSandbox({ clock: 'manual' }));
  const root = await upstreamUser(sandbox.url);
  await root.call('PUT', '/user/root', { password: service });
  const config = join(folder.path, 'tributary.yaml');
  const source = {
    name: 'prod',
    kind: 'paddleflow',
    url: sandbox.url,
    username: 'root',
    password: '${PF_PASSWORD}',
    timeZone: 'Asia/Shanghai',
  };
  const auth = {
    mode: 'tokens',
    sessionKey,
    tokens: [{ name: 'boss', role: 'admin', sha256: createHash('sha256').update(bearer).digest('hex') }],
  };
  const fast = { poll: { intervalMs: 20, settleMs: 100 }, logs: { intervalMs: 20, maxIntervalMs: 40, finalMs: 50 } };
  await writeFile(config, JSON.stringify({ auth, sources: [{ ...source, ...fast }] }));
  const env = { TRIBUTARY_CONFIG: config, DATABASE_URL: database.url, PF_PASSWORD: service };
  const gateway = stack.use(await startGateway({ env }));
  const answers: string[] = [];
  return {
    database,
    sandbox,
    answers,
    end: () => gateway.end('SIGTERM'),
    async ask(query: string, variables: object = {}, token = bearer): Promise<string> {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const answer = await fetch(gateway.url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      const text = await answer.text();
      answers.push(text);
      return text;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

const encodings = (text: string) =>
  [text, Buffer.from(`a:${text}`).toString('base64'), encodeURIComponent(text), JSON.stringify(JSON.stringify(text))].join(' | ');

const result = '__typename ... on Problem { message }';
const yaml = 'name: talk\ndocker_env: busybox\nentry_points:\n  speak: {command: sleep 60000}\n';
const createRun = `mutation ($input: CreateRunInput!) { createRun(input: $input) { ${result} ... on CreateRunPayload { run { id runId } } } }`;
type World = Awaited<ReturnType<typeof startWorld>>;
async function startTalking(world: World, lines: readonly string[]): Promise<{ id: string; runId: string }> {
  const made = JSON.parse(await world.ask(createRun, { input: { source: 'prod', from: { yaml } } })).data.createRun.run as {
    id: string;
    runId: string;
  };
  await eventually(async () => {
    world.sandbox.control.advance(1000);
    return (await world.ask('query ($id: ID!) { run(id: $id) { steps { state } } }', { id: made.id })).includes('RUNNING');
  });
  world.sandbox.control.writeLog({ runID: made.runId, step: 'speak', lines });
  return made;
}

test('no secret of configuration, backend or users is in what is written, kept or answered, whatever fails', async () => {
  await using world = await startWorld();
  const { sandbox, ask } = world;
  await ask(`mutation ($input: CreateUserInput!) { createUser(input: $input) { ${result} } }`, {
    input: { source: 'prod', username: 'carol', password: user },
  });
  const signIn = `mutation ($input: SignInInput!) { signIn(input: $input) { ${result} ... on SignInPayload { token } } }`;
  const session = String(JSON.parse(await ask(signIn, { input: { source: 'prod', username: 'carol', password: user } })).data.signIn.token);
  world.answers.pop(); // this one is for its user to know
  const quoting = (text: string, path: string) =>
    sandbox.control.orderFault({ kind: 'status', status: 400, code: 'ConnectivityFailed', message: text, path, times: 1 });

  for (const told of [service, bearer, sessionKey, session].map(encodings)) {
    quoting(told, '/queue');
    await ask('{ queues(source: "prod", first: 1) { nodes { name } } }');
    await ask('{ pipelines(source: "prod", first: 1) { nodes { name } } source(name: "prod") { problem } }', {}, session);
  }
  sandbox.control.clearFaults();
  quoting(encodings(credential), '/cluster');
  const cluster = {
    source: 'prod',
    name: 'edge',
    endpoint: 'https://10.0.0.1',
    type: 'K3S',
    credential: `users:\n- user:\n    token: ${credential}\n`,
  };
  await ask(`mutation ($input: CreateClusterInput!) { createCluster(input: $input) { ${result} } }`, { input: cluster });
  quoting(encodings(storage), '/fs');
  const s3 = { bucket: 'b', path: '/', endpoint: 'http://10.0.0.5', accessKey: 'k', secretKey: storage };
  await ask(`mutation ($input: CreateFileSystemInput!) { createFileSystem(input: $input) { ${result} } }`, {
    input: { source: 'prod', name: 'data', storage: { s3 } },
  });
  quoting(encodings(user), '/login');
  await ask(signIn, { input: { source: 'prod', username: 'carol', password: user } });
  await ask(signIn, { input: { source: 'prod', username: [user], password: user } });
  sandbox.control.clearFaults();
  const { id, runId } = await startTalking(world, ['hello']);
  const kubeconfig = Buffer.from(`users:\n- user:\n    token: ${trace}\n`).toString('base64');
  const submitLog = `[2024-03-05 10:00:00.24] [INFO] ${runId} create run in db\n[2024-03-05 10:00:00.24] [INFO] job-${runId}-speak-01234567 submit job[x] to cluster[&{c edge K3S {https://10.0.0.1 ${kubeconfig}}}] queue[q]\n`;
  sandbox.control.orderFault({
    kind: 'status',
    status: 200,
    body: JSON.stringify({ submitLog, runLog: [], runID: runId }),
    path: '/log/run/',
  });
  expect(await ask('query ($id: ID!) { run(id: $id) { submitLog } }', { id })).toContain('create run in db');

  const kept = await wholeDatabase(world);
  const { complaints } = await world.end();
  const places = { answers: world.answers.join('\n'), kept, complaints };
  for (const [name, value] of Object.entries({ ...planted, session, kubeconfig })) {
    const forms = [
      value,
      Buffer.from(value).toString('base64').slice(2, -4),
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
    ];
    for (const [place, text] of Object.entries(places))
      expect([name, place, forms.filter((form) => text.includes(form))]).toEqual([name, place, []]);
  }
  expect(kept).toContain('createUser');
  expect(`${kept}${complaints}`).not.toMatch(/eyJ[\w-]+\.[\w-]+/);
});

test.each([
  [
    'the disk is full, and the driver repeats what it was given',
    `raise exception 'could not extend file: no space left, writing %', convert_from(new.body, 'utf8') using errcode = '53100'`,
  ],
  [
    'a row breaks a rule, and the driver tells its values',
    `raise exception 'new row violates "%"', convert_from(new.body, 'utf8') using errcode = '23514', detail = convert_from(new.body, 'utf8')`,
  ],
  ['a value cannot be read', `perform convert_from(new.body, 'utf8')::integer`],
])('lines of users’ logs are not in ours: %s', async (_what, failure) => {
  await using world = await startWorld();
  const client = new Client({ connectionString: world.database.url });
  await client.connect();
  try {
    await client.query(
      `create function fail() returns trigger language plpgsql as $$ begin if new.body is not null then perform nextval('failures'); ${failure}; end if; return new; end $$`,
    );
    await client.query('create sequence failures');
    await client.query('create trigger fail before insert on log_entry for each row execute function fail()');
    const lines = ['Patient 4711 has a fever', 'loss=0.4711 after "epoch 3"'];
    await startTalking(world, lines);
    // What it counts is not rolled back; the second time, the first failure has been told.
    await eventually(async () => (await client.query('select 1 from failures where last_value > 1')).rowCount);
    const { complaints } = await world.end();
    const written = complaints
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string; err: { message: string } });
    const failed = written.filter(({ err }) => err?.message.includes('log_entry'));
    expect(failed).not.toEqual([]);
    for (const { msg, err } of failed) expect(msg).toBe(err.message);
    for (const line of lines) expect(complaints).not.toContain(line.slice(0, 12));
    expect(complaints).not.toMatch(/4711/);
  } finally {
    await client.end();
  }
});
