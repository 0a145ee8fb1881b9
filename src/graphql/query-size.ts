import { Kind } from 'graphql';
import type { DocumentNode, FieldNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';

/** Of one operation, fragments spread out. */
export interface Size {
  depth: number;
  aliases: number;
  fields: number;
  spreads: number;
}
const nothing: Readonly<Size> = { depth: 0, aliases: 0, fields: 0, spreads: 0 };

/** Sizes of all operations of a document, in its order. Each fragment is measured once, so a chain that doubles with every link costs its length. */
export function sizesOf({ definitions }: DocumentNode): Size[] {
  const fragments = fragmentsOf(definitions);
  const measured = new Map<string, Readonly<Size>>();
  const ofFragment = (name: string): Readonly<Size> => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    measured.set(name, nothing); // a cycle, which a rule has refused before, ends here
    const size = sizeOf(fragments.get(name)?.selectionSet);
    measured.set(name, size);
    return size;
  };
  const sizeOf = (set: SelectionSetNode | undefined): Size => {
    const total = { ...nothing };
    for (const selection of set?.selections ?? []) {
      const isField = selection.kind === Kind.FIELD;
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      const below = isSpread ? ofFragment(selection.name.value) : sizeOf(selection.selectionSet);
      total.depth = Math.max(total.depth, below.depth + (isField ? 1 : 0));
      total.aliases += below.aliases + (isField && selection.alias ? 1 : 0);
      total.fields += below.fields + (isField ? 1 : 0);
      total.spreads += below.spreads + (isSpread ? 1 : 0);
    }
    return total;
  };
  return definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION).map(({ selectionSet }) => sizeOf(selectionSet));
}

/** Printing so many characters of arguments takes as long as comparing two fields. */
const charactersPerPair = 40;

/**
 * How many pairs of fields must be compared to know whether they can be merged: at each place of the answer all that have the same name, with one
 * another. graphql-js does just that, and with a few thousand tokens that is millions. Works through the document as it is spread out: bound its size first.
 */
export function pairsOf({ definitions }: DocumentNode): number {
  const fragments = fragmentsOf(definitions);
  let pairs = 0;
  const collect = (set: SelectionSetNode, byName: Map<string, FieldNode[]>): number => {
    let spreads = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const same = byName.get(name);
        if (same) same.push(selection);
        else byName.set(name, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        spreads += collect(selection.selectionSet, byName);
      } else {
        const fragment = fragments.get(selection.name.value);
        spreads += 1 + (fragment ? collect(fragment.selectionSet, byName) : 0);
      }
    }
    return spreads;
  };
  const compare = (sets: readonly SelectionSetNode[]): void => {
    const byName = new Map<string, FieldNode[]>();
    const spreads = sets.reduce((sum, set) => sum + collect(set, byName), 0);
    pairs += (spreads * (spreads - 1)) / 2; // fragments are compared with one another too, whatever they hold
    for (const same of byName.values()) {
      if (same.length > 1) pairs += ((same.length - 1) * same.reduce((sum, field) => sum + weightOf(field), 0)) / 2;
      const below = same.flatMap(({ selectionSet }) => selectionSet ?? []);
      if (below.length > 0) compare(below);
    }
  };
  for (const definition of definitions) if (definition.kind === Kind.OPERATION_DEFINITION) compare([definition.selectionSet]);
  return Math.ceil(pairs);
}

function weightOf({ arguments: given = [] }: FieldNode): number {
  return 1 + ((given.at(-1)?.loc?.end ?? 0) - (given[0]?.loc?.start ?? 0)) / charactersPerPair;
}

const fragmentsOf = (definitions: DocumentNode['definitions']): Map<string, FragmentDefinitionNode> =>
  new Map(
    definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION).map((fragment) => [fragment.name.value, fragment]),
  );
