import type { z } from 'zod';
import type { Caller, Origin } from '../auth/caller.ts';
import type { Identity, SourceAccounts } from '../auth/identity.ts';
import type { Viewer } from '../auth/viewer.ts';
import type { Attempt } from '../audit/attempt.ts';
import type { Audit } from '../audit/audit.ts';
import type { Context } from '../context.ts';
import type { Logs } from '../core/complaint.ts';
import type { HeavyWork } from '../core/heavy.ts';
import type { Database } from '../db/database.ts';
import type { Hub } from '../live/hub.ts';
import type { Lease } from '../live/lease.ts';
import type { UpstreamHealth } from '../upstream/http.ts';
import type { SourceDirectory } from './directory.ts';

/** What the configuration of a source of any kind has. */
export interface SourceConfig {
  /** Part of every id of the graph. */
  readonly name: string;
  /** Names the backend. */
  readonly kind: string;
}

/** What a leader works with, for as long as its lease lasts. */
export interface LeaderTools extends Logs {
  readonly db: Database;
  readonly hub: Hub;
  readonly heavyWork: HeavyWork;
}

/** One operation: who asks, and what its Sources and Writers are made of. */
export interface OperationTools {
  readonly viewer: Viewer;
  readonly caller: Caller;
  readonly client: Origin;
  /** The `Authorization` header as it was sent. */
  readonly authorization: string | undefined;
  /** By turns with all other callers. */
  readonly db: Database;
  readonly hub: Hub;
  readonly heavy: <T>(work: () => T) => Promise<T>;
  /** The sources that this viewer sees. */
  readonly sources: SourceDirectory;
  readonly identity: Identity;
  readonly audit: Audit;
  readonly attempt: Attempt;
  /** What each subscription of this caller may hold at a time. */
  readonly pageBytes: () => number;
  readonly logError: (error: unknown, about?: Record<string, unknown>) => void;
  /** Fires when the reader leaves. Not for writes: what one has done is read and recorded all the same. */
  readonly signal: AbortSignal;
}

/** A configured source, made once per process: its clients, and what its leader does. */
export interface ConfiguredSource {
  readonly name: string;
  /** From the start of one look at its backend to the start of the next, in milliseconds: how old what is known of it may be. */
  readonly intervalMs: number;
  health(): UpstreamHealth;
  /** Reads the backend and keeps the catalog up to date, until the lease is lost: then its signal fires. */
  lead(lease: Lease, tools: LeaderTools): Promise<void>;
  /** Where people can sign in with accounts of the backend itself. */
  readonly accounts?: SourceAccounts;
  /** Ends its connections. */
  close(): Promise<void>;
}

/**
 * A kind of backend: all that the rest of the house knows of it. It registers its types by importing its schemas, and is listed in `backends.ts`.
 * Its methods get the configuration and the sources of its own kind only.
 */
export interface Backend<Config extends SourceConfig = SourceConfig, Source extends ConfiguredSource = ConfiguredSource> {
  /** In the configuration. */
  readonly kind: string;
  /** As people call it. */
  readonly title: string;
  /** One sentence for the graph: what this software is. */
  readonly description: string;
  /** Of its sources: an object type of the graph that implements `Source`. */
  readonly sourceType: string;
  /** A strict object with `name` and the literal `kind`. */
  readonly configSchema: z.ZodType<Config> & z.core.$ZodTypeDiscriminable;
  /** For who starts the gateway: where it is and how it is asked, without secrets. */
  describe(config: Config): string;
  create(config: Config): Source;
  /** Its one member of the context. What it holds is best made when it is first touched (`lazily`). */
  contextOf(tools: OperationTools, sources: readonly Source[]): Partial<Context>;
}
