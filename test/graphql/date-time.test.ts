import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parseDateTime } from '../../src/core/date-time.ts';
import { startBench } from '../support/bench.ts';

test.each([
  ['2026-11-20t10:01:00z', '2026-11-20T10:01:00.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
  ['2026-01-01T00:30:00+23:59', '2025-12-31T00:31:00.000Z'],
  ['2026-01-01T00:30:00-00:00', '2026-01-01T00:30:00.000Z'],
  ['2026-01-01T00:30:00.1Z', '2026-01-01T00:30:00.100Z'],
  ['2026-01-01T00:30:00.9999999999Z', '2026-01-01T00:30:00.999Z'],
  ['0050-01-01T00:00:00Z', '0050-01-01T00:00:00.000Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ['2016-12-31T23:59:60.75Z', '2017-01-01T00:00:00.000Z'],
  ['2017-01-01T07:59:60+08:00', '2017-01-01T00:00:00.000Z'],
])('%s is %s', (text, iso) => expect(parseDateTime(text)?.toISOString()).toBe(iso));

test.each([
  '2026-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-04-31T12:00:00+08:00',
  '2026-00-10T00:00:00Z',
  '2026-13-10T00:00:00Z',
  '2026-01-00T00:00:00Z',
  '2026-01-32T00:00:00Z',
  '2026-11-20T24:00:00Z',
  '2026-11-20T10:60:00Z',
  '2026-11-20T10:00:61Z',
  '2026-11-20T10:00:60Z',
  '2026-11-20T23:59:60Z',
  '2016-12-31T23:59:60+01:00',
  '2026-11-20T10:00:00+24:00',
  '2026-11-20T10:00:00+01:60',
  '2026-11-20T10:00:00+0100',
  '2026-11-20T10:00:00',
  '2026-11-20T10:00Z',
  '2026-11-20T10:00:00.Z',
  '2026-11-20 10:00:00Z',
  '2026-11-20',
  '20261120T100000Z',
  '2026-11-20T10:00:00Z ',
  '2026-11-20T10:00:00Z\n',
  '٢٠٢٦-11-20T10:00:00Z',
  '0000-12-31T23:59:59Z',
  '0001-01-01T00:00:00+00:01',
  '9999-12-31T23:59:59-00:01',
  '+12026-11-20T10:00:00Z',
  'now',
  '',
])('%j is no moment', (text) => expect(parseDateTime(text)).toBeUndefined());

test('in a query as in its variables, the recorded days that do not exist are refused, and lower case is taken', async () => {
  await using bench = await startBench();
  const recorded = await readFile(new URL('../cases/queries/dates.graphql', import.meta.url), 'utf8');
  const [a = '', b = '', c = '', d = ''] = Array.from(recorded.matchAll(/createdFrom: ("[^"]+")/g), ([, text]) => String(text));
  const inLine = async (text: string) => bench.query(`{ runs(filter: { createdFrom: ${text} }) { totalCount } }`);
  const asVariable = async (text: string) =>
    bench.query('query ($at: DateTime!) { runs(filter: { createdFrom: $at }) { totalCount } }', { at: JSON.parse(text) });
  for (const text of [a, b, c]) {
    for (const ask of [inLine, asVariable]) expect(await ask(text)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  }
  for (const ask of [inLine, asVariable]) expect(await ask(d)).toEqual({ data: { runs: { totalCount: 0 } } });
  const long = await asVariable(JSON.stringify('9'.repeat(100_000)));
  expect(JSON.stringify(long).length).toBeLessThan(2_000);
});
