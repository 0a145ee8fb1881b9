import {
  getNamedType,
  isInterfaceType,
  isIntrospectionType,
  isLeafType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from '../../src/schema.ts';

const schema = createSchema();
const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));

interface Element {
  readonly name: string;
  readonly description: string;
}
interface Output extends Element {
  readonly field: GraphQLField<unknown, unknown>;
}
const withDescription = (name: string, { description }: { description?: string | null | undefined }): Element => ({
  name,
  description: description ?? '',
});

const outputs: Output[] = types.flatMap((type) =>
  isObjectType(type) || isInterfaceType(type)
    ? Object.values(type.getFields()).map((field) => ({ ...withDescription(`${type.name}.${field.name}`, field), field }))
    : [],
);
const namesOf = (found: readonly { readonly name: string }[]) => found.map(({ name }) => name);

/** Where one selection of both would need an alias: GraphQL's rule for fields of one name in fragments on different types. */
function* conflicts(one: GraphQLObjectType, other: GraphQLObjectType): Generator<string> {
  for (const field of Object.values(one.getFields())) {
    const twin = other.getFields()[field.name];
    if (twin === undefined || String(field.type) === String(twin.type)) continue;
    const [of, twinOf] = [getNamedType(field.type), getNamedType(twin.type)];
    const wrapped = String(field.type).replace(of.name, '') !== String(twin.type).replace(twinOf.name, '');
    if (wrapped || isLeafType(of) || isLeafType(twinOf))
      yield `${field.name}: ${one.name} ${String(field.type)}, ${other.name} ${String(twin.type)}`;
  }
}

test('members of a union and implementers of an interface have no field of one name and two types: nothing needs an alias', () => {
  const found = types
    .filter((type) => isUnionType(type) || isInterfaceType(type))
    .flatMap((type) => {
      const possible = schema.getPossibleTypes(type);
      return possible.flatMap((one, index) => possible.slice(index + 1).flatMap((other) => [...conflicts(one, other)]));
    });
  expect([...new Set(found)]).toEqual([]);
});

test('`first`, `last`, `after` and `before` are of pages, `after` of streams too, and all cursors are of one type', () => {
  const streams = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
  const found = outputs.flatMap(({ name, field }) =>
    field.args
      .filter((arg) => {
        if (!['first', 'last', 'after', 'before'].includes(arg.name)) return false;
        if (arg.name === 'after' && streams.includes(field)) return String(arg.type) !== 'Cursor';
        if (!getNamedType(field.type).name.endsWith('Connection')) return true;
        return String(arg.type) !== (arg.name === 'after' || arg.name === 'before' ? 'Cursor' : 'Int');
      })
      .map((arg) => `${name}(${arg.name}: ${String(arg.type)})`),
  );
  const cursors = outputs.filter(({ field }) => /cursor$/i.test(field.name) && getNamedType(field.type).name !== 'Cursor');
  expect([...found, ...namesOf(cursors)]).toEqual([]);
});

test('a name of something that can be asked for ends in Name: `source` is the Source, `sourceName` its name', () => {
  const things = [
    'Source',
    ...types.filter((type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node')).map(({ name }) => name),
  ];
  const bare = new Set(['owner', ...things.map((name) => name[0]?.toLowerCase() + name.slice(1))]);
  const found = outputs.filter(({ field }) => getNamedType(field.type).name === 'String' && bare.has(field.name));
  expect(namesOf(found)).toEqual([]);
});
