import { and, eq, gte, isNull, lt, or, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import type { Viewer } from '../auth/viewer.ts';
import { storable } from '../core/storable.ts';
import { executions } from '../db/tables.ts';
import type { ExecutionState } from './state.ts';

/** Each list means "one of these"; what is left out does not matter. An empty list matches nothing. */
export interface ExecutionFilter {
  readonly sources?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly owners?: readonly string[] | undefined;
  readonly states?: readonly ExecutionState[] | undefined;
  readonly names?: readonly string[] | undefined;
  readonly createdFrom?: Date | undefined;
  readonly createdBefore?: Date | undefined;
}

/** One value, however many there are to choose from: as many conditions or parameters would be more than Postgres takes. */
export const isAnyOf = (column: AnyColumn, texts: readonly string[]): SQL =>
  sql`${column} = any(${sql.param([...new Set(texts)].map(storable))}::text[])`;

/** What this viewer may see: what their account owns, and what they have made through the gateway. Undefined: everything. */
export const visibleTo = ({ owner, identity }: Pick<Viewer, 'owner' | 'identity'>): SQL | undefined =>
  owner === undefined ? undefined : or(eq(executions.owner, owner), eq(executions.creator, identity));

/** Everything but the state: what a piece of work is, not how it goes. For event streams, whose state is the event's. */
export const identityCondition = ({ sources, kinds, owners, names, createdFrom, createdBefore }: ExecutionFilter): SQL | undefined =>
  and(
    sources && isAnyOf(executions.source, sources),
    kinds && isAnyOf(executions.kind, kinds),
    owners && isAnyOf(executions.owner, owners),
    names && isAnyOf(executions.name, names),
    createdFrom && gte(executions.createdAt, createdFrom),
    createdBefore && lt(executions.createdAt, createdBefore),
  );

/** What is there, in these states. */
export const isListed = ({ states }: ExecutionFilter): SQL | undefined =>
  and(isNull(executions.deletedUpstream), states && isAnyOf(executions.state, states));
