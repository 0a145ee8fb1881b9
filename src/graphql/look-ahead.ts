import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type FieldNode,
  type GraphQLResolveInfo,
  type SelectionSetNode,
} from 'graphql';

/** Levels that a client writes only because of Relay. */
const transparent = new Set(['edges', 'node', 'nodes']);

/**
 * The fields selected below the one being resolved, as dotted paths without the levels of a connection: `queues.cluster`. Aliases count
 * as what they stand for; what `@skip` or `@include` leaves out is not there.
 */
export function lookAhead(info: GraphQLResolveInfo): ReadonlySet<string> {
  const paths = new Set<string>();

  function included(node: Parameters<typeof getDirectiveValues>[1]): boolean {
    const skip = getDirectiveValues(GraphQLSkipDirective, node, info.variableValues)?.['if'];
    const include = getDirectiveValues(GraphQLIncludeDirective, node, info.variableValues)?.['if'];
    return skip !== true && include !== false;
  }
  function walkField(field: FieldNode, prefix: string): void {
    const name = field.name.value;
    const path = transparent.has(name) ? prefix : prefix === '' ? name : `${prefix}.${name}`;
    if (path !== '') paths.add(path);
    if (field.selectionSet) walk(field.selectionSet, path);
  }
  function walk(set: SelectionSetNode, prefix: string): void {
    for (const selection of set.selections) {
      if (!included(selection)) continue;
      if (selection.kind === Kind.FIELD) walkField(selection, prefix);
      else if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, prefix);
      else {
        const fragment = info.fragments[selection.name.value];
        if (fragment) walk(fragment.selectionSet, prefix);
      }
    }
  }
  for (const node of info.fieldNodes) if (node.selectionSet) walk(node.selectionSet, '');
  return paths;
}
