import { getIntrospectionQuery } from 'graphql';
import { expect, test } from 'vitest';
import { openSocket } from '../support/socket.ts';
import { startToy } from './toy.ts';

type Toy = Awaited<ReturnType<typeof startToy>>;
type Params = { query: string; variables?: Record<string, unknown> } & Record<string, unknown>;

/** One operation over each transport, and what its client is told. */
const transports = {
  async http(toy: Toy, params: Params, authorization: string) {
    const response = await toy.post(params, { authorization });
    return JSON.parse(await response.text());
  },
  async sse(toy: Toy, params: Params, authorization: string) {
    const response = await toy.post(params, { authorization, accept: 'text/event-stream' });
    const text = await response.text();
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return JSON.parse(text);
    expect(text).toMatch(/event: complete\ndata:\n\n$/);
    return JSON.parse(/^data: (.+)$/m.exec(text)?.[1] ?? '');
  },
  async ws(toy: Toy, params: Params, authorization: string) {
    await using socket = await openSocket(toy.url, { params: { Authorization: authorization } });
    const { type, payload } = await socket.start(params).message();
    return type === 'error' ? { errors: payload } : JSON.parse(JSON.stringify(payload));
  },
};

const deep = (levels: number) => `{ ${'self { '.repeat(levels)} hello ${'}'.repeat(levels)} }`;
const doubling = Array.from({ length: 12 }, (_, n) => `fragment f${n} on Query { ...f${n + 1} self { ...f${n + 1} } }`).join(' ');

const conditionalRoots = (directive: string) => [
  `{ news ${directive} { text } }`,
  `{ ... on Subscription ${directive} { news { text } } }`,
  `{ ... { news ${directive} { text } } }`,
  `{ ...f ${directive} } fragment f on Subscription { news { text } }`,
  `{ ...f } fragment f on Subscription { ...g } fragment g on Subscription { news ${directive} { text } }`,
];

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

const refused = (code: string, message?: string) => ({
  errors: [expect.objectContaining({ extensions: { code }, ...(message && { message: expect.stringContaining(message) }) })],
});

const cases: [name: string, params: Params, answer: unknown, authorization?: string][] = [
  ['a query with variables', { query: 'query ($t: String!) { echo(text: $t) }', variables: { t: 'ü' } }, { data: { echo: 'ü' } }],
  ['a mutation', { query: 'mutation { write(text: "a") }' }, { data: { write: 'a' } }],
  ['the token, however it is sent', { query: '{ viewer }' }, { data: { viewer: 'Bearer me' } }],
  ['a token that is refused', { query: '{ hello }' }, refused('UNAUTHENTICATED', 'The token is not valid'), 'Bearer bad'],
  ['a syntax error', { query: '{ hello' }, refused('GRAPHQL_PARSE_FAILED')],
  ['an unknown field', { query: '{ nothing }' }, refused('GRAPHQL_VALIDATION_FAILED', 'Cannot query field "nothing"')],
  ['a missing variable', { query: 'query ($t: String!) { echo(text: $t) }' }, refused('BAD_USER_INPUT', '$t')],
  ['an unknown operation', { query: 'query A { hello }', operationName: 'B' }, refused('OPERATION_RESOLUTION_FAILURE')],
  ['an unknown parameter', { query: '{ hello }', queryId: 1 }, refused('BAD_REQUEST', '"queryId"')],
  ['a query that is too deep', { query: deep(30) }, refused('QUERY_TOO_COMPLEX', 'depth')],
  ['a query that is too long', { query: `{ hello } #${'x'.repeat(70_000)}` }, refused('QUERY_TOO_COMPLEX', 'characters')],
  ['a query of too many tokens', { query: `{ ${'hello '.repeat(5000)} }` }, refused('GRAPHQL_PARSE_FAILED', 'tokens')],
  [
    'too many aliases',
    { query: `{ ${Array.from({ length: 101 }, (_, n) => `a${n}: hello`).join(' ')} }` },
    refused('QUERY_TOO_COMPLEX', 'aliases'),
  ],
  ['fragments that double', { query: `{ ...f0 } ${doubling} fragment f12 on Query { hello }` }, refused('QUERY_TOO_COMPLEX', 'fields')],
  ['values nested without end', { query: `{ echo(text: ${nested(1990)}) }` }, refused('QUERY_TOO_COMPLEX', 'within one another')],
  [
    'inline fragments nested without end',
    { query: `{ ${'... { '.repeat(1900)} hello ${'}'.repeat(1900)} }` },
    refused('QUERY_TOO_COMPLEX', 'within one another'),
  ],
  [
    'a type nested without end',
    { query: `query ($t: ${'['.repeat(1900)}Int${']'.repeat(1900)}) { hello }` },
    refused('QUERY_TOO_COMPLEX', 'within one another'),
  ],
  [
    'brackets that are only text',
    { query: `{ echo(text: "${'[{('.repeat(200)}") } # ${'['.repeat(500)}` },
    { data: { echo: '[{('.repeat(200) } },
  ],
  ...(['variables', 'extensions'] as const).map((name): (typeof cases)[number] => [
    `${name} nested without end`,
    { query: '{ hello }', [name]: { t: JSON.parse(nested(1990)) } },
    refused('BAD_REQUEST', 'within one another'),
  ]),
  ...['@include(if: false)', '@include(if: $x)', '@skip(if: $x)'].flatMap((directive) =>
    conditionalRoots(directive).map((root): (typeof cases)[number] => [
      `the subscription ${root}`,
      { query: `subscription ${directive.includes('$') ? '($x: Boolean! = true)' : ''} ${root}`, variables: { x: true } },
      refused('GRAPHQL_VALIDATION_FAILED', 'at the root of a subscription'),
    ]),
  ),
  [
    'a condition elsewhere',
    { query: 'query ($x: Boolean!) { hello @include(if: $x) viewer @skip(if: $x) }', variables: { x: true } },
    { data: { hello: 'hello' } },
  ],
  [
    'an integer that is none',
    { query: `subscription { lines(count: ${'9'.repeat(400)}) { text } }` },
    refused('GRAPHQL_VALIDATION_FAILED'),
  ],
  [
    'a name of 60,000 characters',
    { query: `{ ${'x'.repeat(60_000)} }` },
    {
      errors: [
        expect.objectContaining({ message: expect.stringMatching(/^.{1,1100}$/), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }),
      ],
    },
  ],
  [
    'a syntax error of 60,000 characters',
    { query: `{ hello } ${'x'.repeat(60_000)}` },
    { errors: [expect.objectContaining({ message: expect.stringMatching(/^.{1,1100}$/), extensions: { code: 'GRAPHQL_PARSE_FAILED' } })] },
  ],
  [
    'a variable of a megabyte that is no number',
    { query: 'subscription ($n: Int!) { lines(count: $n) { text } }', variables: { n: 'x'.repeat(1_000_000) } },
    { errors: [expect.objectContaining({ message: expect.stringMatching(/^.{1,1100}$/) })] },
  ],
  ['a variable that is no text', { query: 'query ($t: String!) { echo(text: $t) }', variables: { t: 1e300 } }, refused('BAD_USER_INPUT')],
  [
    'half a character',
    { query: 'query ($t: String!) { echo(text: $t) }', variables: { t: 'a\ud800\u0000' } },
    { data: { echo: 'a\ud800\u0000' } },
  ],
  ['half a character in a literal', { query: '{ echo(text: "\\uD800") }' }, refused('GRAPHQL_PARSE_FAILED')],
  [
    'an error with a code',
    { query: '{ denied hello }' },
    { ...refused('FORBIDDEN', 'Not for you'), data: { denied: null, hello: 'hello' } },
  ],
];

