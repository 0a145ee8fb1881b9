import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { eventually } from '../support/bench.ts';
import { startToy } from './toy.ts';

const refused = (code: string, message?: string) => ({
  errors: [{ message: message === undefined ? expect.any(String) : expect.stringContaining(message), extensions: { code } }],
});

test.each([
  ['broken JSON', '{"query": ', {}, 400, 'BAD_REQUEST'],
  ['no body', '', {}, 400, 'BAD_REQUEST'],
  ['a list of operations', '[{"query":"{ hello }"}]', {}, 400, 'BAD_REQUEST'],
  ['no query', '{}', {}, 400, 'BAD_REQUEST'],
  ['variables that are a list', '{"query":"{ hello }","variables":[]}', {}, 400, 'BAD_REQUEST'],
  [
    'a value of a hundred thousand levels',
    `{"query":"{ hello }","variables":{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`,
    {},
    400,
    'BAD_REQUEST',
  ],
  ['as many lists of operations', '['.repeat(1e5) + ']'.repeat(1e5), {}, 400, 'BAD_REQUEST'],
  ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), {}, 400, 'BAD_REQUEST'],
  ['another charset', '{"query":"{ hello }"}', { 'content-type': 'application/json; charset=latin1' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a compressed body', '{"query":"{ hello }"}', { 'content-encoding': 'gzip' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  // What a page elsewhere can send without asking first (CSRF).
  ['a form', 'query=mutation{write(text:"a")}', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['plain text', '{"query":"mutation{write(text:\\"a\\")}"}', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a multipart form', 'x', { 'content-type': 'multipart/form-data; boundary=x' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
])('%s is refused with a code, by JSON and by an event stream alike', async (_name, body, headers, status, code) => {
  await using toy = await startToy();
  for (const accept of ['application/json', 'text/event-stream']) {
    const all = { 'content-type': 'application/json', ...headers, accept };
    const response = await fetch(`${toy.url}/graphql`, { method: 'POST', body, headers: all });
    expect(await response.json()).toEqual(refused(code));
    expect(response.status).toBe(status);
  }
  expect(toy.writes).toEqual([]);
});

test('variables in a URL that are no JSON are a mistake of the client', async () => {
  await using toy = await startToy();
  const response = await fetch(`${toy.url}/graphql?query={hello}&variables={`);
  expect([response.status, await response.json()]).toEqual([400, refused('BAD_REQUEST', '"variables"')]);
});

test('a request that fails because of its variables has the status that its media type wants', async () => {
  await using toy = await startToy();
  const body = { query: 'query ($t: String!) { echo(text: $t) }', variables: { t: 1 } };
  for (const [accept, status] of [
    ['application/graphql-response+json', 400],
    ['application/json', 200],
  ] as const) {
    const response = await toy.post(body, { accept });
    expect([response.status, response.headers.get('content-type')]).toEqual([status, `${accept}; charset=utf-8`]);
    expect(await response.json()).toEqual({ errors: [expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } })] });
  }
  expect((await toy.post({ query: '{ denied }' }, { accept: 'application/graphql-response+json' })).status).toBe(200); // it was executed
});

test.each(['PUT', 'DELETE', 'OPTIONS'])('%s is not allowed', async (method) => {
  await using toy = await startToy();
  const response = await fetch(`${toy.url}/graphql`, { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
});

/** An operation of exactly so many bytes. */
const sized = (bytes: number) => {
  const body = { query: 'query ($t: String!) { echo(text: $t) }', variables: { t: '' } };
  body.variables.t = 'x'.repeat(bytes - JSON.stringify(body).length);
  return JSON.stringify(body);
};

test('a body as large as allowed is taken, one that is larger is refused with a code, however it is sent', async () => {
  await using toy = await startToy({ maxBodyBytes: 10_000 });
  expect((await toy.post(sized(10_000))).status).toBe(200);
  for (const bytes of [10_001, 60_000, 2_000_000]) {
    const response = await toy.post(sized(bytes));
    expect([response.status, await response.json()]).toEqual([413, refused('PAYLOAD_TOO_LARGE', '10000 bytes')]);
  }
  const chunked = new Blob([sized(60_000)]).stream();
  const request: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    body: chunked,
    headers: { 'content-type': 'application/json' },
    duplex: 'half', // fetch asks for it; the types do not know it
  };
  const response = await fetch(`${toy.url}/graphql`, request);
  expect([response.status, await response.json()]).toEqual([413, refused('PAYLOAD_TOO_LARGE')]);
});

test('a subscription that cannot be streamed is refused, and no source is opened for it', async () => {
  await using toy = await startToy();
  const response = await toy.post({ query: 'subscription { news { text } }' });
  expect([response.status, await response.json()]).toEqual([406, refused('SUBSCRIPTION_NEEDS_STREAM')]);
  expect(toy.listening.size).toBe(0);
});

test('a token that is refused is a 401, which says what to send', async () => {
  await using toy = await startToy();
  for (const accept of ['application/json', 'application/graphql-response+json', 'text/event-stream']) {
    const response = await toy.post({ query: '{ hello }' }, { authorization: 'Bearer bad', accept });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await response.json()).toEqual(refused('UNAUTHENTICATED'));
  }
});

