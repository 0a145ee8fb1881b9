import { createHash } from 'node:crypto';
import { UpstreamError } from '../upstream/errors.ts';
import type { Session } from './session.ts';
import { UnauthenticatedError } from './unauthenticated.ts';

export interface SessionWatchOptions {
  /** A call that the backend only answers while it accepts the session's token. */
  readonly ask: (session: Session) => Promise<unknown>;
  /** How long an answer is believed, in milliseconds. */
  readonly checkMs: number;
}

interface Entry {
  readonly session: Session;
  /** In milliseconds of `performance.now()`. */
  believedUntil: number;
  /** How often a change of password was heard of: an answer counts only if it was asked for after the last one. */
  doubts: number;
  ended: boolean;
  asking?: Promise<void> | undefined;
  readonly watchers: Set<(end: UnauthenticatedError) => void>;
}

const rememberedSessions = 10_000;

/**
 * Whether sessions still hold. A backend need not tell anybody when it ends a token, and what the catalog answers does not go there. So it is asked now and then, at most once per session and `checkMs` however much the session is used, and again as soon as this
 * process has changed a password. While it cannot be asked, sessions go on: they show what their users could see a moment ago.
 */
export function createSessionWatch({ ask, checkMs }: SessionWatchOptions) {
  const entries = new Map<string, Entry>();

  function entryOf(session: Session): Entry {
    const key = createHash('sha256').update(`${session.source}:${session.token}`).digest('base64url');
    const entry = entries.get(key) ?? { session, believedUntil: 0, doubts: 0, ended: false, watchers: new Set() };
    entries.delete(key);
    entries.set(key, entry); // last in order: the first is the one unused for longest
    for (const [other, { watchers }] of entries) {
      if (entries.size <= rememberedSessions) break;
      if (watchers.size === 0) entries.delete(other);
    }
    return entry;
  }

  async function look(entry: Entry): Promise<void> {
    const { doubts } = entry;
    const believedUntil = performance.now() + checkMs;
    const held = await ask(entry.session).then(
      () => true,
      (error: unknown) => !(error instanceof UpstreamError && error.sessionEnded),
    );
    if (held && entry.doubts === doubts) entry.believedUntil = believedUntil;
    if (held || entry.ended) return;
    entry.ended = true;
    for (const tell of entry.watchers) tell(new UnauthenticatedError('SESSION_ENDED'));
  }

  /** One question at a time, however many wait for the answer; another one when it was asked before the last doubt came up. */
  async function askAgain(entry: Entry): Promise<void> {
    for (let doubts: number | undefined; doubts !== entry.doubts;) {
      doubts = entry.doubts;
      const asking = (entry.asking ??= look(entry));
      await asking;
      if (entry.asking === asking) entry.asking = undefined;
    }
  }

  async function check(session: Session): Promise<void> {
    if (session.expiresAt.getTime() <= Date.now()) throw new UnauthenticatedError('SESSION_EXPIRED');
    const entry = entryOf(session);
    if (!entry.ended && performance.now() > entry.believedUntil) await askAgain(entry);
    if (entry.ended) throw new UnauthenticatedError('SESSION_ENDED');
  }

  return {
    /** Throws `UnauthenticatedError` when the session has expired or ended. Mostly without asking anybody. */
    check,
    /** The backend has only just given this token out. */
    trust(session: Session): void {
      entryOf(session).believedUntil = performance.now() + checkMs;
    },
    /** The password of this user may have changed: all are asked about again, those that somebody watches at once. */
    doubt(source: string, user: string): void {
      // A list of its own: `check` moves what it looks at to the end of the map.
      const theirs = [...entries.values()].filter(({ session }) => session.source === source && session.user === user);
      for (const entry of theirs) {
        entry.believedUntil = 0;
        entry.doubts += 1;
        entry.asking = undefined;
        if (entry.watchers.size > 0) void check(entry.session).catch(() => {});
      }
    },
    /** Tells when the session ends, also while nothing else happens. */
    watch(session: Session, onEnd: (end: UnauthenticatedError) => void): { close(): void } {
      const entry = entryOf(session);
      entry.watchers.add(onEnd);
      const again = setInterval(() => void check(session).catch(onEnd), checkMs).unref();
      return {
        close() {
          clearInterval(again);
          entry.watchers.delete(onEnd);
        },
      };
    },
  };
}
export type SessionWatch = ReturnType<typeof createSessionWatch>;
