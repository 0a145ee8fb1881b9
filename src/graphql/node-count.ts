import { getNamedType, getNullableType, isInterfaceType, isLeafType, isListType, isObjectType, Kind, valueFromASTUntyped } from 'graphql';
import type { ArgumentNode, FieldNode, FragmentDefinitionNode, GraphQLField, GraphQLNamedType, OperationDefinitionNode } from 'graphql';
import type { DocumentNode, GraphQLSchema, SelectionNode, SelectionSetNode } from 'graphql';
import { countIntrospection } from './introspection-count.ts';
import { defaultPageSize, maxPageSize } from './pagination.ts';

/** For lists without pages, such as the steps of a run, which may be of any length: as much as a page, as they can lead back to where they start. */
const unpagedSize = defaultPageSize;
/** For those that cannot: pairs of names and values, and the branches of a tree, which all belong to one whole. */
const smallSize = 3;
/** Connections whose pages are not like the others. A line of a log may have kilobytes. */
export const heavyPages: Readonly<Record<string, { readonly defaultSize: number; readonly weight: number }>> = {
  LogConnection: { defaultSize: 100, weight: 10 },
  ExecutionEventConnection: { defaultSize: 100, weight: 1 },
};

export interface Request {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the client has sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What the answer to a query may hold. */
export interface Count {
  readonly objects: number;
  /** In them: the names of a hundred aliases cost more than the object that has them. */
  readonly values: number;
  /** Objects and values that tell of the schema itself. */
  readonly introspection: number;
}
const nothing: Count = { objects: 0, values: 0, introspection: 0 };
const oneValue: Count = { ...nothing, values: 1 };
const sumOf = (one: Count, other: Count): Count => ({
  objects: one.objects + other.objects,
  values: one.values + other.values,
  introspection: one.introspection + other.introspection,
});

/**
 * How many objects the answer to a valid query may hold: along each path the sizes of the pages that are asked for, multiplied. That is what an
 * answer costs in memory, and a short query can ask for any number.
 */
export const countNodes = (request: Request): number => countAnswer(request).objects;

/** The same, with all that comes along. */
export function countAnswer({ schema, document, operation, variables }: Request): Count {
  const given = withDefaults(operation, variables);
  const fragments = new Map(document.definitions.filter(isFragment).map((fragment) => [fragment.name.value, fragment]));
  const counted = new Map<string, Count>();

  /** `page`: of the connection that these are the fields of. */
  function countSet({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined, page: number | undefined): Count {
    return selections.filter(isIncluded).reduce((sum, selection) => sumOf(sum, count(selection, parent, page)), nothing);
  }
  function count(selection: SelectionNode, parent: GraphQLNamedType | undefined, page: number | undefined): Count {
    if (selection.kind === Kind.FIELD) return countField(selection, parent, page);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return countFragment(selection.name.value, page);
    const type = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent;
    return countSet(selection.selectionSet, type, page);
  }
  /** Once for each page, so that fragments that double with every link cost their length and not their result. */
  function countFragment(name: string, page: number | undefined): Count {
    const key = `${name} ${page}`;
    const fragment = fragments.get(name);
    const known = counted.get(key);
    if (known !== undefined || fragment === undefined) return known ?? nothing;
    const total = countSet(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value), page);
    counted.set(key, total);
    return total;
  }
  function countField(node: FieldNode, parent: GraphQLNamedType | undefined, page: number | undefined): Count {
    const name = node.name.value;
    if (node.selectionSet === undefined) return oneValue;
    if (name === '__schema' || name === '__type')
      return { ...nothing, introspection: countIntrospection({ schema, fragments, isIncluded }, name, node.selectionSet) };
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (field === undefined) return nothing; // the query is valid, so there is one
    const type = getNamedType(field.type);
    const isList = isListType(getNullableType(field.type));
    const own = sizeOf(field, type, node);
    const below = countSet(node.selectionSet, type, isList ? undefined : own);
    const times = isList ? (own ?? page ?? guess(type, parent)) : 1;
    return { objects: times * (1 + below.objects), values: times * below.values, introspection: times * below.introspection };
  }
  /** Of a page, or of a list of ids. */
  function sizeOf(field: GraphQLField<unknown, unknown>, type: GraphQLNamedType, node: FieldNode): number | undefined {
    const has = (name: string) => field.args.some((arg) => arg.name === name);
    const valueOf = (name: string) => valueIn(node.arguments?.find((argument) => argument.name.value === name));
    if (has('first') || has('last')) {
      const { defaultSize, weight } = heavyPages[type.name] ?? { defaultSize: defaultPageSize, weight: 1 };
      const asked = valueOf('first') ?? valueOf('last') ?? defaultSize;
      return weight * Math.min(Math.max(Number(asked) || 0, 0), maxPageSize); // what is out of range is refused by the list
    }
    const ids = has('ids') ? valueOf('ids') : undefined;
    return Array.isArray(ids) ? ids.length : undefined;
  }
  function guess(item: GraphQLNamedType, parent: GraphQLNamedType | undefined): number {
    const isTree = isInterfaceType(item) && isObjectType(parent) && schema.isSubType(item, parent);
    const isPlain = isObjectType(item) && Object.values(item.getFields()).every(({ type }) => isLeafType(getNamedType(type)));
    return isTree || isPlain ? smallSize : unpagedSize;
  }
  const valueIn = (argument: ArgumentNode | undefined): unknown => argument && valueFromASTUntyped(argument.value, given);
  const isIncluded = ({ directives = [] }: SelectionNode): boolean =>
    directives.every(({ name, arguments: [condition] = [] }) => valueIn(condition) !== (name.value === 'skip'));

  return countSet(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, undefined);
}

const isFragment = (definition: DocumentNode['definitions'][number]): definition is FragmentDefinitionNode =>
  definition.kind === Kind.FRAGMENT_DEFINITION;

function withDefaults({ variableDefinitions = [] }: OperationDefinitionNode, variables: Request['variables']): Record<string, unknown> {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...variables };
}
