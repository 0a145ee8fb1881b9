import { InvalidCallError } from '../../../upstream/errors.ts';
import { type Budgets, createJsonHttp, type JsonHttpOptions, type Lane, type UpstreamHealth } from '../../../upstream/http.ts';
import { paddleFlowLimits } from './answer-limits.ts';
import { createPaddleFlowClient, type PaddleFlowClient } from './client.ts';
import { paddleFlowDialect } from './dialect.ts';
import { type Caller, type Credentials, login, serviceAccount, userSession, withCredentials } from './session.ts';
import { isTimeZone } from '../../../core/server-time.ts';
import { isRoot } from '../wire/validate.ts';

export interface PaddleFlowOptions extends Pick<
  JsonHttpOptions,
  'limits' | 'retry' | 'circuit' | 'maxBodyBytes' | 'connectTimeoutMs' | 'ca' | 'observe'
> {
  readonly source: string;
  /** Origin, and the path of a proxy in front of `/api/paddleflow/v1`, if there is one. */
  readonly url: string | URL;
  readonly username: string;
  readonly password: string;
  /** IANA name of the zone in which the server writes its times (4.7). */
  readonly timeZone: string;
  readonly budgets?: Budgets | undefined;
  readonly rememberRefusalMs?: number | undefined;
}

export type { Caller } from './session.ts';

export interface AskingOptions {
  /** An equal read in flight is joined. Its answer may then be older than the call, by as long as it has been in flight. */
  readonly share?: boolean | undefined;
  /** Default: the gateway itself. */
  readonly caller?: Caller | undefined;
}

export interface PaddleFlow {
  readonly source: string;
  readonly timeZone: string;
  /**
   * The client of the leader or of those who view. `share` is the default for viewers only; whoever notes *when* something was observed must
   * not share.
   */
  as(who: Exclude<Lane, 'stranger'>, options?: AskingOptions): PaddleFlowClient;
  /**
   * A user's token, for `asUser`. Fault `rejected` with `AuthFailed` (wrong password) or `UserNotExist` (no such user). It does not expire by
   * default and cannot be revoked but by another password (1.3): to be kept as carefully as that. A `Root` or `ROOT` is refused here, since
   * the server would take that user for root in most places (1.4). It has a lane of its own, with turns for each `caller`: fault `busy` when too
   * many wait.
   */
  login(
    username: string,
    password: string,
    options?: { readonly caller?: string; readonly signal?: AbortSignal | undefined },
  ): Promise<string>;
  /**
   * The client of a signed-in user, who sees and may do what PaddleFlow allows that user. Fault `unauthenticated` with `sessionEnded` once the
   * token is no longer accepted: expired, another password, user deleted. Cheap to make. `share` as for viewers.
   */
  asUser(token: string, options?: AskingOptions): PaddleFlowClient;
  health(): UpstreamHealth;
  close(): Promise<void>;
}

/** One PaddleFlow server: one pool, one circuit, one login for all who ask it. Throws a `RangeError` for an unknown time zone. */
export function createPaddleFlow(options: PaddleFlowOptions): PaddleFlow {
  const { source, timeZone } = options;
  if (!isTimeZone(timeZone)) throw new RangeError(`${timeZone} is no time zone`);
  const http = createJsonHttp({
    ...options,
    basePath: '/api/paddleflow/v1',
    dialect: paddleFlowDialect,
    answerLimits: paddleFlowLimits,
    requestIdHeader: 'x-pf-request-id',
  });
  const credentials: Credentials = serviceAccount({ ...options, http });
  return {
    source,
    timeZone,
    as: (lane, { share = lane === 'viewer', caller } = {}) =>
      createPaddleFlowClient(withCredentials(http, credentials, { lane, share, caller })),
    async login(username, password, { caller, signal } = {}) {
      if (username !== 'root' && isRoot(username)) throw new InvalidCallError('username', 'must not be "root" in another case');
      return login(http, { username, password }, { lane: 'stranger', caller, signal });
    },
    asUser: (token, { share = true, caller } = {}) =>
      createPaddleFlowClient(withCredentials(http, userSession(token), { lane: 'viewer', share, caller })),
    health: http.health,
    close: http.close,
  };
}
