import { expect, test } from 'vitest';
import { createDatabase } from '../../src/db/database.ts';
import { executions, sources } from '../../src/db/tables.ts';
import { storeSeen } from '../../src/execution/store.ts';
import { createTestDatabase } from '../support/database.ts';

test('work that several processes see for the first time at the same moment is stored once, and none of them fails', async () => {
  await using server = await createTestDatabase();
  const { db, close } = createDatabase(server.url, { max: 6, logError: () => {} });
  await db.insert(sources).values({ name: 'prod' });
  const now = new Date();
  const times = { createdAt: now, startedAt: null, updatedAt: now, endedAt: null };
  const work = { name: 'a', owner: 'alice', state: 'RUNNING' as const, rawState: 'running', message: '', ...times };
  const observation = { source: 'prod', kind: 'Run', observedAt: now, settleMs: 1 };
  const rounds = 250;
  for (let ordinal = 1; ordinal <= rounds; ordinal += 1) {
    const store = () => db.transaction((tx) => storeSeen(tx, observation, [ordinal], () => ({ ...work, key: `run-${ordinal}` })));
    await Promise.all(Array.from({ length: 5 }, store));
  }
  expect(await db.$count(executions)).toBe(rounds);
  await close();
});
