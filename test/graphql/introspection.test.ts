import { buildClientSchema, execute, getIntrospectionQuery, graphqlSync, parse, printSchema, validate } from 'graphql';
import type { IntrospectionQuery } from 'graphql';
import { expect, test } from 'vitest';
import { standardIntrospection } from '../../src/graphql/introspection-count.ts';
import { createSchema } from '../../src/schema.ts';
import { as, startBench } from '../support/bench.ts';
import { openSocket } from '../support/socket.ts';
import { startToy } from '../server/toy.ts';

const schema = createSchema();
const options = [
  {},
  { descriptions: false },
  { specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true },
];
const thrice = <T>(answer: T): T[] => [answer, answer, answer];
const aliases = (count: number, selection: string) => Array.from({ length: count }, (_, n) => `a${n}: ${selection}`).join(' ');

test.each(options)('a tool that asks for the whole schema with %j gets it, over and over', async (option) => {
  await using toy = await startToy();
  const query = getIntrospectionQuery(option);
  const ask = async () => (await (await toy.post({ query })).json()) as { data: IntrospectionQuery };
  const first = await ask();
  expect(printSchema(buildClientSchema(first.data))).toContain('type Subscription');
  expect(await ask()).toEqual(first);
});

test('the plain query is executed once, and never for a document that is not plain', async () => {
  let executed = 0;
  await using toy = await startToy({ plugins: [{ onExecute: () => void (executed += 1) }] });
  const plain = '{ __schema { queryType { name } } }';
  const timesOf = async (query: string, variables = {}) => {
    const answers = [];
    for (let n = 0; n < 3; n += 1) answers.push(await (await toy.post({ query, variables })).json());
    return answers;
  };
  expect(await timesOf(plain)).toEqual(thrice({ data: { __schema: { queryType: { name: 'Query' } } } }));
  expect(executed).toBe(1);
  expect(await timesOf('query ($x: Boolean!) { __schema { queryType { name @include(if: $x) } } }', { x: false })).toEqual(
    thrice({ data: { __schema: { queryType: {} } } }),
  );
  expect(await timesOf('{ __schema { queryType { name } } hello }')).toEqual(
    thrice({ data: { __schema: { queryType: { name: 'Query' } }, hello: 'hello' } }),
  );
  expect(executed).toBe(7);
  expect(await timesOf('query A { __schema { queryType { name } } } query B { hello }')).toEqual(
    thrice({ errors: [expect.objectContaining({ message: expect.any(String) })] }),
  );
});

test.each([
  ['names of fields', `{ __schema { types { ${aliases(99, 'fields { name }')} } } }`],
  ['types of fields', `{ __schema { types { fields { ${aliases(90, 'type { name kind ofType { name } }')} } } } }`],
  [
    'one type',
    `{ ${aliases(40, '__type(name: "Query") { fields { args { name description type { name ofType { name ofType { name } } } } } }')} }`,
  ],
  ['wrappers', `{ __schema { types { fields { type { ${aliases(50, 'ofType { ofType { name } }')} } } } } }`],
  ['the schema itself', `{ ${aliases(30, '__schema { types { fields { name args { name } } } }')} }`],
  [
    'fragments',
    `{ __schema { types { ...F ${aliases(30, 'fields { ...N }')} } } } fragment F on __Type { fields { ...N } } fragment N on __Field { name type { name } args { name } }`,
  ],
  ['possible types', `{ ${aliases(90, '__type(name: "Node") { possibleTypes { name fields { name type { name } } } }')} }`],
])('introspection counts like everything else: many times %s is too much', async (_name, query) => {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  expect(JSON.stringify(graphqlSync({ schema, source: query })).length).toBeGreaterThan(100_000);
  await using bench = await startBench();
  expect(await bench.query(query)).toMatchObject({ errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }] });
});

test('what is counted is never less than what is answered', () => {
  const { data } = execute({ schema, document: parse(getIntrospectionQuery(options[2])) }) as { data: unknown };
  const sizeOf = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? Object.values(value).reduce<number>((sum, item) => sum + sizeOf(item), Array.isArray(value) ? 0 : 1)
      : 1;
  const [size, count] = [sizeOf(data), standardIntrospection(schema)];
  expect(count).toBeGreaterThan(size);
  expect(count).toBeLessThan(size * 5);
});

const asking = { query: '{ __schema { queryType { name } } }' };
const nested = { query: 'query ($x: Boolean = true) { ...F @include(if: $x) } fragment F on Query { t: __type(name: "Run") { name } }' };
const mistaken = { query: '{ viewr { name } }' };

test.each(['application/json', 'application/graphql-response+json', 'text/event-stream', 'ws'])(
  'over %s, a stranger sees neither the schema nor what would be right, unless everybody may',
  async (how) => {
    await using bench = await startBench({ tokens: { alice: { role: 'viewer' } } });
    const url = bench.gateways[0]?.url ?? '';
    const ask = async (operation: object, headers: Record<string, string>): Promise<string> => {
      if (how === 'ws') {
        await using socket = await openSocket(url.replace(/\/graphql$/, ''), { params: headers });
        return JSON.stringify((await socket.start(operation as { query: string }).message()).payload);
      }
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: how, ...headers },
        body: JSON.stringify(operation),
      };
      return (await fetch(url, init)).text();
    };
    for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
      for (const operation of [asking, nested]) {
        const answer = await ask(operation, headers);
        expect(answer).toContain('"code":"UNAUTHENTICATED"');
        expect(answer).not.toMatch(/"Query"|"Run"/);
      }
    }
    // In this order: what was found out about a document for one is not told to another.
    for (const [headers, suggests] of [
      [{}, false],
      [as('alice'), true],
      [{}, false],
    ] as const) {
      const answer = await ask(mistaken, headers);
      expect(answer).toContain('Cannot query field');
      expect(answer.includes('Did you mean')).toBe(suggests);
    }
    expect(await ask(asking, as('alice'))).toContain('"Query"');
    expect(await ask(nested, as('alice'))).toContain('"Run"');
    expect(await ask({ query: '{ __typename }' }, {})).not.toContain('Cannot');
  },
);

test('with `introspection: everybody`, strangers see it too', async () => {
  await using bench = await startBench({ tokens: { alice: { role: 'viewer' } }, server: { introspection: 'everybody' } });
  expect(await bench.query(asking.query)).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
  expect((await bench.query(mistaken.query)).errors?.[0]?.message).toContain('Did you mean');
});

test('a stranger is refused with the status of one who must show a token', async () => {
  await using bench = await startBench({ tokens: {} });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asking) };
  const response = await fetch(bench.gateways[0]?.url ?? '', init);
  expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
});
