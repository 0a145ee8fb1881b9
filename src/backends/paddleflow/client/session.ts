import { createHash } from 'node:crypto';
import { z } from 'zod';
import { keepSecret } from '../../../redact/redact.ts';
import { InvalidCallError, UpstreamError } from '../../../upstream/errors.ts';
import type { JsonHttp, Lane } from '../../../upstream/http.ts';
import { startBudget, waitUnlessAborted } from '../../../core/budget.ts';
import type { PaddleFlowHttp } from './client.ts';
import { withholding } from './secrets.ts';
import { WireLogin } from '../wire/wire.ts';

interface TokenWait {
  readonly lane: Lane;
  readonly signal?: AbortSignal | undefined;
  /** In milliseconds of `performance.now()`. */
  readonly deadline: number;
}

/** For whom the gateway asks, whoever's account it uses. */
export interface Caller {
  /** Slots are handed out by turns to all keys. */
  readonly key: string;
  /** An answer in flight is shared with equal calls of the same identity alone: theirs may wait long for its turn, and nobody else has to wait with them. */
  readonly identity: string;
}

/** In whose name PaddleFlow is asked: the source's own account, or a user who has signed in. */
export interface Credentials {
  /** Unlike for whoever may see other things: answers are shared only within it. */
  readonly identity: string;
  /** There is no password to get another token with. */
  readonly session?: boolean | undefined;
  token(wait: TokenWait): Promise<string>;
  /** PaddleFlow refused this token. Without effect when it has been replaced already. */
  discard(token: string): void;
}

/** The token. Fault `rejected` with `AuthFailed` or `UserNotExist` when the two do not belong together. */
export async function login(
  http: Pick<JsonHttp, 'send'>,
  { username, password }: { readonly username: string; readonly password: string },
  { lane, caller, signal }: { readonly lane: Lane; readonly caller?: string | undefined; readonly signal?: AbortSignal | undefined },
): Promise<string> {
  const body = { username, password };
  const request = { call: 'login', method: 'POST', path: '/login', body, idempotent: true, lane, caller, signal } as const;
  const { authorization } = await withholding([password], http.send(request, WireLogin));
  keepSecret(authorization);
  return authorization;
}

/** What `login` gave to a user. */
export function userSession(token: string): Credentials {
  // It goes into a header. The value is not repeated: it may be one that was mistyped in part.
  if (!/^[\x21-\x7e]+$/.test(token)) throw new InvalidCallError('token', 'is not one that a login gave out');
  keepSecret(token);
  return {
    // Two tokens of one user share nothing: opaque as they are (1.3), nothing else tells whose they are.
    identity: `session:${createHash('sha256').update(token).digest('base64url')}`,
    session: true,
    token: async () => token,
    discard() {},
  };
}

export interface ServiceAccountOptions {
  readonly http: JsonHttp;
  readonly username: string;
  readonly password: string;
  /** How long a refused login is remembered, in milliseconds: nobody's password is guessed by our stubbornness. Default 30000. */
  readonly rememberRefusalMs?: number | undefined;
}

/** Tokens never expire by default, and end at once when the password changes (1.3). Kept in memory only. */
export function serviceAccount({ http, username, password, rememberRefusalMs = 30_000 }: ServiceAccountOptions): Credentials {
  let current: string | undefined;
  let signingIn: Promise<string> | undefined;
  let refusal: { readonly error: UpstreamError; readonly until: number } | undefined;

  const signIn = async (lane: Lane): Promise<string> => {
    try {
      current = await login(http, { username, password }, { lane });
      refusal = undefined;
      return current;
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.fault !== 'rejected') throw error; // an outage: the circuit sees to it
      refusal = { error: unauthenticated(error), until: performance.now() + rememberRefusalMs };
      http.blame(refusal.error);
      throw refusal.error;
    } finally {
      signingIn = undefined;
    }
  };
  return {
    identity: `account:${username}`,
    async token({ lane, signal, deadline }) {
      if (current !== undefined) return current;
      if (refusal && performance.now() < refusal.until) throw refusal.error;
      signingIn ??= signIn(lane);
      using budget = startBudget(deadline, signal);
      return await waitUnlessAborted(signingIn, budget.signal, () => {
        const fault = budget.ended ?? 'aborted';
        return new UpstreamError(
          { source: http.source, operation: 'POST /login', fault },
          fault === 'timeout' ? 'took too long' : 'was aborted',
        );
      });
    },
    discard(token) {
      if (current === token) current = undefined;
    },
  };
}

