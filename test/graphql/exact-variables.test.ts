import {
  execute,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
} from 'graphql';
import { GraphQLSchema, type GraphQLScalarType, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { parseJson } from '../../src/core/exact-json.ts';
import { withExactVariables } from '../../src/graphql/exact-variables.ts';
import { createSchema } from '../../src/schema.ts';

const anything = createSchema().getType('JSON') as GraphQLScalarType; // it is one
const Pair: GraphQLInputObjectType = new GraphQLInputObjectType({
  name: 'Pair',
  fields: () => ({
    id: { type: GraphQLID },
    int: { type: GraphQLInt },
    float: { type: GraphQLFloat },
    any: { type: anything },
    rest: { type: new GraphQLList(new GraphQLNonNull(Pair)) },
  }),
});
const args = {
  any: { type: anything },
  all: { type: new GraphQLList(anything) },
  pair: { type: Pair },
  id: { type: GraphQLID },
  ids: { type: new GraphQLList(new GraphQLNonNull(GraphQLID)) },
  int: { type: GraphQLInt },
  float: { type: GraphQLFloat },
};
/** A field that answers with what it was given. */
const echo = { type: anything, args, resolve: (_root: unknown, given: unknown) => given };
const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { echo } }) });

/** The text of the answer. */
async function answered(query: string, variables: string): Promise<string> {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const given = { schema, document, variableValues: parseJson(variables) as Record<string, unknown> };
  return JSON.stringify(await execute({ ...given, ...withExactVariables(given) }));
}
const value = (text: string) => `{"data":{"echo":${text}}}`;

test.each([
  ['JSON', 'any', '1.0', '1.0'],
  ['JSON', 'any', '{"a":[1.0,{"b":1e400}],"__proto__":-0}', '{"a":[1.0,{"b":1e400}],"__proto__":-0}'],
  ['[JSON]', 'all', '[1.0,2]', '[1.0,2]'],
  ['[JSON]', 'all', '1.0', '[1.0]'],
  ['Int', 'int', '1.0', '1'],
  ['Int', 'int', '-0', '0'],
  ['Float', 'float', '1e2', '100'],
  ['Float', 'float', '9007199254740993', '9007199254740992'],
  ['ID', 'id', '9007199254740993', '"9007199254740993"'],
  ['ID', 'id', '1.0', '"1"'],
  ['[ID!]', 'ids', '[123456789012345678901234567890,"a"]', '["123456789012345678901234567890","a"]'],
  ['Pair', 'pair', '{"any":1.0,"int":1.0,"rest":[{"any":-0,"float":1.0}]}', '{"int":1,"any":1.0,"rest":[{"float":1,"any":-0}]}'],
  ['Pair', 'pair', '{"any":null,"rest":{"id":1.0}}', '{"any":null,"rest":[{"id":"1"}]}'],
])('a variable of type %s, as %s: of %s is made %s', async (type, name, given, made) => {
  expect(await answered(`query ($v: ${type}) { echo(${name}: $v) }`, `{"v":${given}}`)).toBe(value(`{"${name}":${made}}`));
});

test.each([
  ['Float', '1.0', '1.0'],
  ['Float', '9007199254740993', '9007199254740993'],
  ['Int', '1e0', '1e0'],
  ['[Float]', '[1.0,null]', '[1.0,null]'],
  ['JSON', '[1.0,{"a":-0}]', '[1.0,{"a":-0}]'],
  ['ID', '9007199254740993', '"9007199254740993"'],
  ['Float', '2', '2'],
])('a variable of type %s inside of JSON: %s stays %s', async (type, given, made) => {
  const query = `query ($v: ${type}, $w: JSON) { echo(any: { a: { b: [$v] } }, all: [{ c: $v }, $w]) }`;
  expect(await answered(query, `{"v":${given},"w":1.0}`)).toBe(value(`{"any":{"a":{"b":[${made}]}},"all":[{"c":${made}},1.0]}`));
});

test('what does not fit is told in plain numbers', async () => {
  const answer = await answered('query ($v: Pair) { echo(pair: $v) }', '{"v":{"any":{"a":1.0},"int":9007199254740993}}');
  expect(answer).toContain('got invalid value 9007199254740992 at \\"v.int\\"; Int cannot represent non 32-bit signed integer value');
  const whole = await answered('query ($v: Pair) { echo(pair: $v) }', '{"v":{"any":1.50,"what":1.0}}');
  expect(whole).toContain('got invalid value { any: 1.5, what: 1 }');
});

test('where no number is exact, nothing is looked at', () => {
  const document = parse('query ($v: JSON) { echo(any: $v) }');
  expect(withExactVariables({ schema, document, variableValues: { v: { a: [1, 'x', null, 1.5] } } })).toEqual({});
  expect(withExactVariables({ schema, document })).toEqual({});
});
