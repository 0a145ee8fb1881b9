import type { z } from 'zod';
import { type Breath, drained, paced } from '../core/breath.ts';
import { mistakeWords } from '../core/mistake-words.ts';

type Paced = (body: unknown) => { readonly head: z.ZodSafeParseResult<unknown>; readonly rest: () => Generator<void, unknown> };
const shapes = new WeakMap<z.ZodType, Paced>();

/**
 * A shape whose answers may be large: what `head` makes of one, which is quickly done, is completed by `rest`, which yields where it may pause. As a
 * schema it does all at once.
 */
export function pacedShape<Head extends z.ZodType, T>(head: Head, rest: (head: z.output<Head>) => Generator<void, T>) {
  const shape = head.transform((value) => drained(rest(value)));
  shapes.set(shape, (body) => {
    const parsed = head.safeParse(body, { error: mistakeWords });
    return { head: parsed, rest: () => rest(parsed.data as z.output<Head>) }; // asked for only where it is one
  });
  return shape;
}

/** What `schema.safeParse` gives, with pauses where the shape allows them. */
export async function parsePaced<T>(schema: z.ZodType<T>, body: unknown, breathe: Breath): Promise<z.ZodSafeParseResult<T>> {
  await breathe();
  const shape = shapes.get(schema);
  if (shape === undefined) return schema.safeParse(body, { error: mistakeWords });
  const { head, rest } = shape(body);
  if (!head.success) return head as z.ZodSafeParseResult<T>; // a failure has no value
  return { success: true, data: (await paced(rest(), breathe)) as T }; // kept under this very schema
}
