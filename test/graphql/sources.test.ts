import { afterAll, beforeAll, expect, test } from 'vitest';
import { getNamedType, isInputObjectType, isLeafType, isListType, isNonNullType, isRequiredInputField } from 'graphql';
import type { GraphQLArgument, GraphQLField, GraphQLInputField } from 'graphql';
import { createSchema } from '../../src/schema.ts';
import { openSocket } from '../support/socket.ts';
import { startBench, toGlobalId, type Answer, type Bench } from '../support/bench.ts';

const schema = createSchema();
const name = 'no "such"';
const words = String.raw`There is no source "no \"such\""; there are: prod`;

/** Of those of its own kind: there is one source here, and it has no tasks. */
const wordsOf = (field: string) => (/task/i.test(field) ? words.replace('there are: prod', 'there is none') : words);

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

type Input = GraphQLInputField | GraphQLArgument;
/** What is filled in: `source` wherever one is named, ids of things of `of`. */
interface Filling {
  readonly source: string;
  readonly of: string;
}
const unknownName: Filling = { source: name, of: 'prod' };
const unknownIds: Filling = { source: 'prod', of: 'gone' };

/** A value that has all that must be given, and what `more` of it asks for. */
function valueOf(input: Input, filling: Filling, more: (input: Input) => boolean, type = input.type): unknown {
  if (isNonNullType(type)) return valueOf(input, filling, more, type.ofType);
  if (isListType(type)) return [valueOf(input, filling, more, type.ofType)];
  if (isSource(input)) return filling.source;
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    const given = Object.values(named.getFields()).filter((field) => isRequiredInputField(field) || within(field, more));
    const chosen = named.isOneOf ? Object.values(named.getFields()).slice(0, 1) : given;
    return Object.fromEntries(chosen.map((field) => [field.name, valueOf(field, filling, more)]));
  }
  const values: Record<string, unknown> = {
    Int: 1,
    Float: 1,
    Boolean: true,
    ID: toGlobalId(typeOfId(input), filling.of, '1'),
    JSON: {},
    DateTime: '2024-03-05T00:00:00Z',
  };
  if (input.name in right) return right[input.name];
  return 'getValues' in named ? named.getValues()[0]?.name : (values[named.name] ?? '* * * * *');
}
/** Kept by the builder. */
const typeOfId = ({ extensions }: Input) =>
  (extensions['relayGlobalIDFor'] as { readonly typename: string }[] | undefined)?.[0]?.typename ?? 'Queue';

const isSource = ({ name: field }: Input) => /^sources?$/.test(field);
const isId = ({ type }: Input) => getNamedType(type).name === 'ID' && isNonNullType(type);
function within(input: Input, wanted: (input: Input) => boolean): boolean {
  const named = getNamedType(input.type);
  return wanted(input) || (isInputObjectType(named) && Object.values(named.getFields()).some((field) => within(field, wanted)));
}

const fieldsWith = (wanted: (input: Input) => boolean) =>
  (['query', 'mutation', 'subscription'] as const).flatMap((kind) => {
    const root = schema[`get${kind === 'query' ? 'Query' : kind === 'mutation' ? 'Mutation' : 'Subscription'}Type`]();
    return Object.values(root?.getFields() ?? {})
      .filter((field) => field.args.some((arg) => within(arg, wanted)))
      .map((field) => [kind, field.name, field] as const);
  });
const fields = fieldsWith(isSource);

function operationOf(
  kind: string,
  { name: field, args, type }: GraphQLField<unknown, unknown>,
  filling = unknownName,
  more: (input: Input) => boolean = isSource,
) {
  const given = args.filter((arg) => isNonNullType(arg.type) || within(arg, more));
  const result = kind === 'mutation' ? '{ __typename ... on Problem { message } }' : isLeafType(getNamedType(type)) ? '' : '{ __typename }';
  return {
    query: `${kind} (${given.map((arg) => `$${arg.name}: ${arg.type}`).join(' ')}) { ${field}(${given.map((arg) => `${arg.name}: $${arg.name}`).join(' ')}) ${result} }`,
    variables: Object.fromEntries(given.map((arg) => [arg.name, valueOf(arg, filling, more)])),
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
  const message = field === 'signIn' ? words.split(';')[0] : wordsOf(field);
  expect([errors, data?.[field]]).toEqual([undefined, { __typename: 'NotFoundProblem', message }]);
});

const url = () => (bench.gateways[0]?.url ?? '').replace(/\/graphql$/, '');
type Errors = readonly object[] | undefined;
const transports = {
  async http(operation: object): Promise<Errors> {
    const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
    const answer = await fetch(`${url()}/graphql`, { method: 'POST', headers, body: JSON.stringify(operation) });
    return ((await answer.json()) as Answer).errors;
  },
  async sse(operation: object): Promise<Errors> {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
    const answer = await fetch(`${url()}/graphql`, { method: 'POST', headers, body: JSON.stringify(operation) });
    return (JSON.parse(/^data: (.+)$/m.exec(await answer.text())?.[1] ?? '{}') as Answer).errors; // it ends by itself
  },
  async websocket(operation: ReturnType<typeof operationOf>): Promise<Errors> {
    await using socket = await openSocket(url());
    const { type, payload } = await socket.start(operation).message();
    return type === 'error' ? (payload as Errors) : (payload as Answer).errors; // the server's word for it
  },
};

const others = fields.filter(([kind]) => kind !== 'mutation');
const over = others.flatMap(([kind, field, definition]) =>
  (kind === 'query' ? (['http', 'sse', 'websocket'] as const) : (['sse', 'websocket'] as const)).map(
    (transport) => [kind, field, transport, definition] as const,
  ),
);
test.each(over)('the %s %s says by a code that there is no such source, by %s', async (kind, field, transport, definition) => {
  const errors = await transports[transport](operationOf(kind, definition));
  expect(errors).toEqual([expect.objectContaining({ message: wordsOf(field), path: [field], extensions: { code: 'BAD_USER_INPUT' } })]);
});

/** But where a source is named besides, on which the id must be. */
const ofIds = fieldsWith(isId).filter(([, field, { args }]) => !/^nodes?$/.test(field) && !args.some((arg) => within(arg, isSource)));
const gone = words.replace(/"no .*";/, '"gone";');
test.each(ofIds)('what has an id of another source is not there, says the %s %s', async (kind, field, definition) => {
  const operation = operationOf(kind, definition, unknownIds, isId);
  const answer =
    kind === 'subscription' ? { errors: await transports.websocket(operation) } : await bench.query(operation.query, operation.variables);
  const notThere = { message: 'There is no run 1 on gone', path: [field], extensions: { code: 'BAD_USER_INPUT' } };
  expect(answer).toEqual(
    {
      query: { data: { [field]: null } },
      mutation: { data: { [field]: { __typename: 'NotFoundProblem', message: gone } } },
      subscription: { errors: [expect.objectContaining(notThere)] }, // as of a run of a known source
    }[kind],
  );
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
