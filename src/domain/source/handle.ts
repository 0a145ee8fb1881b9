import type { PaddleFlowClient } from '../../upstream/paddleflow/client.ts';
import type { UpstreamHealth } from '../../upstream/http.ts';
import type { ReadTime } from '../run/model.ts';

/** A configured source as the domain sees it. One per process, shared by all operations. */
export interface SourceHandle {
  readonly name: string;
  readonly kind: 'PADDLEFLOW';
  /** For what viewers ask: equal reads in flight are shared. */
  readonly client: PaddleFlowClient;
  /** For reads whose moment is written down: never shared, as a joined answer may be older than the question. */
  readonly reader: PaddleFlowClient;
  readonly readTime: ReadTime;
  readonly settleMs: number;
  readonly intervalMs: number;
  /** The service account is root, and so sees every user's runs. */
  readonly seesAll: boolean;
  health(): UpstreamHealth;
}

export type SourceHandles = ReadonlyMap<string, SourceHandle>;
