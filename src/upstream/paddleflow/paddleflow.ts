import { type Budgets, createJsonHttp, type JsonHttpOptions, type Lane, type UpstreamHealth } from '../http.ts';
import { createPaddleFlowClient, type PaddleFlowClient } from './client.ts';
import { paddleFlowDialect } from './dialect.ts';
import { type Credentials, serviceAccount, withCredentials } from './session.ts';
import { isTimeZone } from './time.ts';

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

export interface PaddleFlow {
  readonly source: string;
  readonly timeZone: string;
  /**
   * The client of the leader or of those who view. `share` (default: viewers only): an equal read in flight is joined. Its answer may then be
   * older than the call, by as long as it has been in flight; whoever notes *when* something was observed must not share.
   */
  as(who: Lane, options?: { readonly share?: boolean | undefined }): PaddleFlowClient;
  health(): UpstreamHealth;
  close(): Promise<void>;
}

/** One PaddleFlow server: one pool, one circuit, one login for all who ask it. Throws a `RangeError` for an unknown time zone. */
export function createPaddleFlow(options: PaddleFlowOptions): PaddleFlow {
  const { source, timeZone, username, password, rememberRefusalMs } = options;
  if (!isTimeZone(timeZone)) throw new RangeError(`${timeZone} is no time zone`);
  const http = createJsonHttp({
    ...options,
    basePath: '/api/paddleflow/v1',
    dialect: paddleFlowDialect,
    requestIdHeader: 'x-pf-request-id',
  });
  const credentials: Credentials = serviceAccount({ http, username, password, rememberRefusalMs });
  return {
    source,
    timeZone,
    as: (who, { share = who === 'viewer' } = {}) => createPaddleFlowClient(withCredentials(http, credentials, who, share)),
    health: http.health,
    close: http.close,
  };
}
