import { createAttempt } from './audit/attempt.ts';
import { createAudit } from './audit/audit.ts';
import { callerOf } from './auth/caller.ts';
import type { Identity } from './auth/identity.ts';
import type { Viewer } from './auth/viewer.ts';
import type { Context } from './context.ts';
import type { HeavyWork } from './core/heavy.ts';
import type { createDatabase } from './db/database.ts';
import { createExecutionFeed } from './execution/feed.ts';
import { createExecutionSource } from './execution/list.ts';
import type { Hub } from './live/hub.ts';
import type { MakeContext } from './server/operation.ts';
import type { OperationTools } from './source/backend.ts';
import { createSourceDirectory } from './source/directory.ts';
import { sourcesSeenBy, type KindOfSources } from './source/kind-of-sources.ts';

export interface ContextMakerOptions {
  /** By turns to all callers. */
  readonly database: Pick<ReturnType<typeof createDatabase>, 'as'>;
  readonly heavyWork: HeavyWork;
  readonly hub: Hub;
  readonly identity: Identity;
  readonly kinds: readonly KindOfSources[];
  /** What each subscription of this caller may hold at a time. */
  readonly pageBytes: (caller: string) => number;
  readonly logError: OperationTools['logError'];
}

/** Makes the context of each operation: the viewer, and one member of each backend with the Sources and Writers that act for them. */
export function createContextMaker(options: ContextMakerOptions): MakeContext<Context> {
  const { database, heavyWork, hub, identity, kinds, logError } = options;

  return async ({ headers, signal, lastEventId, client, visitor, endless = false }) => {
    const viewer = visitor as Viewer; // what `startTributary` identifies callers as
    const caller = callerOf(viewer, client);
    const db = database.as(caller.key, caller.stranger ? 'strangers' : endless ? 'live' : 'asked');
    const heavy = <T>(work: () => T): Promise<T> => heavyWork(caller.key, work);
    const audit = createAudit(db, logError);
    const sources = createSourceDirectory(db, sourcesSeenBy(viewer, kinds));
    const attempt = createAttempt(viewer, audit, logError);
    const pageBytes = () => options.pageBytes(caller.key);
    const { authorization } = headers;
    const who = { viewer, caller, client, authorization, identity, audit, attempt };
    const tools: OperationTools = { ...who, db, hub, heavy, sources, pageBytes, logError, signal };
    const ofBackends: Partial<Context> = Object.assign({}, ...kinds.map(({ contextOf }) => contextOf(tools)));
    const executions = createExecutionSource(db, viewer);
    const executionFeed = createExecutionFeed(db, hub, viewer, pageBytes);
    return { ...ofBackends, executions, executionFeed, viewer, caller, heavy, signal, lastEventId, sources } as Context; // a member of every backend that is registered
  };
}
