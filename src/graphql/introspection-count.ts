import {
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
} from 'graphql';
import type { FragmentDefinitionNode, GraphQLSchema, GraphQLType, SelectionNode, SelectionSetNode } from 'graphql';

/** What is being looked at. `all`: once for each there is, so that the sizes of its lists add up to what there is; otherwise each may be the largest. */
interface Place {
  readonly kind: 'schema' | 'type' | 'field' | 'input' | 'directive' | 'enum';
  readonly all: boolean;
  /** How many lists and non-nulls may still be around the type. */
  readonly wrappers: number;
}

/** Of a schema: of each kind of list the mean over all that have one, and the longest. */
interface Sizes {
  readonly types: number;
  readonly directives: number;
  readonly wrappers: number;
  readonly lists: ReadonlyMap<string, { readonly mean: number; readonly longest: number }>;
}

export interface Document {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly isIncluded: (selection: SelectionNode) => boolean;
}

/** How many objects and values the answer to `__schema` or `__type` may hold: introspection leads in circles, and fifty aliases at each turn are a flood. */
export function countIntrospection(
  { schema, fragments, isIncluded }: Document,
  field: '__schema' | '__type',
  set: SelectionSetNode,
): number {
  const sizes = sizesOf(schema);
  const counted = new Map<string, number>();

  const countSet = ({ selections }: SelectionSetNode, place: Place): number =>
    selections.filter(isIncluded).reduce((sum, selection) => sum + count(selection, place), 0);
  function count(selection: SelectionNode, place: Place): number {
    if (selection.kind === Kind.INLINE_FRAGMENT) return countSet(selection.selectionSet, place);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return countFragment(selection.name.value, place);
    const next = stepOf(place, selection.name.value, sizes);
    if (selection.selectionSet === undefined || next === undefined) return 1;
    return next.times === 0 ? 1 : next.times * (1 + countSet(selection.selectionSet, next.place));
  }
  function countFragment(name: string, place: Place): number {
    const key = JSON.stringify([name, place]);
    const known = counted.get(key);
    const fragment = fragments.get(name);
    if (known !== undefined || fragment === undefined) return known ?? 0;
    const total = countSet(fragment.selectionSet, place);
    counted.set(key, total);
    return total;
  }
  return 1 + countSet(set, field === '__schema' ? one('schema') : one('type'));
}

const one = (kind: Place['kind'], wrappers = 0): Place => ({ kind, all: false, wrappers });

/** From a place along a field: to what, and to how many of it. Undefined for values. */
function stepOf({ kind, all, wrappers }: Place, field: string, sizes: Sizes): { place: Place; times: number } | undefined {
  const many = (to: Place['kind']) => {
    const { mean = 0, longest = 0 } = sizes.lists.get(`${kind}.${field}`) ?? {};
    return { place: { kind: to, all, wrappers: 0 }, times: all ? mean : longest };
  };
  if (kind === 'schema') {
    if (field === 'types') return { place: { kind: 'type', all: true, wrappers: 0 }, times: sizes.types };
    if (field === 'directives') return { place: { kind: 'directive', all: true, wrappers: 0 }, times: sizes.directives };
    return field.endsWith('Type') ? { place: one('type'), times: 1 } : undefined;
  }
  switch (field) {
    case 'fields':
      return many('field');
    case 'args':
    case 'inputFields':
      return many('input');
    case 'enumValues':
      return many('enum');
    case 'interfaces':
    case 'possibleTypes':
      return { ...many('type'), place: one('type') };
    case 'type':
      return { place: one('type', sizes.wrappers), times: 1 };
    case 'ofType':
      return { place: one('type', wrappers - 1), times: wrappers > 0 ? 1 : 0 };
    default:
      return undefined;
  }
}

const measured = new WeakMap<GraphQLSchema, Sizes>();

function sizesOf(schema: GraphQLSchema): Sizes {
  const known = measured.get(schema);
  if (known) return known;
  const lists = new Map<string, number[]>();
  const note = (list: string, length: number) => void lists.set(list, [...(lists.get(list) ?? []), length]);
  let wrappers = 0;
  const look = (type: GraphQLType) => (wrappers = Math.max(wrappers, wrappersOf(type)));
  const types = Object.values(schema.getTypeMap());
  for (const type of types) {
    const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const inputs = isInputObjectType(type) ? Object.values(type.getFields()) : [];
    note('type.fields', fields.length);
    note('type.inputFields', inputs.length);
    note('type.enumValues', isEnumType(type) ? type.getValues().length : 0);
    note('type.interfaces', isObjectType(type) || isInterfaceType(type) ? type.getInterfaces().length : 0);
    note('type.possibleTypes', 'getTypes' in type || isInterfaceType(type) ? schema.getPossibleTypes(type).length : 0);
    for (const { args, type: of } of fields) {
      note('field.args', args.length);
      for (const each of [of, ...args.map((arg) => arg.type)]) look(each);
    }
    for (const { type: of } of inputs) look(of);
  }
  for (const { args } of schema.getDirectives()) {
    note('directive.args', args.length);
    for (const { type } of args) look(type);
  }
  const sizes: Sizes = {
    types: types.length,
    directives: schema.getDirectives().length,
    wrappers,
    lists: new Map(
      [...lists].map(([list, lengths]) => {
        return [list, { mean: lengths.reduce((sum, length) => sum + length, 0) / lengths.length, longest: Math.max(...lengths) }];
      }),
    ),
  };
  measured.set(schema, sizes);
  return sizes;
}

function wrappersOf(type: GraphQLType): number {
  let count = 0;
  for (let inner = type; isListType(inner) || isNonNullType(inner); inner = inner.ofType) count += 1;
  return count;
}

const standards = new WeakMap<GraphQLSchema, number>();
const everything = {
  descriptions: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
};

/** The same of the query by which tools read a whole schema: nobody needs much more. */
export function standardIntrospection(schema: GraphQLSchema): number {
  const known = standards.get(schema);
  if (known !== undefined) return known;
  const { definitions } = parse(getIntrospectionQuery(everything));
  const fragments = new Map(
    definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])),
  );
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [root] = operation?.selectionSet.selections ?? [];
  const set = root?.kind === Kind.FIELD ? root.selectionSet : undefined;
  const count = set ? countIntrospection({ schema, fragments, isIncluded: () => true }, '__schema', set) : 0;
  standards.set(schema, count);
  return count;
}
