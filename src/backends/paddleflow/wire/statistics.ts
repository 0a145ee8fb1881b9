import { z } from 'zod';
import { flag, listOf, texts } from './parts.ts';

/** Formatted texts such as `45.20%` and `10.00(B/s)`, as they come; a metric may be missing (2.14). */
export type WireJobStatistics = z.output<typeof WireJobStatistics>;
export const WireJobStatistics = z
  .object({ metricsInfo: texts.nullish() })
  .transform(({ metricsInfo }): Readonly<Record<string, string>> => metricsInfo ?? {});

/** Unix seconds of this calendar, and the value. JSON may hold numbers beyond all that are. */
const isSample = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] >= 0 && value[0] < lastSecond;
const lastSecond = Date.parse('9999-12-31T00:00:00Z') / 1000;
/** Checked by hand: there may be a thousand for each metric of each pod. */
const samples = z
  .custom<[number, number][]>((value) => Array.isArray(value) && value.every(isSample), { error: 'must be a list of pairs of numbers' })
  .nullish()
  .transform((pairs) => (pairs ?? []).map(([at, value]) => ({ at, value })));
const series = z
  .object({
    result: listOf(z.object({ taskName: z.string(), taskInfo: listOf(z.object({ metric: z.string(), values: samples })) })),
    truncated: flag,
  })
  .transform((answer) => ({ kind: 'series' as const, ...answer }));

/** One sample that is not a number makes the whole answer a 200 with an empty body (2.14): `not-a-number`, which is neither no data nor garbage. */
export const WireJobStatisticsSeries = z.union([z.undefined().transform(() => ({ kind: 'not-a-number' as const })), series]);
export type WireJobStatisticsSeries = z.output<typeof WireJobStatisticsSeries>;
