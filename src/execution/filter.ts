import { and, eq, gte, isNull, lt, not, or, sql, type AnyColumn, type SQL } from 'drizzle-orm';
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

/**
 * What this viewer may see: what their account on its source owns, and what they have made through the gateway. Undefined: everything. The empty name
 * owns nothing: it is that of work whose backend has no accounts.
 */
export function visibleTo({ owner, accounts, identity }: Seeing): SQL | undefined {
  if (owner === undefined) return undefined;
  const made = eq(executions.creator, identity);
  if (owner === '') return made;
  const elsewhere = [...(accounts ?? [])];
  const there = elsewhere.map(([source, account]) => and(eq(executions.source, source), eq(executions.owner, account)));
  const others = elsewhere.map(([source]) => source);
  return or(and(eq(executions.owner, owner), others.length > 0 ? not(isAnyOf(executions.source, others)) : undefined), ...there, made);
}
export type Seeing = Pick<Viewer, 'owner' | 'accounts' | 'identity'>;

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
