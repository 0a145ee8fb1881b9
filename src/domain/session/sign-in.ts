import type { Identity } from '../../auth/identity.ts';
import { viewerOf, type Viewer } from '../../auth/viewer.ts';
import { keyOf } from '../../key.ts';
import { UpstreamError } from '../../upstream/errors.ts';
import type { PaddleFlow } from '../../upstream/paddleflow/paddleflow.ts';
import type { Audit } from '../audit/audit.ts';
import {
  InvalidCredentialsProblem,
  InvalidInputProblem,
  NotFoundProblem,
  NotSupportedProblem,
  problemOf,
  RateLimitedProblem,
} from '../problem.ts';

export interface Credentials {
  readonly source: string;
  readonly username: string;
  readonly password: string;
}

export interface SignedIn {
  /** For `Authorization: Bearer …`. */
  readonly token: string;
  readonly viewer: Viewer;
  readonly expiresAt: Date;
}

export type SignIn = (credentials: Credentials) => Promise<SignedIn>;

export interface SignInOptions {
  readonly identity: Pick<Identity, 'seal' | 'sessions' | 'attempts'>;
  readonly upstream: (source: string) => PaddleFlow | undefined;
  /** Who asks, before. */
  readonly viewer: Viewer;
  readonly audit: Audit;
  readonly signal?: AbortSignal | undefined;
}

/** By PaddleFlow's own accounts. Throws a `Problem` that the client can act on, or an outage. */
export function createSignIn({ identity, upstream, viewer, audit, signal }: SignInOptions): SignIn {
  const { seal, sessions, attempts } = identity;

  return async ({ source, username, password }) => {
    if (seal === undefined) throw new NotSupportedProblem('Nobody can sign in here: the configuration has no auth.sessionKey');
    const paddleflow = upstream(source);
    if (paddleflow === undefined) throw new NotFoundProblem(`There is no source ${source}`);
    requireHarmless(username);
    const account = keyOf(source, username);
    const wait = Math.ceil(attempts.begin(account) / 1000);
    if (wait > 0) throw new RateLimitedProblem(`Too many attempts for this user: try again in ${wait} s`, wait);
    try {
      const token = await paddleflow.login(username, password, signal);
      const { sealed, session } = await seal.seal({ source, user: username, token });
      sessions.trust(session);
      attempts.forgive(account);
      await audit.record(viewer, 'signIn', account, 'done');
      return { token: sealed, viewer: viewerOf(session), expiresAt: session.expiresAt };
    } catch (error) {
      if (!isRefused(error)) {
        attempts.forgive(account); // it says nothing about the password
        throw problemOf(error, username);
      }
      const problem = new InvalidCredentialsProblem(`${source} knows no such user, or not with this password`);
      // What is nobody's name may be a password in the wrong box.
      await audit.record(viewer, 'signIn', error.code === 'AuthFailed' ? account : source, problem.name);
      throw problem;
    }
  };
}

/**
 * The contract's dangerous names (1.4), and what can be nobody's: PaddleFlow's users have 4 to 16 letters and digits (2.1), an installer's maybe
 * others.
 */
function requireHarmless(username: string): void {
  const reason =
    username !== 'root' && /^root$/i.test(username)
      ? 'must not be "root" in another case'
      : /login$/i.test(username)
        ? 'must not end in "login"'
        : /^[\w.@-]{1,60}$/.test(username)
          ? undefined
          : 'is not the name of a user';
  if (reason !== undefined) throw new InvalidInputProblem(reason, 'username');
}

const isRefused = (error: unknown): error is UpstreamError =>
  error instanceof UpstreamError && error.fault === 'rejected' && (error.code === 'AuthFailed' || error.code === 'UserNotExist');