const matrix = cases.flatMap(([name, ...rest]) => {
  return (['http', 'sse', 'ws'] as const).map((transport) => [transport, name, { transport, rest }] as const);
});

test.each(matrix)('over %s, %s gets the same answer as anywhere', async (_transport, _name, { transport, rest }) => {
  const [params, answer, authorization = 'Bearer me'] = rest;
  await using toy = await startToy();
  expect(await transports[transport](toy, params, authorization)).toEqual(answer);
  expect(toy.logged).toEqual([]);
});

const masked = (...path: string[]) =>
  expect.objectContaining({ message: 'Internal error', path, extensions: { code: 'INTERNAL', errorId: expect.any(String) } });

test.each(['http', 'sse', 'ws'] as const)(
  'over %s, a bug is masked, and the log has it under the id that the client sees',
  async (transport) => {
    await using toy = await startToy();
    const answer = await transports[transport](toy, { query: '{ bug wrongType hello }' }, 'Bearer me');
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    expect(answer).toEqual({ data: { bug: null, wrongType: null, hello: 'hello' }, errors: [masked('bug'), masked('wrongType')] });
    expect(toy.logged.map(({ errorId }) => errorId)).toEqual(
      answer.errors.map((error: { extensions: { errorId: string } }) => error.extensions.errorId),
    );
    expect(String(toy.logged[0]?.error)).toContain('hunter2');
  },
);

test.each(['sse', 'ws'] as const)('over %s, a subscription that breaks tells its client no more than an id', async (transport) => {
  await using toy = await startToy();
  const answer = await transports[transport](toy, { query: 'subscription { broken { text } }' }, 'Bearer me');
  expect(answer).toEqual({ errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL', errorId: toy.logged[0]?.errorId } }] });
  expect(String(toy.logged[0]?.error)).toContain('hunter2');
});

test('an event of which nothing can be told ends the subscription: nobody goes on behind what they never got', async () => {
  await using toy = await startToy();
  await using socket = await openSocket(toy.url);
  const news = socket.start({ query: 'subscription { news { text } }' });
  await toy.joined.next();
  for (const item of ['one', 'bug', 'three']) toy.publish(item);
  expect(await news.next()).toEqual({ data: { news: { text: 'one' } } });
  expect(await news.errors()).toEqual([masked('news', 'text')]);
  expect(await toy.left.next()).toBe('news');
  expect(toy.listening.size).toBe(0);
  expect(String(toy.logged[0]?.error)).toContain('hunter2');
});

test.each([
  ['http', 'GET'],
  ['sse', 'GET'],
] as const)('over %s, a mutation by %s is refused and not executed', async (transport, method) => {
  await using toy = await startToy();
  const query = encodeURIComponent('mutation { write(text: "a") }');
  const accept = transport === 'sse' ? 'text/event-stream' : 'application/json';
  const response = await fetch(`${toy.url}/graphql?query=${query}`, { method, headers: { accept } });
  expect(response.status).toBe(405);
  expect(await response.json()).toEqual(refused('BAD_REQUEST', 'mutation'));
  expect(toy.writes).toEqual([]);
});

test('introspection is allowed', async () => {
  await using toy = await startToy();
  const answer = await transports.http(toy, { query: getIntrospectionQuery() }, 'Bearer me');
  expect(answer).toMatchObject({ data: { __schema: { queryType: { name: 'Query', kind: 'OBJECT' } } } });
});