test('a client that leaves aborts the signal of its operation, and that is no error', async () => {
  await using toy = await startToy();
  const leaving = new AbortController();
  const answer = fetch(`${toy.url}/graphql?query={hang}`, { signal: leaving.signal }).catch(String);
  const signal = await toy.hanging.next();
  const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
  leaving.abort();
  await aborted;
  expect(await answer).toContain('aborted');
  expect(toy.logged).toEqual([]);
});

test('a client that leaves in the middle of its body is no error either', async () => {
  await using toy = await startToy();
  const { hostname, port } = new URL(toy.url);
  const connection = connect(Number(port), hostname);
  connection.write('POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{');
  await eventually(() => new Promise<boolean>((resolve) => toy.gateway.server.getConnections((_error, count) => resolve(count === 1))));
  connection.destroy();
  await eventually(() => new Promise<boolean>((resolve) => toy.gateway.server.getConnections((_error, count) => resolve(count === 0))));
  await toy.gateway.close();
  expect(toy.logged).toEqual([]);
});

test('the signal stays quiet when an operation simply ends', async () => {
  await using toy = await startToy();
  await (await toy.post({ query: '{ hello }' })).text();
  expect(toy.operations.map(({ signal, transport }) => [transport, signal.aborted])).toEqual([['http', false]]);
});

test('a browser at the root is led to the graph; everybody else learns where it is', async () => {
  await using toy = await startToy();
  const browser = await fetch(toy.url, { headers: { accept: 'text/html' }, redirect: 'manual' });
  expect([browser.status, browser.headers.get('location')]).toEqual([302, 'graphql']);
  const program = await fetch(toy.url);
  expect([program.status, await program.json()]).toEqual([404, refused('NOT_FOUND', '/graphql')]);
});

test('alive is not ready: readiness asks, and says why not', async () => {
  const faults: string[] = [];
  const ready = () => {
    for (const fault of faults) throw new Error(fault);
  };
  await using toy = await startToy({ ready });
  const probe = async (path: string) => {
    const response = await fetch(`${toy.url}${path}`);
    return [response.status, await response.json()];
  };
  expect(await probe('/readyz')).toEqual([200, { ready: true }]);
  faults.push('The database does not answer');
  expect(await probe('/readyz')).toEqual([503, { ready: false, reason: 'The database does not answer' }]);
  expect(await probe('/healthz')).toEqual([200, { alive: true }]);
});

test('a client that offers HTTP/2 along with its request, as that of Java does, is simply answered', async () => {
  await using toy = await startToy();
  const { hostname, port } = new URL(toy.url);
  const connection = connect(Number(port), hostname);
  connection.write('GET /graphql?query={hello} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n');
  let answer = '';
  for await (const chunk of connection) {
    answer += String(chunk);
    if (answer.includes('{"data":{"hello":"hello"}}')) break;
  }
  expect(answer).toContain('HTTP/1.1 200');
});

test('a request line that is no URL is answered and harms nobody', async () => {
  await using toy = await startToy();
  const { hostname, port } = new URL(toy.url);
  const connection = connect(Number(port), hostname);
  connection.write('GET http://[ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  expect(await text(connection)).toContain('HTTP/1.1 404');
  expect((await toy.post({ query: '{ hello }' })).status).toBe(200);
});
