import type { World } from './world.ts';

/** One operation of `schema/operations`, and of which type its answer is. */
export interface Step {
  readonly operation: string;
  /** The `input` of a mutation, else the variables. */
  readonly given: Record<string, unknown>;
  /** Type of the value, or that which the schema declares for its field when the document does not ask; `null`; or the code of the error. */
  readonly answer: string;
  /** The error that the contract documents, by PaddleFlow's code or by a few words; undefined: the happy path. */
  readonly documented?: string;
  /** A token of the world, by its name; default `boss`, who is an admin. */
  readonly as?: string;
  /** What the server answers to each such call instead of doing it, where a client cannot bring it about. */
  readonly fault?: { readonly status: number; readonly code: string; readonly path: string; readonly method?: string };
  /** Done when a subscription listens. */
  readonly meanwhile?: () => Promise<unknown>;
  /** Part of the first field's value. */
  readonly shows?: object;
}
type More = Pick<Step, 'as' | 'fault' | 'meanwhile' | 'shows'>;

export const happy = (operation: string, answer: string, given: Record<string, unknown> = {}, more: More = {}): Step => ({
  operation,
  answer,
  given,
  ...more,
});
export const refused = (documented: string, operation: string, answer: string, given: Record<string, unknown>, more: More = {}): Step => ({
  documented,
  operation,
  answer,
  given,
  ...more,
});

/** A row of the table in docs/paddleflow.md. */
export interface Row {
  /** As it stands in the first column. */
  readonly call: string;
  /** Brings about what the steps need, past the gateway. They run one after the other. */
  readonly steps: (world: World) => Promise<readonly Step[]> | readonly Step[];
}
