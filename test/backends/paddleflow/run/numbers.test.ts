import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, startBench, type Bench } from '../../../support/bench.ts';
import { upstreamUser, type Caller } from '../upstream.ts';

/** None of which JavaScript writes as it is here. By name: the server sorts, the gateway shows them in the order of the YAML. */
const numbers = {
  big: '9007199254740993',
  cents: '0.10',
  huge: '1e400',
  long: '123456789012345678901234567890',
  minus: '-0',
  near: '0.1000000000000000055511151231257827',
  point: '1.0',
  small: '0.0000001',
  upper: '1E5',
};
const names = Object.keys(numbers);
const json = `{${Object.entries(numbers)
  .map(([name, text]) => `"${name}":${text}`)
  .join()}}`;
const literal = json.replaceAll('"', '');
const yaml = `name: nums
docker_env: busybox
entry_points:
  a:
    command: echo ${names.map((name) => `{{${name}}}`).join(' ')}
    parameters: {${names.map((name) => `${name}: 1`).join(', ')}}
`;
const spoken = `echo ${Object.values(numbers).join(' ')}`;
const from = `from: { yaml: ${JSON.stringify(yaml)} }`;
const payload = '{ __typename ... on CreateRunPayload { run { id runId parameters } } ... on Problem { message } }';

let bench: Bench;
let root: Caller;
beforeAll(async () => {
  bench = await startBench();
  root = await upstreamUser(bench.sandbox('prod').url);
});
afterAll(() => bench[Symbol.asyncDispose]());

/** The bodies are texts, as JavaScript would write other numbers. Each way returns the text of the result. */
const ways = {
  async http(body: string) {
    return (await send(body, 'application/json')).text();
  },
  async sse(body: string) {
    return /^data: (.+)$/m.exec(await (await send(body, 'text/event-stream')).text())?.[1] ?? '';
  },
  async ws(body: string) {
    await using socket = await bench.socket();
    const text = new Promise<string>((resolve) => socket.socket.once('message', (data: Buffer) => resolve(String(data))));
    socket.send(`{"id":"1","type":"subscribe","payload":${body}}`);
    return await text; // before the socket is closed
  },
};
const send = (body: string, accept: string) =>
  fetch(bench.gateways[0]?.url ?? '', { method: 'POST', headers: { 'content-type': 'application/json', accept }, body });

const forms = {
  'as a literal': { query: `mutation { createRun(input: { source: "prod", ${from}, parameters: ${literal} }) ${payload} }` },
  'as a variable': {
    query: `mutation ($p: JSON) { createRun(input: { source: "prod", ${from}, parameters: $p }) ${payload} }`,
    variables: `{"p":${json}}`,
  },
  'inside of a variable': {
    query: `mutation ($i: CreateRunInput!) { createRun(input: $i) ${payload} }`,
    variables: `{"i":{"source":"prod","from":{"yaml":${JSON.stringify(yaml)}},"parameters":${json}}}`,
  },
  'as the default of a variable': {
    query: `mutation ($p: JSON = ${literal}) { createRun(input: { source: "prod", ${from}, parameters: $p }) ${payload} }`,
  },
  'as variables inside of a literal': {
    query: `mutation (${names.map((name) => `$${name}: JSON`).join()}) { createRun(input: { source: "prod", ${from}, parameters: {${names
      .map((name) => `${name}: $${name}`)
      .join()}} }) ${payload} }`,
    variables: json,
  },
};
const matrix = Object.entries(forms).flatMap(([form, operation]) =>
  (['http', 'sse', 'ws'] as const).map((way) => [way, form, operation] as const),
);

test.each(matrix)('over %s, numbers %s reach the backend as they are written, and come back so', async (way, _form, operation) => {
  const variables = 'variables' in operation ? `,"variables":${operation.variables}` : '';
  const text = await ways[way](`{"query":${JSON.stringify(operation.query)}${variables}}`);
  const [, id, runId] = /"id":"([^"]+)","runId":"([^"]+)"/.exec(text) ?? [];
  expect(text).toContain(`"parameters":${json}`);
  expect((await root.get(`/run/${runId}`)).text).toContain(`"parameters":${json}`);
  bench.control.advance(30_000);
  const { text: now } = await root.get(`/run/${runId}`);
  expect(now).toContain(spoken);
  expect(id).toBeDefined();
});

/** The text of an answer to a query over HTTP. */
const ask = (query: string, variables = '{}') => ways.http(`{"query":${JSON.stringify(query)},"variables":${variables}}`);

