import type { Viewer } from '../auth/viewer.ts';
import type { Context } from '../context.ts';
import type { Backend, ConfiguredSource, OperationTools, SourceConfig } from './backend.ts';
import type { VisibleSource } from './directory.ts';
import { kindName } from './kind.ts';

/** A backend and all sources that are configured of it, which may be none: it has its place in the context all the same. */
export interface KindOfSources {
  readonly kind: string;
  readonly sourceType: string;
  readonly sources: readonly ConfiguredSource[];
  contextOf(tools: OperationTools): Partial<Context>;
}

/** Made once per process: the sources are opened here. */
export function openSources(backends: readonly Backend[], configs: readonly SourceConfig[]): KindOfSources[] {
  return backends.map((backend) => {
    const { kind, sourceType } = backend;
    const sources = configs.filter((config) => config.kind === kind).map((config) => backend.create(config));
    return { kind: kindName(kind), sourceType, sources, contextOf: (tools) => backend.contextOf(tools, sources) };
  });
}

/**
 * All of them, or for who has signed in that one source on which they are known: of others a session shows nothing, there it is nobody. Who is not
 * known at all sees none.
 */
export function sourcesSeenBy({ refusal, session }: Viewer, kinds: readonly KindOfSources[]): VisibleSource[] {
  if (refusal) return [];
  return kinds.flatMap(({ kind, sourceType, sources }) =>
    sources
      .filter(({ name }) => session === undefined || session.source === name)
      .map(({ name, intervalMs, health }) => ({ name, intervalMs, health, kind, sourceType })),
  );
}