/** The codes of "log in again, then repeat" (1.7); all come with 400, never 401. `AuthIllegalUser` is not among them: it is about the request. */
const loginAgain: ReadonlySet<string | undefined> = new Set(['AuthWithoutToken', 'AuthInvalidToken', 'AuthFailed', 'UserNotExist']);

/**
 * Calls in the name of `credentials`. A refused token is replaced and the call repeated once, writes too: authentication comes before everything
 * else (1.3), so a call refused by it has not happened. (`UserNotExist` may also be a handler's word; that refusal is as harmless to repeat.)
 * Of a session the end is told: fault `unauthenticated`, `sessionEnded`.
 */
export function withCredentials(
  http: Pick<JsonHttp, 'source' | 'send' | 'deadlineOf'>,
  credentials: Credentials,
  { lane, share, caller }: { readonly lane: Lane; readonly share: boolean; readonly caller?: Caller | undefined },
): PaddleFlowHttp {
  const sharedAs = caller === undefined ? credentials.identity : `${credentials.identity} for ${caller.identity}`;
  /** Calls about users and grants say `UserNotExist` of others, too (2.1, 2.2): then a call that can only be refused for the token decides. */
  const endOfSession = async (refusal: UpstreamError, wait: TokenWait): Promise<UpstreamError> => {
    if (refusal.code !== 'UserNotExist') return sessionEnded(refusal);
    const headers = { 'x-pf-authorization': await credentials.token(wait) };
    const probe = {
      call: 'version',
      path: '/version',
      lane,
      caller: caller?.key,
      headers,
      deadline: wait.deadline,
      signal: wait.signal,
      shareAs: sharedAs,
    };
    return http.send(probe, z.unknown()).then(
      () => refusal,
      (error: unknown) => (isAboutToken(error) ? sessionEnded(refusal) : refusal),
    );
  };
  return {
    source: http.source,
    async send(request, schema) {
      const deadline = request.deadline ?? http.deadlineOf(request);
      const wait = { lane, deadline, signal: request.method === undefined || request.method === 'GET' ? request.signal : undefined };
      const sendWith = (token: string) =>
        http.send(
          {
            ...request,
            lane,
            caller: caller?.key,
            deadline,
            shareAs: share ? sharedAs : undefined,
            headers: { ...request.headers, 'x-pf-authorization': token },
          },
          schema,
        );
      const token = await credentials.token(wait);
      try {
        return await sendWith(token);
      } catch (error) {
        if (!isAboutToken(error)) throw error;
        if (credentials.session) throw await endOfSession(error, wait);
        credentials.discard(token);
      }
      return sendWith(await credentials.token(wait)).catch((error: unknown) => {
        throw isAboutToken(error) && error.code !== 'UserNotExist' ? unauthenticated(error) : error;
      });
    },
  };
}

const isAboutToken = (error: unknown): error is UpstreamError =>
  error instanceof UpstreamError && error.fault === 'rejected' && error.status === 400 && loginAgain.has(error.code);

const unauthenticated = (refusal: UpstreamError): UpstreamError =>
  refusal.restated(
    { fault: 'unauthenticated', outcomeUnknown: false },
    `was answered ${refusal.status} ${refusal.code ?? ''}: our account is not accepted`,
  );

const sessionEnded = (refusal: UpstreamError): UpstreamError =>
  refusal.restated(
    { fault: 'unauthenticated', sessionEnded: true },
    `was answered ${refusal.status} ${refusal.code ?? ''}: the session has ended, its user has to sign in again`,
  );