test('the recorded case: the job gets the very numbers', async () => {
  const recorded = await readFile(new URL('../../../cases/queries/big-number-parameters.graphql', import.meta.url), 'utf8');
  const variables = /^# variables: (.+)$/m.exec(recorded)?.[1];
  const text = await ask(recorded.replace('source: "demo"', 'source: "prod"').replace('run { id', 'run { id runId'), variables);
  expect(text).toContain('"parameters":{"num":9007199254740993,"x":1.0}');
  bench.control.advance(30_000);
  expect((await root.get(`/run/${/"runId":"([^"]+)"/.exec(text)?.[1]}`)).text).toContain('"command":"echo 9007199254740993 1.0"');
});

test('variables of type Float and Int are what was sent, too, where they stand inside of JSON', async () => {
  const three =
    'name: three\ndocker_env: busybox\nentry_points:\n  a: {command: "echo {{a}} {{b}} {{c}}", parameters: {a: 1, b: 1, c: 1}}\n';
  const input = `{ source: "prod", from: { yaml: ${JSON.stringify(three)} }, parameters: { a: $a, b: $b, c: [$a, 2.50] } }`;
  const text = await ask(`mutation ($a: Float!, $b: Int) { createRun(input: ${input}) ${payload} }`, '{"a":9007199254740993,"b":1.0}');
  expect(text).toContain('"parameters":{"a":9007199254740993,"b":1.0,"c":[9007199254740993,2.50]}');
});

test('from the catalog, from another gateway and over subscriptions they are what they were', async () => {
  const created = await ask(`mutation { createRun(input: { source: "prod", ${from}, parameters: ${literal} }) ${payload} }`);
  const [, id = ''] = /"id":"([^"]+)"/.exec(created) ?? [];
  bench.control.advance(60_000);
  const query = `{ run(id: "${id}") { state parameters } }`;
  const kept = `{"data":{"run":{"state":"SUCCEEDED","parameters":${json}}}}`;
  // Once it has ended, the leader reads its detail for good.
  await eventually(async () => {
    bench.forgetCalls();
    return (await ask(query)) === kept && bench.calls().length === 0;
  });

  const other = await bench.startGateway();
  const answer = await fetch(`${other.url}?query=${encodeURIComponent(query)}`, { headers: { accept: 'application/json' } });
  expect(await answer.text()).toBe(kept);
  expect(bench.calls()).toEqual([]);

  const follow = JSON.stringify({ query: `subscription { runChanged(id: "${id}") { ... on RunChange { run { parameters } } } }` });
  for (const way of ['sse', 'ws'] as const) expect(await ways[way](follow)).toContain(`{"runChanged":{"run":{"parameters":${json}}}}`);
});

/** Asks for a run under one and the same key. */
const keyed = (parameters: string) =>
  ask(`mutation { createRun(input: { source: "prod", ${from}, parameters: ${parameters}, idempotencyKey: "numbers" }) ${payload} }`);

test('a key stands for numbers as they are written, whatever the order of their names', async () => {
  const first = await keyed('{ big: 9007199254740993, point: 1.0 }');
  expect(first).toContain('"CreateRunPayload"');
  expect(await keyed('{ point: 1.0, big: 9007199254740993 }')).toBe(first);
  for (const other of [
    '{ big: 9007199254740993, point: 1 }',
    '{ big: 9007199254740992, point: 1.0 }',
    '{ big: 9007199254740993, point: 1.00 }',
  ])
    expect(await keyed(other)).toContain('"ConflictProblem"');
});

const given = (parameters: string) =>
  ask(`mutation ($p: JSON) { createRun(input: { source: "prod", ${from}, parameters: $p }) ${payload} }`, `{"p":${parameters}}`);

test('a number is no object of parameters, and written in two ways it is two values of one parameter', async () => {
  expect(await given('1.0')).toContain('must be an object of names and values');
  expect(await given('{"point":1.0,"a.point":1}')).toContain('left to chance');
  expect(await given('{"point":1.0,"a.point":1.0}')).toContain('"CreateRunPayload"');
});

test.each([
  ['1.0', 'nodes'],
  ['1e0', 'nodes'],
  ['9007199254740993', 'Int cannot represent non 32-bit signed integer value'],
  ['1e400', 'Int cannot represent non-integer value'],
])('%s as an Int is answered with %s', async (number, word) => {
  const text = await ask('query ($n: Int!) { runs(first: $n) { nodes { runId } } }', `{"n":${number}}`);
  expect(text).toContain(word);
});
