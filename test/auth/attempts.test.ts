import { expect, onTestFinished, test } from 'vitest';
import { createAttempts, type Guess } from '../../src/auth/attempts.ts';
import { BusyError } from '../../src/core/busy.ts';
import { networkOf } from '../../src/server/client.ts';
import { createTestDatabase, createTestPool } from '../support/database.ts';

const key = Buffer.alloc(32, 7);

/** Two gateways that count in one database, or in none. */
async function open({ failing }: { failing?: () => Error | undefined } = {}) {
  const server = await createTestDatabase();
  const client = createTestPool(server.url);
  const store = {
    async query(text: string, values: unknown[]) {
      const error = failing?.();
      if (error) throw error;
      return client.query(text, values);
    },
  };
  const gateways = [1, 2].map(() => createAttempts({ store, key, logError: () => {} }));
  onTestFinished(async () => {
    gateways.forEach(({ close }) => close());
    await client.end();
    await server[Symbol.asyncDispose]();
  });
  const begin = (guess: Partial<Guess>, gateway = 0) =>
    gateways[gateway]?.begin({ account: 'prod:alice', network: '10.0.0.1', known: false, ...guess }) ?? Promise.reject(new Error('none'));
  return {
    begin,
    client,
    /** How many of so many wrong passwords are tried. */
    async guess(count: number, guess: (index: number) => Partial<Guess>, gateway = (index: number) => index % 2): Promise<number> {
      let tried = 0;
      for (let index = 0; index < count; index += 1) if ((await begin(guess(index), gateway(index))).wait === undefined) tried += 1;
      return tried;
    },
    async signIn(guess: Partial<Guess>): Promise<boolean> {
      const attempt = await begin(guess);
      if (attempt.wait !== undefined) return false;
      await attempt.succeeded();
      return true;
    },
    /** The time of everything that is counted is over. */
    later: () => client.query('update attempt set expire = 0'),
  };
}

test('a stranger has five guesses, however many gateways there are, and the owner is let in from elsewhere', async () => {
  const { guess, begin, signIn, later } = await open();
  expect(await guess(8, () => ({}))).toBe(5);
  expect((await begin({})).wait).toBeGreaterThan(50);
  expect(await signIn({ network: '10.0.0.2' })).toBe(true);
  await later();
  expect(await guess(8, () => ({}))).toBe(5);
});

test('where owner and stranger come from one place, the token of an earlier session lets the owner in', async () => {
  const { guess, signIn } = await open();
  expect(await guess(8, () => ({}))).toBe(5);
  expect(await signIn({})).toBe(false);
  expect(await signIn({ known: true })).toBe(true);
  // Whoever has stolen such a token has as few guesses with it.
  expect(await guess(8, (index) => ({ known: true, network: `10.0.1.${index}` }))).toBe(5);
});

test('what was right or could not be told does not count', async () => {
  const { guess, signIn, begin } = await open();
  for (let count = 0; count < 10; count += 1) expect(await signIn({})).toBe(true);
  for (let count = 0; count < 10; count += 1) {
    const attempt = await begin({});
    if (attempt.wait === undefined) await attempt.forgive();
  }
  expect(await guess(8, () => ({}))).toBe(5);
});

test('many at once are counted as well', async () => {
  const { begin } = await open();
  const all = await Promise.all(Array.from({ length: 20 }, (_, index) => begin({}, index % 2)));
  expect(all.filter(({ wait }) => wait === undefined)).toHaveLength(5);
});

test('an account that many networks besiege: each has one guess more, and the owner none less, at home or elsewhere', async () => {
  const { guess, signIn } = await open();
  expect(await signIn({ network: 'home' })).toBe(true);
  expect(await guess(30, (index) => ({ network: `10.0.0.${index}` }))).toBe(30);
  expect(await guess(40, (index) => ({ network: `10.0.1.${index % 10}` }))).toBe(10);
  expect(await guess(8, () => ({ network: 'home' }))).toBe(5); // as always
  expect(await signIn({ network: 'a hotel' })).toBe(true);
});

test('one network has fifty guesses for all names together, which costs others nothing', async () => {
  const { guess, signIn, client } = await open();
  expect(await guess(150, (index) => ({ account: `prod:user${index}` }))).toBe(50);
  expect(await signIn({ account: 'prod:bobby', network: '10.0.0.2' })).toBe(true);
  expect(await signIn({ account: 'prod:bobby', known: true })).toBe(true);
  // What is counted is bounded by what is tried, and who it is about cannot be read there: it may be a password in the wrong box.
  const { rows } = await client.query<{ key: string }>('select key from attempt');
  expect(rows.length).toBeLessThan(3 * 50 + 10);
  expect(rows.map((row) => row.key).join()).not.toMatch(/user1|prod|10\.0/);
});

test('while the database is away each gateway counts for itself; while too many ask it nobody guesses', async () => {
  let error: Error | undefined = new Error('gone');
  const { guess, begin } = await open({ failing: () => error });
  expect(await guess(20, () => ({}))).toBe(10);
  error = new BusyError('too many', 7);
  expect(await begin({ account: 'prod:bobby', network: 'elsewhere' })).toEqual({ wait: 7 });
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['::1', '::/64'],
  [undefined, 'unknown'],
  ['unix:', 'unknown'],
])('%s is in the network %s', (address, network) => expect(networkOf(address)).toBe(network));
