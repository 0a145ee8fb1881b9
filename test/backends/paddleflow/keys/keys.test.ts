import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { as, type Bench } from '../../../support/bench.ts';
import { startAccounts } from '../accounts.ts';
import { upstreamUser, type Caller } from '../upstream.ts';
import { kinds, type Kind } from './kinds.ts';

let bench: Bench;
let root: Caller;
beforeAll(async () => {
  bench = await startAccounts({
    gateways: 2,
    source: { budgets: { writeMs: 5_000, slowWriteMs: 5_000, lateWriteMs: 5_000 } },
    tokens: { boss: { role: 'admin' }, chief: { role: 'admin' } },
  });
  root = await upstreamUser(bench.sandbox('prod').url);
  await bench.synced();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(() => {
  bench.control.clearFaults();
  bench.forgetCalls();
  bench.errors.length = 0;
});

const database = () => {
  const [gateway] = bench.gateways;
  if (gateway === undefined) throw new Error('There is no gateway');
  return gateway.db;
};
const audited = async () =>
  (
    await database().execute<{ action: string; target: string; outcome: string }>(
      sql`select action, target, outcome from audit order by id`,
    )
  ).rows;
let number = 100;

describe.each(Object.entries(kinds))('%s', (title, kind: Kind) => {
  const [field = ''] = title.split(',');
  const payload = `${field[0]?.toUpperCase()}${field.slice(1)}Payload`;
  const document = `mutation ($input: ${payload.replace('Payload', 'Input')}!) { ${field}(input: $input) {
    __typename ... on ${payload} { ${kind.made} } ... on Problem { message } ... on UnconfirmedProblem { retryAfterSeconds }
  } }`;

  /** Another one for each test: its name is its key. */
  async function another() {
    const name = `keyed${(number += 1)}`;
    const prepared = (await kind.prepare?.(root, name, bench)) ?? '';
    bench.forgetCalls();
    const ask = async ({ who = 'boss', gateway = 0, ...more }: { who?: string; gateway?: number } & Record<string, unknown> = {}) => {
      const input = { ...kind.input(name, prepared), idempotencyKey: name, ...more };
      return (await bench.query(document, { input }, as(who), gateway)).data?.[field];
    };
    const { method = 'POST', path } = kind;
    return {
      name,
      ask,
      /** One call has its answer lost, once it is carried out or before. */
      loseAnswer: (applied: boolean) => bench.control.orderFault({ kind: 'cut', method, path, times: 1, applied }),
      refuse: () => bench.control.orderFault({ kind: 'status', status: 403, code: 'AccessDenied', method, path, times: 1 }),
      sent: () => bench.calls('prod').filter((call) => call.startsWith(method) && new RegExp(path).test(call)).length,
      made: () => kind.count(root, name, prepared),
      intent: async () => {
        const { rows } = await database().execute<{ status: string; viewer: string }>(
          sql`select status, viewer from intent where key = ${name}`,
        );
        return rows.map(({ status }) => status);
      },
      /** The time is over in which the call could still be carried out. */
      timeIsOver: () => database().execute(sql`update intent set sent_at = clock_timestamp() - interval '1 hour' where key = ${name}`),
      /** The same, as a gateway leaves it that is killed between the claim and the answer. */
      dieOverIt: () =>
        database().execute(
          sql`update intent set status = 'SENT', execution_id = null, sent_at = clock_timestamp() - interval '1 hour' where key = ${name}`,
        ),
    };
  }

  test('asked twice with one key makes one, and says so', async () => {
    const thing = await another();
    const first = await thing.ask();
    expect(first).toMatchObject({ __typename: payload });
    expect(await thing.ask({ gateway: 1 })).toEqual(first);
    expect([thing.sent(), await thing.made(), await thing.intent()]).toEqual([1, 1, ['CONFIRMED']]);
  });

  test('costs so many calls of the backend, and so many when it is asked again', async () => {
    const thing = await another();
    await thing.ask();
    const first = bench.calls('prod').length;
    bench.forgetCalls();
    await thing.ask({ gateway: 1 });
    expect([first, bench.calls('prod').length]).toEqual(kind.calls);
  });

  test('of a name that is taken is refused, also where the answer is lost', async () => {
    if (kind.isNumbered) return;
    const thing = await another();
    await thing.ask();
    const other = { idempotencyKey: `${thing.name} again` };
    const conflict = { __typename: 'ConflictProblem', message: expect.not.stringContaining('another request') };
    expect(await thing.ask(other)).toMatchObject(conflict);
    thing.loseAnswer(true);
    const answer = await thing.ask(other);
    // A server that does not mind a second one of a name is not asked at all.
    expect(['UnconfirmedProblem', 'ConflictProblem']).toContain(String(answer?.__typename));
    bench.control.clearFaults();
    await database().execute(sql`update intent set sent_at = clock_timestamp() - interval '1 hour' where key = ${other.idempotencyKey}`);
    expect(await thing.ask(other)).toMatchObject(conflict);
    expect(await thing.made()).toBe(1);
  });

  test('cut after it was done, is found, and not made again', async () => {
    const thing = await another();
    thing.loseAnswer(true);
    expect(await thing.ask()).toMatchObject({ __typename: payload });
    expect(await thing.ask({ gateway: 1 })).toMatchObject({ __typename: payload });
    expect([thing.sent(), await thing.made(), await thing.intent()]).toEqual([1, 1, ['CONFIRMED']]);
  });

  test('cut before it was heard, is made once that is certain', async () => {
    const thing = await another();
    thing.loseAnswer(false);
    const first = await thing.ask();
    expect(first).toMatchObject({ __typename: 'UnconfirmedProblem', message: expect.stringContaining('Ask again with the same key') });
    expect(Number(first?.retryAfterSeconds)).toBeGreaterThan(5);
    expect(await thing.ask()).toMatchObject({ __typename: 'UnconfirmedProblem' });
    expect([thing.sent(), await thing.made(), await thing.intent()]).toEqual([1, 0, ['UNCONFIRMED']]);
    await thing.timeIsOver();
    expect(await thing.ask()).toMatchObject({ __typename: payload });
    expect([thing.sent(), await thing.made(), await thing.intent()]).toEqual([2, 1, ['CONFIRMED']]);
  });

  test('refused, may be asked again under the same key', async () => {
    const thing = await another();
    thing.refuse();
    const withoutKey = await thing.ask({ idempotencyKey: null });
    expect(withoutKey).toMatchObject({ __typename: 'ForbiddenProblem' });
    thing.refuse();
    expect(await thing.ask()).toEqual(withoutKey);
    expect([await thing.made(), await thing.intent()]).toEqual([0, ['REJECTED']]);
    expect(await thing.ask()).toMatchObject({ __typename: payload });
    expect([thing.sent(), await thing.made(), await thing.intent()]).toEqual([3, 1, ['CONFIRMED']]);
  });

  test('asked at once on two gateways, makes one', async () => {
    const thing = await another();
    const answers = await Promise.all([0, 1, 0, 1].map((gateway) => thing.ask({ gateway })));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ __typename: payload });
    expect([thing.sent(), await thing.made()]).toEqual([1, 1]);
  });

  test('of a gateway that died over it, is found where it was made', async () => {
    const thing = await another();
    const first = await thing.ask();
    await thing.dieOverIt();
    expect(await thing.ask({ gateway: 1 })).toEqual(first);
    expect([thing.sent(), await thing.made(), await thing.intent()]).toEqual([1, 1, ['CONFIRMED']]);
  });

  test('of a gateway that died over it, is made where it was not', async () => {
    const thing = await another();
    thing.loseAnswer(false);
    await thing.ask();
    await thing.dieOverIt();
    expect(await thing.ask({ gateway: 1 })).toMatchObject({ __typename: payload });
    expect([thing.sent(), await thing.made(), await thing.intent()]).toEqual([2, 1, ['CONFIRMED']]);
  });

  test('with other input under the same key is a conflict', async () => {
    const thing = await another();
    await thing.ask();
    const conflict = { __typename: 'ConflictProblem', message: expect.stringContaining('stands for another request') };
    expect(await thing.ask(kind.other)).toMatchObject(conflict);
    // Not even the hash of a secret is kept, so it is not compared.
    expect(await thing.ask(kind.secret ?? {})).toMatchObject({ __typename: payload });
    expect(thing.sent()).toBe(1);
  });

  test('under the key of somebody else, is another request', async () => {
    const thing = await another();
    await thing.ask();
    const answer = await thing.ask({ who: 'chief' });
    expect(answer?.message ?? '').not.toContain('another request');
    expect(await thing.intent()).toHaveLength(2);
  });

  test('while nothing can be seen, is not decided', async () => {
    const thing = await another();
    thing.loseAnswer(false);
    await thing.ask();
    const outage = { kind: 'status', status: 500, code: '' } as const;
    for (const faults of kind.isReadAlone ? [outage] : [{ kind: 'empty-list' } as const, outage]) {
      bench.control.orderFault({ ...faults, method: 'GET', path: '' });
      await thing.dieOverIt();
      // Null: an outage, where it has to be asked for something before.
      expect((await thing.ask())?.__typename ?? 'UnconfirmedProblem').toBe('UnconfirmedProblem');
      bench.control.clearFaults();
    }
    expect(thing.sent()).toBe(1);
    expect(await thing.ask()).toMatchObject({ __typename: payload });
    expect([thing.sent(), await thing.made()]).toEqual([2, 1]);
  });

  test('is in the audit with what became of it each time', async () => {
    const thing = await another();
    const before = await audited();
    thing.loseAnswer(false);
    await thing.ask();
    await thing.timeIsOver();
    await thing.ask();
    const records = (await audited()).slice(before.length);
    expect(records.map(({ action, outcome }) => [action, outcome])).toEqual([
      [field, 'UnconfirmedProblem'],
      [field, 'done'],
    ]);
    expect(records[1]?.target).toContain('prod:');
  });
});
