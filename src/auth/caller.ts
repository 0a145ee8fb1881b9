import type { Session } from './session.ts';
import { identityOf, type Viewer } from './viewer.ts';

/** Where a request comes from. */
export interface Origin {
  readonly network: string;
  readonly connection: string;
}

/** For whom something is done: everything that is shared is handed out by turns to callers. */
export interface Caller {
  /** Unlike everybody else's. */
  readonly key: string;
  /** The viewer's: answers are shared within it. */
  readonly identity: string;
  /** It is not known who that is: all strangers together get little. */
  readonly stranger: boolean;
}

/**
 * A viewer is one caller, over however many connections. In an open gateway, where everybody is `local` and a friend, each connection is one: so
 * the pages of a demo do not stand in each other's way. Strangers are told apart by where they come from.
 */
export function callerOf({ identity, refusal }: Pick<Viewer, 'identity' | 'refusal'>, { network, connection }: Origin): Caller {
  if (refusal !== undefined) return { key: `stranger ${network}`, identity, stranger: true };
  return { key: identity === 'local' ? `local ${connection}` : `viewer ${identity}`, identity, stranger: false };
}

/** Who has signed in, wherever from. */
export const callerOfSession = (session: Session): Caller => callerOf({ identity: identityOf(session) }, { network: '', connection: '' });
