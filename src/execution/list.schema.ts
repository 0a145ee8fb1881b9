import type { Context } from '../context.ts';
import { builder } from '../graphql/builder.ts';
import { lookAhead } from '../graphql/look-ahead.ts';
import { boundsOf, connectionOf, pageSizeOf, type Connection, type ConnectionArgs } from '../graphql/pagination.ts';
import { BadInputError } from '../problem/problem.ts';
import { noSource } from '../source/require.ts';
import type { ExecutionFilter } from './filter.ts';
import { kindOf, valuesOf, type ExecutionValue } from './kinds.ts';
import { decodePlace, encodePlace } from './place.schema.ts';
import { ExecutionRef, ExecutionState } from './schema.ts';

export const ExecutionFilterInput = builder.inputType('ExecutionFilter', {
  description: 'All conditions must hold; each list means "one of these". What is left out does not matter.',
  fields: (t) => ({
    sources: t.stringList({ required: false, description: 'Names of sources.' }),
    kinds: t.stringList({ required: false, description: 'Names of types that implement `Execution`, such as `Run`.' }),
    ownerNames: t.stringList({ required: false, description: 'Names of accounts on the backends.' }),
    states: t.field({ type: [ExecutionState], required: false, description: 'States; in a stream, the state of the event.' }),
    names: t.stringList({ required: false, description: 'Names of work, exactly.' }),
    createdFrom: t.field({ type: 'DateTime', required: false, description: 'Created at this moment or later.' }),
    createdBefore: t.field({ type: 'DateTime', required: false, description: 'Created before this moment.' }),
  }),
});

/** The filter in the catalog's terms. Throws BAD_USER_INPUT for a source that is not configured, and for a kind that there is not. */
export function readExecutionFilter(
  input: typeof ExecutionFilterInput.$inferInput | null | undefined,
  { sources }: Context,
): ExecutionFilter & { readonly sources: readonly string[] } {
  const configured = sources.names();
  for (const name of input?.sources ?? []) if (!configured.includes(name)) throw new BadInputError(noSource(name, configured));
  for (const kind of input?.kinds ?? [])
    if (kindOf(kind) === undefined) throw new BadInputError(`There is no kind of work called ${JSON.stringify(kind)}`);
  return {
    sources: input?.sources ?? configured, // what was configured once and is not any more is not shown
    kinds: input?.kinds ?? undefined,
    owners: input?.ownerNames ?? undefined,
    states: input?.states ?? undefined,
    names: input?.names ?? undefined,
    createdFrom: input?.createdFrom ?? undefined,
    createdBefore: input?.createdBefore ?? undefined,
  };
}

interface ExecutionList extends Connection<ExecutionValue> {
  readonly filter: ReturnType<typeof readExecutionFilter>;
}

/** A page of work of all kinds: one statement for the page, and one for each kind and source on it, with the relations that the query goes on to. */
async function resolveExecutions(
  filter: ExecutionList['filter'],
  args: ConnectionArgs,
  context: Context,
  selected: ReadonlySet<string>,
): Promise<ExecutionList> {
  const size = pageSizeOf(args);
  const query = { ...boundsOf(args, decodePlace), limit: size.limit + 1, inverted: size.fromEnd };
  const read = await context.executions.page(filter, query);
  const page = connectionOf(size.fromEnd ? read.toReversed() : read, size, args, encodePlace);
  const values = await valuesOf(
    context,
    page.edges.map(({ node }) => node),
    selected,
  );
  const edges = page.edges.flatMap(({ cursor }, index) => {
    const node = values[index];
    return node ? [{ cursor, node }] : [];
  });
  return { ...page, edges, filter };
}

const ExecutionConnection = builder.connectionObject(
  {
    type: ExecutionRef,
    name: 'ExecutionConnection',
    description: 'A page of work of all kinds, newest first.',
    fields: (t) => ({
      totalCount: t.int({
        description: 'Number of those that match, over all pages; counted only when it is selected.',
        resolve: (page, _args, { executions }) => executions.total((page as unknown as ExecutionList).filter), // made by resolveExecutions alone
      }),
      complete: t.boolean({
        description: 'False while history of one of the sources is still being read: older work, and so totals, are missing.',
        resolve: (page, _args, { executions }) => executions.complete((page as unknown as ExecutionList).filter.sources), // as above
      }),
    }),
  },
  { name: 'ExecutionEdge', description: 'A piece of work with its place in the list.' },
);

builder.queryField('executions', (t) =>
  t.connection(
    {
      type: ExecutionRef,
      description: 'Work of every kind on every source, newest first, from the catalog: it is there while a source is down.',
      args: { filter: t.arg({ type: ExecutionFilterInput, required: false, description: 'Left out: all that this viewer may see.' }) },
      resolve: (_root, { filter, ...args }, context, info) =>
        resolveExecutions(readExecutionFilter(filter, context), args, context, lookAhead(info)),
    },
    ExecutionConnection,
  ),
);
