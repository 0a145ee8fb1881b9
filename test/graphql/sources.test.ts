import { afterAll, beforeAll, expect, test } from 'vitest';
import { getNamedType, isInputObjectType, isListType, isNonNullType, isObjectType } from 'graphql';
import type { GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLInputType } from 'graphql';
import { createSchema } from '../../src/schema.ts';
import { openSocket } from '../support/socket.ts';
import { startBench, toGlobalId, type Answer, type Bench } from '../support/bench.ts';

const schema = createSchema();
const name = 'no "such"';
const words = String.raw`There is no source "no \"such\""; there are: prod`;

/** Of what is checked by its shape before anybody looks for the source. */
const right: Readonly<Record<string, string>> = {
  type: 'Kubernetes',
  quotaType: 'elasticQuota',
  cpu: '1',
  memory: '1Gi',
  name: 'one',
  address: 'host.example.com:80',
  path: '/one',
};

/** A value that has all that must be given, and names the source wherever one is named. */
function valueOf(type: GraphQLInputType, field: string): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, field);
  if (isListType(type)) return [valueOf(type.ofType, field)];
  if (/^sources?$/.test(field)) return name;
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    const given = Object.values(named.getFields()).filter((input) => isNonNullType(input.type) || namesSource(input));
    const chosen = named.isOneOf ? Object.values(named.getFields()).slice(0, 1) : given;
    return Object.fromEntries(chosen.map((input) => [input.name, valueOf(input.type, input.name)]));
  }
  const values: Record<string, unknown> = {
    Int: 1,
    Float: 1,
    Boolean: true,
    ID: toGlobalId('Queue', 'prod', 'q'),
    JSON: {},
    DateTime: '2024-03-05T00:00:00Z',
  };
  if (field in right) return right[field];
  return 'getValues' in named ? named.getValues()[0]?.name : (values[named.name] ?? '* * * * *');
}

function namesSource({ name: field, type }: GraphQLInputField | GraphQLArgument): boolean {
  const named = getNamedType(type);
  return /^sources?$/.test(field) || (isInputObjectType(named) && Object.values(named.getFields()).some(namesSource));
}

const fields = (['query', 'mutation', 'subscription'] as const).flatMap((kind) => {
  const root = schema[`get${kind === 'query' ? 'Query' : kind === 'mutation' ? 'Mutation' : 'Subscription'}Type`]();
  return Object.values(root?.getFields() ?? {})
    .filter((field) => field.args.some(namesSource))
    .map((field) => [kind, field.name, field] as const);
});

function operationOf(kind: string, { name: field, args, type }: GraphQLField<unknown, unknown>) {
  const given = args.filter((arg) => isNonNullType(arg.type) || namesSource(arg));
  const result =
    kind === 'mutation'
      ? '{ __typename ... on Problem { message } }'
      : isObjectType(getNamedType(type)) || kind === 'subscription'
        ? '{ __typename }'
        : '';
  return {
    query: `${kind} (${given.map((arg) => `$${arg.name}: ${arg.type}`).join(' ')}) { ${field}(${given.map((arg) => `${arg.name}: $${arg.name}`).join(' ')}) ${result} }`,
    variables: Object.fromEntries(given.map((arg) => [arg.name, valueOf(arg.type, arg.name)])),
  };
}

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

test('there are fields that name a source', () => expect(fields.length).toBeGreaterThan(15));

const mutations = fields.filter(([kind]) => kind === 'mutation');
test.each(mutations)('the %s %s says as a problem that there is no such source', async (kind, field, definition) => {
  const { query, variables } = operationOf(kind, definition);
  const { data, errors } = await bench.query<Record<string, unknown>>(query, variables);
  // Who signs in is a stranger, who learns of no other source.
  const message = field === 'signIn' ? words.split(';')[0] : words;
  expect([errors, data?.[field]]).toEqual([undefined, { __typename: 'NotFoundProblem', message }]);
});

const others = fields.filter(([kind]) => kind !== 'mutation');
test.each(others)('the %s %s says by a code that there is no such source', async (kind, _field, definition) => {
  await using socket = await openSocket((bench.gateways[0]?.url ?? '').replace(/\/graphql$/, ''));
  const { type, payload } = await socket.start(operationOf(kind, definition)).message();
  const errors: unknown = type === 'error' ? payload : (payload as Answer).errors; // the server's word for it
  expect(errors).toEqual([expect.objectContaining({ message: words, path: [definition.name], extensions: { code: 'BAD_USER_INPUT' } })]);
});

test('what is looked up by name or id is simply not there', async () => {
  const { data, errors } = await bench.query(
    'query ($name: String!, $id: ID!) { source(name: $name) { name } node(id: $id) { id } run(id: $id) { id } }',
    {
      name,
      id: toGlobalId('Run', 'nope', 'run-000001'),
    },
  );
  expect([data, errors]).toEqual([{ source: null, node: null, run: null }, undefined]);
});
