import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Client } from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { awaitDatabase } from '../../src/db/await-database.ts';
import { databaseMistake } from '../../src/db/database-error.ts';
import { migrate } from '../../src/db/migrate.ts';
import { createTestDatabase } from '../support/database.ts';

const server = new URL(inject('databaseUrl'));
const at = `${server.hostname}:${server.port}`;
const urlWith = (change: Partial<Pick<URL, 'username' | 'password' | 'pathname' | 'port' | 'search'>>) =>
  Object.assign(new URL(server), change).href;
const now = { waitMs: 0 };

/** A port on which each connection is treated so, until the test is over. */
async function listen(treat: (socket: Socket) => void): Promise<string> {
  const listener = createServer((socket) => treat(socket.on('error', () => {}))).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  onTestFinished(() => void listener.close());
  return String((listener.address() as AddressInfo).port); // not a pipe
}

async function asAdmin(statement: string): Promise<void> {
  const client = new Client({ connectionString: server.href });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

test.each([
  [
    'a wrong password',
    { password: 'wrong' },
    `it refuses the role "${server.username}" with this password. Correct the two in DATABASE_URL.`,
  ],
  ['no password', { password: '' }, /it wants a password for the role ".*"\. Add one to DATABASE_URL\.$/],
  [
    'no such database',
    { pathname: '/nowhere' },
    `it has no database "nowhere". Make it: CREATE DATABASE "nowhere" OWNER "${server.username}".`,
  ],
  ['one that takes no connections', { pathname: '/template0' }, /takes no connections/],
  ['TLS that it does not speak', { search: '?sslmode=verify-full' }, /it speaks no TLS\./],
  [
    'a certificate that is not there',
    { search: '?sslrootcert=/nowhere.pem' },
    /the file \/nowhere\.pem, which DATABASE_URL names, cannot be read/,
  ],
  ['nothing that listens', { port: '1' }, /nothing listens there\. Start it, or correct DATABASE_URL/],
])('%s is told in a sentence, at once and without the password', async (_what, change, why) => {
  const failure = await awaitDatabase(urlWith(change), now).catch((error: Error) => error);
  expect(failure).toMatchObject({ name: 'DatabaseError', message: expect.stringMatching(/^The database at \S+ cannot be used: .*\.$/) });
  expect(failure?.message).toMatch(typeof why === 'string' ? `The database at ${at} cannot be used: ${why}` : why);
  expect(failure?.message).not.toContain(server.password);
});

test('a web server in its place is told as something that breaks off, or as no PostgreSQL', async () => {
  const port = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await expect(awaitDatabase(urlWith({ port }), now)).rejects.toThrow('it breaks the connection off, as what is not PostgreSQL would');
  await expect(awaitDatabase(urlWith({ port, search: '?sslmode=verify-full' }), now)).rejects.toThrow(
    'something else than PostgreSQL answers there',
  );
});

test('one that is not up yet is waited for, which is told once', async () => {
  let refused = 0;
  const port = await listen((socket) => {
    refused += 1;
    if (refused <= 2) return socket.destroy();
    const target = connect(Number(server.port), server.hostname);
    socket
      .pipe(target)
      .on('error', () => {})
      .pipe(socket);
  });
  const told: string[] = [];
  await awaitDatabase(urlWith({ port }), { waitMs: 600_000, logInfo: (text) => told.push(text) });
  expect(refused).toBe(3);
  expect(told).toEqual([expect.stringMatching(`^Waiting for the database at ${server.hostname}:${port}, 600 seconds at most: it breaks`)]);
});

test('one that does not come is told when the time is over, and the waiting can be ended before', async () => {
  await expect(awaitDatabase(urlWith({ port: '1' }), { waitMs: 1 })).rejects.toThrow('nothing listens there, also after 0.001 seconds.');
  const leaving = new AbortController();
  const waiting = awaitDatabase(urlWith({ port: '1' }), {
    waitMs: 600_000,
    logInfo: () => leaving.abort(new Error('left')),
    signal: leaving.signal,
  });
  await expect(waiting).rejects.toThrow('left');
});

test('a PostgreSQL that is too old is refused by its version', async () => {
  // The answers of a real server, with another version in them.
  const port = await listen((socket) => {
    const target = connect(Number(server.port), server.hostname);
    socket.on('close', () => target.destroy()).pipe(target);
    target.on('error', () => {}).on('close', () => socket.destroy());
    target.on('data', (data) => socket.write(Buffer.from(data.toString('latin1').replace(/1[4-9](\d{4})/, '13$1'), 'latin1')));
  });
  await expect(awaitDatabase(urlWith({ port }), now)).rejects.toThrow(
    /it is PostgreSQL .*, and 14 is the oldest that will do\. Upgrade it\./,
  );
});

test('a database that cannot hold all texts is refused', async () => {
  await asAdmin(`create database latin encoding 'LATIN1' locale 'C' template template0`);
  onTestFinished(() => asAdmin('drop database latin'));
  await expect(awaitDatabase(urlWith({ pathname: '/latin' }), now)).rejects.toThrow(
    '"latin" is stored as LATIN1, which cannot hold all texts.',
  );
});

test('a role that may not make tables is told what it lacks', async () => {
  await using database = await createTestDatabase();
  await asAdmin(`create role poor login password 'poor'`);
  onTestFinished(() => asAdmin('drop role poor'));
  const { pathname } = new URL(database.url);
  const url = urlWith({ username: 'poor', password: 'poor', pathname });
  await awaitDatabase(url, now);
  const failure = await migrate(url).catch((error: unknown) => databaseMistake(error, url));
  const name = pathname.slice(1);
  expect(failure).toMatchObject({
    message: `The database at ${at} cannot be used: the role "poor" may not do in the database "${name}" what is needed. Make it its owner: ALTER DATABASE "${name}" OWNER TO "poor".`,
  });
});
