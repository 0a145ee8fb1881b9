import { getNamedType, isEnumType, isInputObjectType, isInterfaceType, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql';
import type { GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLInputType, GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSchema } from '../../src/schema.ts';
import { openSocket } from '../support/socket.ts';
import { startBench, toGlobalId, type Answer, type Bench } from '../support/bench.ts';

const schema = createSchema();

/** Text that something on the way might not bear. JSON carries each of them. */
const texts = [
  '',
  ' ',
  'a\0b',
  '\ud800',
  'a\udc00\ud800b',
  '\u2028\r\n\t',
  '../../etc',
  '%00%2e%2e/',
  "'; drop table run; --",
  '__proto__',
  'constructor',
  'toString',
  'x'.repeat(100_000),
  '9'.repeat(400),
  '1e999',
  '-0',
  'null',
  'تجربة',
  '{{',
  '[[[[',
];
const numbers = [0, -1, 1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 1e300, 0.5];
const bytes = (text: string) => Buffer.from(text).toString('base64url');
const ids = [
  ...['Run', 'Queue', 'Cluster', 'Pipeline', 'PipelineVersion', 'Step', 'User', 'Schedule', 'FileSystem'].flatMap((type) =>
    ['a\0b', '\ud800', '../..', 'run-999999999999999', 'run-000001', 'x'.repeat(10_000), '__proto__', '1/2/3', '%'].map((id) =>
      toGlobalId(type, 'prod', id),
    ),
  ),
  bytes('Run:'),
  bytes('Run:prod'),
  bytes('__proto__:prod:x'),
  bytes('constructor:prod:x'),
];
const times = ['2026-02-30T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-01-01T00:00:00Z'];
const cursors = [
  '',
  'x',
  bytes('1|EVENTS|prod@x@99999999999999999|0'),
  bytes('[1]'),
  bytes('["runs",1e300,"prod",-1]'),
  bytes('[[[[[[]]]]]]'),
  bytes('["pipelines","","9e99"]'),
];
let deep: unknown = 'x';
for (let n = 0; n < 90; n += 1) deep = n % 2 ? [deep] : { deep };
const values = [null, deep, { __proto__: 1 }, JSON.parse('{"__proto__":{"a":1},"a\\u0000":"\\ud800"}'), [], {}, 1e300, '', true];

const hostile: Readonly<Record<string, readonly unknown[]>> = {
  String: [...texts, ...cursors],
  ID: [...texts, ...ids],
  Cursor: [...texts, ...cursors],
  DateTime: [...times, ...texts.slice(0, 6)],
  Int: numbers,
  Float: numbers,
  JSON: [...values, ...texts.slice(0, 6)],
  Boolean: [true, false],
};
const plain: Readonly<Record<string, unknown>> = {
  String: 'prod',
  ID: toGlobalId('Run', 'prod', 'run-000001'),
  Cursor: 'x',
  DateTime: times[3],
  Int: 1,
  Float: 1,
  JSON: {},
  Boolean: true,
};

/** Something of this type, without anything wrong about it. */
function valueOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType);
  if (isListType(type)) return [valueOf(type.ofType)];
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const given = type.isOneOf
      ? fields.slice(0, 1)
      : fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
    return Object.fromEntries(given.map((field) => [field.name, valueOf(field.type)]));
  }
  return isEnumType(type) ? type.getValues()[0]?.name : plain[type.name];
}

/** The same with one hostile value in one place, for each place and value. */
function* variants(type: GraphQLInputType, seen: readonly string[] = []): Generator<unknown> {
  if (isNonNullType(type)) return yield* variants(type.ofType, seen);
  if (isListType(type)) {
    yield [];
    for (const item of variants(type.ofType, seen)) yield [item];
    return;
  }
  if (!isInputObjectType(type)) return yield* hostile[type.name] ?? [];
  if (seen.includes(type.name)) return;
  for (const field of Object.values(type.getFields())) {
    const rest = type.isOneOf ? {} : (valueOf(type) as object); // an input object's
    for (const value of variants(field.type, [...seen, type.name])) yield { ...rest, [field.name]: value };
  }
}

