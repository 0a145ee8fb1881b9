import type { PaddleFlowClient } from '../client/client.ts';
import type { UpstreamHealth } from '../../../upstream/http.ts';
import type { KeptReads } from '../../../core/kept-reads.ts';
import type { ReadTime } from '../run/model.ts';

/** A configured source as the domain sees it, for one viewer: made anew for each operation. */
export interface SourceHandle {
  readonly name: string;

  /** Whose account `client` and `reader` use: the gateway's own, so that the gateway has to keep the viewer's rights (`permission.ts`), or that of the viewer, whose rights PaddleFlow keeps. */
  readonly actsAs: 'service' | 'viewer';
  /** The account of PaddleFlow that the gateway itself uses here, whoever the viewer is. */
  readonly serviceAccount: string;
  /** The user it acts as: part of every key under which answers of this source are kept or shared. */
  readonly identity: string;
  /** Host and port, as in the configuration: what a mount is told (contract 2.5). */
  readonly address: string;
  /** For what viewers ask: equal reads in flight are shared. */
  readonly client: PaddleFlowClient;
  /** For reads whose moment is written down: never shared, as a joined answer may be older than the question. */
  readonly reader: PaddleFlowClient;
  /** Answers of costly reads, whoever they are for: their keys begin with `identity`. */
  readonly kept: KeptReads;
  readonly readTime: ReadTime;
  /** IANA name of the zone in which the server writes its times and reads crontabs. */
  readonly timeZone: string;
  readonly settleMs: number;
  /** After so long a write is given up. */
  readonly writeMs: number;
  /** The same for one that waits for storage or for the scheduler. */
  readonly slowWriteMs: number;
  /** So long after that the server may still carry it out. */
  readonly lateWriteMs: number;
  readonly intervalMs: number;
  /** The service account is root, and so sees every user's runs. */
  readonly seesAll: boolean;
  health(): UpstreamHealth;
}

/** What is the same for all viewers: made once per process. */
export type SharedHandle = Omit<SourceHandle, 'client' | 'reader' | 'actsAs'>;

export type SourceHandles = ReadonlyMap<string, SourceHandle>;
