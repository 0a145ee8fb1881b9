import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { expect, test } from 'vitest';
import type { Viewer } from '../../../src/auth/viewer.ts';
import * as tables from '../../../src/db/tables.ts';
import { createIntents, type Maker } from '../../../src/execution/intent/intents.ts';
import { namedMaker } from '../../../src/execution/intent/named.ts';
import { UpstreamError } from '../../../src/upstream/errors.ts';
import { createTestDatabase } from '../../support/database.ts';

/** A backend of its own that keeps names, and what is asked of it and of the database. */
async function startCounted() {
  const stack = new AsyncDisposableStack();
  const database = stack.use(await createTestDatabase());
  const pool = new Pool({ connectionString: database.url });
  stack.defer(() => pool.end());
  const statements: string[] = [];
  const calls: string[] = [];
  const names = new Set<string>();
  let lost = false;
  const logger = { logQuery: (query: string) => void statements.push(query.split(' ')[0] ?? '') };
  const db = drizzle(pool, { schema: tables, casing: 'snake_case', logger });
  const intents = createIntents(db, { identity: 'someone' } as Viewer, (error) => {
    throw error;
  });
  const maker = (name: string): Maker =>
    namedMaker({
      kind: 'thing',
      source: 'prod',
      sendMs: 1_000,
      lateMs: 1_000,
      find: async () => {
        calls.push('find');
        return names.has(name) ? name : undefined;
      },
      isAbsent: async () => !names.has(name),
      send: async () => {
        calls.push('send');
        names.add(name);
        if (lost) throw new UpstreamError({ source: 'prod', operation: 'POST /thing', fault: 'cut', outcomeUnknown: true }, 'was cut');
        return name;
      },
    });
  return {
    /** The answers to come are lost. */
    lose: () => (lost = true),
    async ask(key: string) {
      statements.length = 0;
      calls.length = 0;
      const made = await intents.once(key, {}, maker(key));
      return { made, statements: [...statements], calls: [...calls] };
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

test('a key costs three statements and one look before the call; asked again, three statements and nothing of the backend', async () => {
  await using counted = await startCounted();
  expect(await counted.ask('one')).toEqual({ made: 'one', statements: ['select', 'insert', 'update'], calls: ['find', 'send'] });
  expect(await counted.ask('one')).toEqual({ made: 'one', statements: ['select', 'update', 'select'], calls: [] });
});

test('an answer that was lost costs one statement and one look more', async () => {
  await using counted = await startCounted();
  counted.lose();
  expect(await counted.ask('two')).toEqual({
    made: 'two',
    statements: ['select', 'insert', 'update', 'update'],
    calls: ['find', 'send', 'find'],
  });
});
