import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createDatabase } from '../../src/db/database.ts';
import { createHub } from '../../src/live/hub.ts';
import { headChannel, pokeChannel } from '../../src/live/stream.ts';
import { eventually } from '../support/bench.ts';
import { createTestDatabase } from '../support/database.ts';
import { startProxy } from '../support/proxy.ts';

/** A hub behind a proxy, and a way to the database past it. */
async function openHub(times: { rereadMs?: number; silenceMs?: number }) {
  const server = await createTestDatabase();
  const url = new URL(server.url);
  const proxy = await startProxy(url);
  url.port = String(proxy.port);
  const { db, close } = createDatabase(url.href, { logError: () => {}, ...times });
  const hub = createHub({ db, directUrl: url.href, logError: () => {}, ...times });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  onTestFinished(async () => {
    await hub.close();
    await close();
    await client.end();
    await proxy[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
  await hub.ready;
  return { hub, proxy, db, notify: (channel: string, payload: string) => client.query('select pg_notify($1, $2)', [channel, payload]) };
}

test('a source may have any name: nobody watches or leads the one called error, and nothing happens', async () => {
  const { hub, notify } = await openHub({});
  const poked: string[] = [];
  hub.onPoke('prod', (id) => poked.push(id));
  await notify(pokeChannel, 'error:7');
  await notify(pokeChannel, 'prod:8:a');
  await eventually(() => poked.length > 0);
  expect(poked).toEqual(['8:a']);
});

test('connections that fall silent are given up, and watchers are woken over new ones', async () => {
  const { hub, proxy, db, notify } = await openHub({ rereadMs: 100, silenceMs: 500 });
  await db.execute(sql`insert into stream values ('events:prod', 1)`);
  const watch = hub.watch('events:prod');
  const { signal } = new AbortController();
  await watch.beyond(0, signal);
  proxy.silence();
  await db.execute(sql`update stream set head = 2`).catch(() => db.execute(sql`update stream set head = 2`));
  await watch.beyond(1, signal); // by reading again
  const poked = Promise.withResolvers<string>();
  hub.onPoke('prod', poked.resolve);
  // By listening again: a notification in between is lost, so it is repeated.
  let id = '';
  await eventually(async () => {
    await notify(pokeChannel, 'prod:7');
    id = await Promise.race([poked.promise, Promise.resolve('')]);
    return id;
  });
  expect(id).toBe('7');
  await notify(headChannel, 'events:prod 3');
  await watch.beyond(2, signal);
  watch.close();
});

test('closing does not wait for a connection that has fallen silent', async () => {
  const { hub, proxy } = await openHub({ silenceMs: 3_600_000 });
  proxy.silence();
  await hub.close();
  expect(hub.watchers()).toBe(0);
});
