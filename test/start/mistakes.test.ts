import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { launch, makeDataFolder, startGateway } from './gateway-process.ts';

const nothing = { postgres: undefined, sandbox: undefined };

/** A port that another program has, while the test holds it. */
async function takePort() {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo; // not a pipe
  return { port, [Symbol.asyncDispose]: () => new Promise<void>((closed) => void server.close(() => closed())) };
}

test('a port that is taken is told before anything is started', async () => {
  await using folder = await makeDataFolder();
  await using taken = await takePort();
  const { port } = taken;
  const { ended } = launch({ env: { ...folder.env, PORT: String(port) } });
  expect(await ended).toEqual({
    code: 1,
    complaints: `Cannot listen on 127.0.0.1:${port}: another program listens there. Set PORT to another port, or to 0 for any free one.\n`,
  });
  expect(await folder.living()).toEqual(nothing);
});

test('a wrong configuration gets one message with every mistake in it', async () => {
  await using folder = await makeDataFolder();
  const file = join(folder.path, 'tributary.yaml');
  await writeFile(
    file,
    'server: { port: many }\nsources:\n  - { name: prod, kind: paddleflow, url: pf, username: root, password: "${PF_PASSWORD}" }\n',
  );
  const { ended } = launch({ env: { ...folder.env, TRIBUTARY_CONFIG: file, DATABASE_URL: 'somewhere', PF_PASSWORD: undefined } });
  expect(await ended).toEqual({
    code: 1,
    complaints: `${file} has 5 mistakes:
  - sources[0].password: the environment has no PF_PASSWORD
  - server.port: must be a number, not a text
  - sources[0].url: is not an http(s) URL
  - sources[0].timeZone: is missing: it must be a text
  - DATABASE_URL: is not a postgres:// URL such as postgres://user:password@host:5432/database; in it, @ / : # and % of a password are written %40 %2F %3A %23 %25
`,
  });
});

test('a configuration file that is named and missing is no demo', async () => {
  const { ended } = launch({ env: { TRIBUTARY_CONFIG: '/nowhere/tributary.yaml' } });
  expect(await ended).toEqual({
    code: 1,
    complaints:
      'The configuration /nowhere/tributary.yaml cannot be read: there is no such file. TRIBUTARY_CONFIG must name a file that can be read.\n',
  });
});

/** What is wrong with the environment, and the one sentence that is told. Paths begin in the test's own folder. */
const mistakes: readonly (readonly [string, (folder: string) => NodeJS.ProcessEnv, (folder: string) => string])[] = [
  [
    'a data folder that is a file',
    (folder) => ({ TRIBUTARY_DATA: join(folder, 'key') }),
    (folder) =>
      `${folder}/key cannot be used: there is a file where a folder has to be. Remove it, or name another folder in TRIBUTARY_DATA.`,
  ],
  [
    'a data folder below a file',
    (folder) => ({ TRIBUTARY_DATA: join(folder, 'key/data') }),
    (folder) =>
      `${folder}/key/data cannot be used: a part of that path is a file and no folder. Remove it, or name another folder in TRIBUTARY_DATA.`,
  ],
  [
    'a configuration that is a folder',
    (folder) => ({ TRIBUTARY_CONFIG: folder }),
    (folder) => `The configuration ${folder} cannot be read: it is a folder. TRIBUTARY_CONFIG must name a file that can be read.`,
  ],
  [
    'an address that this machine does not have',
    (folder) => ({ HOST: '192.0.2.1', TRIBUTARY_CONFIG: join(folder, 'tokens.yaml') }),
    () => 'Cannot listen on 192.0.2.1:1: this machine has no such address. Set HOST to one of its own, or to 0.0.0.0 for all.',
  ],
  [
    'a port of the sandbox that is none',
    () => ({ SANDBOX_PORT: 'many' }),
    () => 'SANDBOX_PORT is not a port, which is a number from 0 to 65535.',
  ],
  [
    'a role that the database does not let in',
    () => ({ DATABASE_URL: Object.assign(new URL(inject('databaseUrl')), { password: 'wrong' }).href }),
    () => {
      const { host, username } = new URL(inject('databaseUrl'));
      return `The database at ${host} cannot be used: it refuses the role "${username}" with this password. Correct the two in DATABASE_URL.`;
    },
  ],
  [
    'a database that does not come',
    (folder) => ({ DATABASE_URL: 'postgres://a:b@127.0.0.1:1/x', TRIBUTARY_CONFIG: join(folder, 'impatient.yaml') }),
    () => 'The database at 127.0.0.1:1 cannot be used: nothing listens there. Start it, or correct DATABASE_URL or database.url.',
  ],
];
test.each(mistakes)('%s is told in words, without a stack', async (_what, envOf, told) => {
  await using folder = await makeDataFolder();
  await writeFile(join(folder.path, 'key'), '');
  await writeFile(join(folder.path, 'impatient.yaml'), 'database: { waitMs: 0 }');
  const token = `{ name: ci, sha256: ${'a'.repeat(64)} }`;
  await writeFile(join(folder.path, 'tokens.yaml'), `auth: { mode: tokens, tokens: [${token}] }`);
  const { ended } = launch({ env: { ...folder.env, PORT: '1', DATABASE_URL: inject('databaseUrl'), ...envOf(folder.path) } });
  expect(await ended).toEqual({ code: 1, complaints: `${told(folder.path)}\n` });
  expect(await folder.living()).toEqual(nothing);
});

test('a port of the sandbox that is taken is told, and without a wish it takes a free one', async () => {
  await using folder = await makeDataFolder();
  await using taken = await takePort();
  const asked = launch({ env: { ...folder.env, SANDBOX_PORT: String(taken.port) } });
  expect(await asked.ended).toEqual({
    code: 1,
    complaints: `The sandbox of the demo did not start: The sandbox cannot listen on 127.0.0.1:${taken.port}: another program listens there. Set SANDBOX_PORT to another port, or to 0 for any free one.\n`,
  });
  expect(await folder.living()).toEqual(nothing);
});

test('a file without sources configures the demo, and SANDBOX_PORT is held to', async () => {
  await using folder = await makeDataFolder();
  const { port } = await (async () => {
    await using free = await takePort();
    return free;
  })();
  const file = join(folder.path, 'tributary.yaml');
  await writeFile(file, 'server: { limits: { nodes: 1000 } }');
  await using gateway = await startGateway({ env: { ...folder.env, TRIBUTARY_CONFIG: file, SANDBOX_PORT: String(port) } });
  expect((await fetch(`http://127.0.0.1:${port}/api/paddleflow/v1/version`)).status).toBe(400); // PaddleFlow's word for: who are you?
  expect((await gateway.query('{ sources { name } }')).sources).toEqual([{ name: 'demo' }, { name: 'stories' }]);
  // Another gateway on the same folder shares the sandbox, and so cannot have another port for it.
  const other = launch({ env: { ...folder.env, SANDBOX_PORT: '1' } });
  expect(await other.ended).toMatchObject({ code: 1, complaints: expect.stringContaining(`has its sandbox at http://127.0.0.1:${port},`) });
});
