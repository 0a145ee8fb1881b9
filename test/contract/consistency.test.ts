import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isLeafType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
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
interface Input extends Element {
  readonly at: GraphQLArgument | GraphQLInputField;
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
const inputs: Input[] = [
  ...outputs.flatMap(({ name, field }) => field.args.map((at) => ({ ...withDescription(`${name}(${at.name}:)`, at), at }))),
  ...types.flatMap((type) =>
    isInputObjectType(type) ? Object.values(type.getFields()).map((at) => ({ ...withDescription(`${type.name}.${at.name}`, at), at })) : [],
  ),
];
const elements: Element[] = [
  ...types.map((type) => withDescription(type.name, type)),
  ...types.flatMap((type) =>
    isEnumType(type) ? type.getValues().map((value) => withDescription(`${type.name}.${value.name}`, value)) : [],
  ),
  ...outputs,
  ...inputs,
];
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

test('what may be null says when', () => {
  const silent = outputs.filter(({ field, description }) => {
    const result = getNamedType(field.type);
    const said = isUnionType(result) ? description + (result.description ?? '') : description;
    return !isNonNullType(field.type) && !/\bnull\b/i.test(said);
  });
  expect(namesOf(silent)).toEqual([]);
});

const pronoun =
  /^(its?|they|them|their|theirs|who|whom|whose|which|that|this|these|those|both|one|ones|another|how many|as it|of it|of them)\b/i;
const standIn = /^the (new|old|first|last|other|latest) one\b/i;

test('a description has a subject, and is no pronoun', () => {
  const found = elements.filter(({ description }) => pronoun.test(description) || standIn.test(description));
  expect(found.map(({ name, description }) => `${name}: ${description}`)).toEqual([]);
});

test.each([
  ['Its first one.', true],
  ['The new one.', true],
  ['Who had it.', true],
  ['How many.', true],
  ['As it is now.', true],
  ['The version that was created.', false],
  ['Items of the page.', false],
])('%j is a pronoun: %j', (description, expected) => {
  expect(pronoun.test(description) || standIn.test(description)).toBe(expected);
});

test('inputs end in Input, filters in Filter, orders in Order, and nothing else does', () => {
  const found = types.filter((type) => isInputObjectType(type) !== /(Input|Filter|Order)$/.test(type.name));
  const endings: Readonly<Record<string, string>> = { input: 'Input', filter: 'Filter', orderBy: 'Order' };
  const others = inputs.filter(({ at }) => !getNamedType(at.type).name.endsWith(endings[at.name] ?? ''));
  expect(namesOf([...found, ...others])).toEqual([]);
});

test('a list is asked for by one `filter`, beside its place and what it is of', () => {
  const places = new Set(['first', 'last', 'after', 'before', 'filter', 'orderBy']);
  const lists = outputs.filter(({ field }) => getNamedType(field.type).name.endsWith('Connection'));
  const found = lists.flatMap(({ name, field }) =>
    field.args.filter((arg) => !places.has(arg.name) && !isNonNullType(arg.type)).map((arg) => `${name}(${arg.name}:)`),
  );
  expect(found).toEqual([]);
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

/** Numbers that count what their name says, or a place; and `value`, which has its unit beside it. */
const counted = new Set('first last count line column concurrency parallelism iteration number value values'.split(' '));
const unit = /(Seconds|Bytes|Percent|PerSecond|Count|Share|Lines)$/;

const isNumber = (type: unknown) => /\b(Int|Float)\b/.test(String(type));

test('a number has its unit in its name', () => {
  const found = [
    ...outputs.filter(({ field }) => isNumber(field.type) && !unit.test(field.name) && !counted.has(field.name)),
    ...inputs.filter(({ at }) => isNumber(at.type) && !unit.test(at.name) && !counted.has(at.name)),
  ];
  expect(namesOf(found)).toEqual([]);
});

test('one role has one word: admin; `root` is the name of an account', () => {
  const found = elements.filter(({ description }) => /administrator|(?<!`)\broot\b(?!`| of)/i.test(description));
  expect(found.map(({ name, description }) => `${name}: ${description}`)).toEqual([]);
});

const isId = (name: string) => /^ids?$|Ids?$/.test(name);

test('…Id of type ID is a global id, of type String the id that a backend has given, and says so', () => {
  const odd = [...outputs.map(({ field, ...element }) => ({ ...element, at: field })), ...inputs].filter(({ at, description }) => {
    if (getNamedType(at.type).name === 'ID') return !isId(at.name);
    return isId(at.name) && at.name !== 'requestId' && !/own ids?\b/.test(description);
  });
  expect(namesOf(odd)).toEqual([]);
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
