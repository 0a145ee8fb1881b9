import { afterAll, beforeAll, expect, test } from 'vitest';
import { intents, type IntentStatus } from '../../../src/db/tables.ts';
import { createLedger } from '../../../src/execution/intent/ledger.ts';
import { transitions } from '../../../src/execution/intent/states.ts';
import { startBench, type Bench } from '../../support/bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const statuses = ['SENT', 'UNCONFIRMED', 'NOT_MADE', 'REJECTED', 'CONFIRMED'] as const;
const table: Record<IntentStatus, Partial<Record<string, IntentStatus>>> = transitions;

/** The drawing, arrow by arrow. */
const arrows: Record<string, IntentStatus> = {
  'SENT accepted': 'CONFIRMED',
  'SENT found': 'CONFIRMED',
  'SENT refused': 'REJECTED',
  'SENT lost': 'UNCONFIRMED',
  'UNCONFIRMED accepted': 'CONFIRMED',
  'UNCONFIRMED found': 'CONFIRMED',
  'UNCONFIRMED refused': 'REJECTED',
  'UNCONFIRMED absent': 'NOT_MADE',
  'NOT_MADE accepted': 'CONFIRMED',
  'NOT_MADE found': 'CONFIRMED',
  'NOT_MADE claimed': 'SENT',
  'REJECTED claimed': 'SENT',
};

test('the table of the code is the drawing', () => {
  const written = statuses.flatMap((from) => Object.entries(table[from]).map(([event, to]) => [`${from} ${event}`, to]));
  expect(Object.fromEntries(written)).toEqual(arrows);
});

const claim = { kind: 'run', source: 'prod', inputHash: 'hash', since: 7 };

async function intentIn(status: IntentStatus, event: string) {
  const { db } = bench.gateways[0] ?? {};
  if (db === undefined) throw new Error('there is no gateway');
  const ledger = createLedger(db, 'someone');
  const at = new Date(0);
  const key = `${status} ${event}`;
  const intent = { ...claim, key, viewer: 'someone', mark: key, status, epoch: 3, sentAt: at, executionId: null, createdAt: at };
  await db.insert(intents).values(intent);
  return { ledger, intent, to: arrows[key] };
}

test.each(statuses.flatMap((from) => (['accepted', 'found', 'refused', 'lost', 'absent'] as const).map((event) => ({ from, event }))))(
  '$event in $from, told by who has claimed it last',
  async ({ from, event }) => {
    const { ledger, intent, to } = await intentIn(from, event);
    expect(await ledger.settle({ ...intent, epoch: 2 }, event, 'run-000001')).toBe(false);
    expect(await ledger.read(intent.key)).toMatchObject({ status: from, executionId: null });
    expect(await ledger.settle(intent, event, 'run-000001')).toBe(to !== undefined);
    expect(await ledger.read(intent.key)).toMatchObject({ status: to ?? from, epoch: 3 });
  },
);

test.each(statuses)('of two who claim what is %s at once, one gets it at most', async (from) => {
  const { ledger, intent, to } = await intentIn(from, 'claimed');
  const got = await Promise.all([
    ledger.claim({ ...claim, key: intent.key, since: 99 }),
    ledger.claim({ ...claim, key: intent.key, since: 99 }),
  ]);
  expect(got.filter((one) => one !== undefined)).toMatchObject(to === undefined ? [] : [{ epoch: 4, since: 7, mark: intent.key }]);
  expect(await ledger.read(intent.key)).toMatchObject({ status: to ?? from });
});

test('a key that was used on another source counts from the newest there', async () => {
  const { db } = bench.gateways[0] ?? {};
  if (db === undefined) throw new Error('there is no gateway');
  const ledger = createLedger(db, 'someone');
  const first = await ledger.claim({ ...claim, key: 'moved' });
  if (first === undefined) throw new Error('not claimed');
  await ledger.settle(first, 'refused');
  expect(await ledger.claim({ ...claim, key: 'moved', source: 'lab', since: 2 })).toMatchObject({
    source: 'lab',
    since: 2,
    mark: first.mark,
  });
});

test('a clock that was set back does not make a write last for ever', async () => {
  const { db } = bench.gateways[0] ?? {};
  if (db === undefined) throw new Error('there is no gateway');
  const ledger = createLedger(db, 'someone');
  const sentAt = new Date(Date.now() + 3_600_000);
  await db.insert(intents).values({ ...claim, key: 'ahead', viewer: 'someone', mark: 'ahead', status: 'SENT', sentAt });
  expect((await ledger.read('ahead')).sentAt.getTime()).toBeLessThan(sentAt.getTime() - 3_000_000);
});
