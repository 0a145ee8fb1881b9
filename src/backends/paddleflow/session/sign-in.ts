import type { Caller, Origin } from '../../../auth/caller.ts';
import type { Identity } from '../../../auth/identity.ts';
import { viewerOf, type Viewer } from '../../../auth/viewer.ts';
import { beforeRefusal } from '../../../core/busy.ts';
import { keyOf } from '../../../core/key.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import type { PaddleFlowSource } from '../source/configured.ts';
import type { Audit } from '../../../audit/audit.ts';
import {
  InvalidCredentialsProblem,
  InvalidInputProblem,
  NotFoundProblem,
  NotSupportedProblem,
  problemOf,
  RateLimitedProblem,
} from '../../../problem/problem.ts';

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
  readonly identity: Pick<Identity, 'signing' | 'sessions'>;
  readonly upstream: (source: string) => Pick<PaddleFlowSource, 'login' | 'accounts'> | undefined;
  /** Who asks, before. */
  readonly viewer: Viewer;
  readonly caller: Caller;
  readonly client: Origin;
  /** Their token, as it was sent: whoever still has that of an earlier session is no stranger to its account. */
  readonly authorization: string | undefined;
  readonly audit: Audit;
  readonly signal?: AbortSignal | undefined;
}

/** By PaddleFlow's own accounts. Throws a `Problem` that the client can act on, or an outage. */
export function createSignIn({ identity, upstream, viewer, caller, client, authorization = '', audit, signal }: SignInOptions): SignIn {
  const { signing, sessions } = identity;

  return async ({ source, username, password }) => {
    if (signing === undefined) throw new NotSupportedProblem('Nobody can sign in here: the configuration has no auth.sessionKey');
    const paddleflow = upstream(source);
    if (paddleflow === undefined) throw new NotFoundProblem(`There is no source ${JSON.stringify(source.slice(0, 100))}`);
    requireHarmless(username);
    const account = keyOf(source, username);
    const earlier = await signing.seal.recognise(authorization.replace(/^Bearer /i, ''));
    const known = earlier?.source === source && earlier.user === username;
    const attempt = await signing.attempts.begin({ account, network: client.network, known });
    if (attempt.wait !== undefined) {
      await beforeRefusal(signal);
      throw new RateLimitedProblem(`Too many attempts: try again in ${attempt.wait} s`, attempt.wait);
    }
    try {
      const token = await paddleflow.login(username, password, { caller: caller.key, signal });
      const { sealed, session } = await signing.seal.seal({ source, user: username, token });
      sessions.trust(session);
      await attempt.succeeded();
      await audit.record(viewer, 'signIn', account, 'done');
      return { token: sealed, viewer: viewerOf(session, paddleflow.accounts.roleOf(username)), expiresAt: session.expiresAt };
    } catch (error) {
      if (!isRefused(error)) {
        await attempt.forgive(); // it says nothing about the password
        if (error instanceof UpstreamError && error.fault === 'busy') {
          await beforeRefusal(signal);
          throw new RateLimitedProblem(`Too many are signing in: try again in ${crowdedSeconds} s`, crowdedSeconds);
        }
        throw problemOf(error, username);
      }
      const problem = new InvalidCredentialsProblem(`${source} knows no such user, or not with this password`);
      // What is nobody's name may be a password in the wrong box.
      await audit.record(viewer, 'signIn', error.code === 'AuthFailed' ? account : source, problem.name);
      throw problem;
    }
  };
}

const crowdedSeconds = 5;

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
