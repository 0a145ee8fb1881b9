import { z } from 'zod';
import { isMap, rounded } from '../../../core/exact-number.ts';
import { kindOf, mistakeWords } from '../../../core/mistake-words.ts';
import { redact } from '../../../redact/redact.ts';

/** A text that may be missing, null (old servers, old rows) or, once in a while, of another type: never worth losing its row. */
export const text = z.string().catch('');

/**
 * What the server says in its own words, or repeats of what others said to it: it may hold anything, also credentials (1.4, hole 9), so it is cleaned
 * before anybody gets it. Not for what people have written to be read back as it is: names, descriptions, commands, YAML.
 */
export const freeText = text.transform(redact);

/** A state, or another word that is shown as it comes. Strict, as what it belongs to is nothing without it. */
export const freeWord = z.string().transform(redact);

/** Numbers and flags of little weight, read in the same spirit. */
export const count = z.preprocess(rounded, z.number()).catch(0);
export const flag = z.boolean().catch(false);

/** Markers decide whether data is missed, so they are strict: a marker of another type is an error, not the end of the list. */
export const nextMarker = z
  .string()
  .nullish()
  .transform((marker) => marker || undefined);

/** So many items of a list may be wrong before the others are not looked at any more. */
const fewIssues = 3;
/** Of lists without pages, such as the nodes of a cluster. */
const mostItems = 20_000;

const aList = z.custom<readonly unknown[]>(Array.isArray, { error: ({ input }) => `must be a list, not ${kindOf(input)}` });

/**
 * `null` and a missing key stand for an empty list: which lists do that differs from call to call (3.2). Items are read one by one and no further
 * than the first few that are wrong: the validator's own list looks at all, and notes all, of a million that are.
 */
export const listOf = <T extends z.ZodType>(item: T, { most = mostItems } = {}) =>
  aList.nullish().transform((items, context): z.output<T>[] => {
    if (items && items.length > most) {
      context.issues.push({ code: 'custom', message: `must have at most ${most} entries`, input: items });
      return z.NEVER;
    }
    const found: z.output<T>[] = [];
    let issues = 0;
    for (const [index, value] of (items ?? []).entries()) {
      const parsed = item.safeParse(value, { error: mistakeWords });
      if (parsed.success) found.push(parsed.data);
      else {
        const [first] = parsed.error.issues;
        context.issues.push({
          code: 'custom',
          message: first?.message ?? 'is not allowed',
          path: [index, ...(first?.path ?? [])],
          input: value,
        });
        issues += 1;
        if (issues === fewIssues) break;
      }
    }
    return found;
  });

/** What a call may ask for, and the most that a page then holds (3.1). */
export const mostRows = 1000;

/** The list envelope (2). `isTruncated` is left out: it ignores filters and ownership (3.1). So is `maxKeys`: of users it is always 0 (2.1). */
export const pageOf = <T extends z.ZodType>(key: string, item: T) =>
  z
    .object({ [key]: listOf(item, { most: mostRows }), nextMarker })
    // The computed key makes zod forget which property is which.
    .transform((page) => ({ items: page[key] as z.output<T>[], nextMarker: page.nextMarker as string | undefined }));

const mostEntries = 100_000;

/** An open map, of whose values `textOf` makes texts; undefined: this is none, and so the whole is not. The validator's own would note each of a million. */
export function textsOf(textOf: (value: unknown) => string | undefined) {
  return z
    .custom<Record<string, unknown>>(isMap, { error: ({ input }) => `must be a mapping, not ${kindOf(input)}` })
    .transform((map, context) => {
      const entries: [string, string][] = [];
      for (const [key, value] of Object.entries(map)) {
        const read = textOf(value);
        if (read !== undefined && entries.length < mostEntries) entries.push([key, read]);
        else {
          context.issues.push({ code: 'custom', message: 'is no map of texts', input: map });
          return z.NEVER;
        }
      }
      return Object.fromEntries(entries); // own properties, whatever they are called
    });
}

/** A map of texts whose values are shown and nothing more; null, as Go writes an empty map, is empty. */
export const texts = textsOf((value) => (typeof value === 'string' ? value : undefined)).catch({});

/** Kubernetes quantities as strings. Requests say `mem`, answers `memory` (2.3). */
export const WireResources = z.object({
  cpu: text,
  memory: text,
  scalarResources: textsOf((value) => (typeof value === 'string' ? value : undefined))
    .nullish()
    .catch(undefined),
});
export type WireResources = z.output<typeof WireResources>;
export const resources = WireResources.nullish().transform((value) => value ?? null);
