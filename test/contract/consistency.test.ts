import { getNamedType, isInterfaceType, isIntrospectionType, isObjectType, isSpecifiedScalarType, type GraphQLField } from 'graphql';
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
