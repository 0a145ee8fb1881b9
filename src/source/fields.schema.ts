import type { Context } from '../context.ts';
import { createShelf } from '../graphql/ahead.ts';
import type { SchemaTypes } from '../graphql/builder.ts';
import type { SourceState } from './directory.ts';
import { SourceRef } from './schema.ts';

type FieldsOf<Parent> = Pick<PothosSchemaTypes.FieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>, Parent>, 'string' | 'field'>;

/** However many objects of an answer lead to their sources: one read of the catalog. */
const sourcesAhead = createShelf<Promise<ReadonlyMap<string, SourceState>>>('Sources');

function sourcesOf(context: Context): Promise<ReadonlyMap<string, SourceState>> {
  const read = async () => new Map((await context.sources.all()).map((source) => [source.name, source]));
  const known = sourcesAhead.get(context, '') ?? read();
  sourcesAhead.set(context, '', known);
  return known;
}

export const sourceOf = async (context: Context, name: string): Promise<SourceState | null> => (await sourcesOf(context)).get(name) ?? null;

/** `sourceName` and `source`, in the same words for everything that belongs to a source. */
export const sourceFields = <Parent>(t: FieldsOf<Parent>, nameOf: (parent: Parent) => string) => ({
  sourceName: t.string({ description: 'Name of the source it belongs to.', resolve: nameOf }),
  source: t.field({
    type: SourceRef,
    nullable: true,
    description: 'The source itself, and how it is; costs no upstream call. Null when it is not configured any more.',
    resolve: (parent: Parent, _args: object, context: Context) => sourceOf(context, nameOf(parent)),
  }),
});
