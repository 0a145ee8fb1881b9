import { againWhile } from '../../core/again.ts';
import { NotFoundProblem, UnconfirmedProblem, type WorkReference } from '../../problem/problem.ts';
import { afterAccepted } from '../../problem/read-back.ts';
import type { Intents, Maker } from './intents.ts';

export interface Keyed<T> {
  readonly idempotencyKey: string;
  /** See `Intents.once`: without secrets. */
  readonly input: unknown;
  readonly maker: Maker;
  /** What is called so by its backend's id, as it is now; undefined: it is not there. */
  read(id: string): Promise<T | undefined>;
  /** Where it is a piece of work. */
  workOf?(id: string): WorkReference;
}

/** What the key stands for, as it is now. A `NotFoundProblem` when it was made long ago, and has gone since. */
export async function keyed<T>(intents: Intents, { idempotencyKey, input, maker, read, workOf }: Keyed<T>): Promise<T> {
  let isNew = false;
  const send: Maker['send'] = async (mark, deadline) => {
    const id = await maker.send(mark, deadline);
    isNew = true;
    return id;
  };
  const id = await intents.once(idempotencyKey, input, { ...maker, send });
  const work = workOf?.(id) ?? null;
  return askingAgain(async () => {
    const now = await afterAccepted(
      id,
      () =>
        againWhile(
          (answer) => answer === undefined,
          () => read(id),
        ),
      work,
    );
    if (now !== undefined) return now;
    if (isNew) throw new UnconfirmedProblem(`${id}: accepted, but it is not listed yet`, work);
    throw new NotFoundProblem(`The key ${idempotencyKey} stands for the ${maker.kind} ${id}, which is not there any more`);
  });
}

/** What follows a write with a key may be asked again, and at once: that never makes it again. */
export async function askingAgain<T>(follow: () => Promise<T>): Promise<T> {
  try {
    return await follow();
  } catch (error) {
    if (!(error instanceof UnconfirmedProblem)) throw error;
    const { message, work, cause } = error;
    throw new UnconfirmedProblem(`${message}. Ask again with the same key: it is not made again.`, work, { cause, retryAfterSeconds: 1 });
  }
}