const required = ({ type, defaultValue }: GraphQLArgument | GraphQLInputField) => isNonNullType(type) && defaultValue === undefined;

/** A selection that makes a result do its work: every field without arguments that is a value, one level down. */
function selectionOf(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return '';
  if (!isObjectType(type) && !isInterfaceType(type)) return '{ __typename ... on Problem { message } }';
  const selected = Object.values(type.getFields()).filter((below) => isLeafType(getNamedType(below.type)) && !below.args.some(required));
  return `{ __typename ${selected.map(({ name }) => name).join(' ')} }`;
}

const cases = (root: GraphQLObjectType | null | undefined) =>
  Object.values(root?.getFields() ?? {})
    .filter(({ args }) => args.length > 0)
    .map((field) => [field.name, field] as const);

function* operations(kind: string, field: GraphQLField<unknown, unknown>) {
  for (const arg of field.args) {
    const given = field.args.filter((other) => other === arg || required(other));
    const query = `${kind} (${given.map(({ name, type }) => `$${name}: ${type}`).join(' ')}) { ${field.name}(${given.map(({ name }) => `${name}: $${name}`).join(' ')}) ${selectionOf(field)} }`;
    const rest = Object.fromEntries(given.map((other) => [other.name, valueOf(other.type)]));
    for (const value of variants(arg.type)) yield { query, variables: { ...rest, [arg.name]: value } };
  }
}

/** What may not be: a bug, told as one; anything that is no answer at all. */
const isBug = ({ errors = [], data }: Answer<unknown>) =>
  (errors.length === 0 && data === undefined) ||
  errors.some(({ extensions }) => extensions?.['code'] === 'INTERNAL' || extensions?.['code'] === undefined);
const short = (value: unknown) => JSON.stringify(value).slice(0, 300);

let bench: Bench;
beforeAll(async () => {
  bench = await startBench({ prepare: ({ prod }) => void prod?.control.insertRuns({ count: 1 }) });
  await bench.synced();
});
afterAll(() => bench[Symbol.asyncDispose]());

/** Many at a time, as one after the other would take a minute. */
const AT_ONCE = 25;

async function sweep(kind: string, field: GraphQLField<unknown, unknown>) {
  const all = [...operations(kind, field)];
  const bugs: string[] = [];
  await using socket = await openSocket((bench.gateways[0]?.url ?? '').replace(/\/graphql$/, ''));
  async function ask({ query, variables }: (typeof all)[number]): Promise<void> {
    const operation = socket.start({ query, variables });
    const { type, payload } = await operation.message();
    const answer = type === 'error' ? { errors: payload as NonNullable<Answer['errors']> } : (payload as Answer<unknown>); // the server's word for it
    if (isBug(answer)) bugs.push(`${short(variables)} → ${short(answer)}`);
    if (type === 'next') await operation.message(); // that it is complete
  }
  for (let begin = 0; begin < all.length; begin += AT_ONCE) await Promise.all(all.slice(begin, begin + AT_ONCE).map(ask));
  return { bugs, asked: all.length };
}

test.each(cases(schema.getQueryType()))('no value makes a bug of the query %s', async (_name, field) => {
  const { bugs, asked } = await sweep('query', field);
  expect(asked).toBeGreaterThan(0);
  expect(bugs).toEqual([]);
  expect(bench.errors).toEqual([]);
});

test.each(cases(schema.getMutationType()))('no value makes a bug of the mutation %s', async (_name, field) => {
  const { bugs, asked } = await sweep('mutation', field);
  expect(asked).toBeGreaterThan(0);
  expect(bugs).toEqual([]);
  expect(bench.errors).toEqual([]);
});
