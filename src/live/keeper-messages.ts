import type { LeaseTimes } from './renewal.ts';

/** What the thread that renews is started with. */
export interface KeeperData {
  readonly databaseUrl: string;
  readonly silenceMs: number;
  readonly times: LeaseTimes;
  /** One number that the main thread keeps changing for as long as its loop turns. */
  readonly life: SharedArrayBuffer;
  /** Where the thread tells how the process is, see `startHealth`. */
  readonly health?: { readonly host: string; readonly port: number } | undefined;
}

/** `TAKEN`: another process leads now. `UNREACHABLE`: it could not be renewed for its whole life. `STUCK`: this process has done nothing for long. `THREAD`: what renews has ended. */
export type LossReason = 'TAKEN' | 'UNREACHABLE' | 'STUCK' | 'THREAD';

/** Each lease that is held has a number. */
export type ToKeeper =
  | { readonly type: 'keep'; readonly id: number; readonly source: string; readonly epoch: number }
  | { readonly type: 'stop'; readonly id: number }
  | { readonly type: 'leaving' };

export type FromKeeper =
  | { readonly type: 'ready'; readonly healthPort?: number }
  | { readonly type: 'lost'; readonly id: number; readonly reason: LossReason }
  /** It is not being renewed any more, and will not be. */
  | { readonly type: 'stopped'; readonly id: number }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'over' };
