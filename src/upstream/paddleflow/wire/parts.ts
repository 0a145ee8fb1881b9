import { z } from 'zod';

/** A text that may be missing, null (old servers, old rows) or, once in a while, of another type: never worth losing its row. */
export const text = z.string().catch('');

/** Numbers and flags of little weight, read in the same spirit. */
export const count = z.number().catch(0);
export const flag = z.boolean().catch(false);

/** Markers decide whether data is missed, so they are strict: a marker of another type is an error, not the end of the list. */
export const nextMarker = z
  .string()
  .nullish()
  .transform((marker) => marker || undefined);

/** `null` and a missing key stand for an empty list: which lists do that differs from call to call (3.2). */
export const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

/** The list envelope (2). `isTruncated` is left out: it ignores filters and ownership (3.1). So is `maxKeys`: of users it is always 0 (2.1). */
export const pageOf = <T extends z.ZodType>(key: string, item: T) =>
  z
    .object({ [key]: listOf(item), nextMarker })
    // The computed key makes zod forget which property is which.
    .transform((page) => ({ items: page[key] as z.output<T>[], nextMarker: page.nextMarker as string | undefined }));

/** A map of texts whose values are shown and nothing more; null, as Go writes an empty map, is empty. */
export const texts = z.record(z.string(), z.string()).catch({});

/** Kubernetes quantities as strings. Requests say `mem`, answers `memory` (2.3). */
export const WireResources = z.object({
  cpu: text,
  memory: text,
  scalarResources: z.record(z.string(), z.string()).nullish().catch(undefined),
});
export type WireResources = z.output<typeof WireResources>;
export const resources = WireResources.nullish().transform((value) => value ?? null);
