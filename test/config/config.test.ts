import { expect, test } from 'vitest';
import { ConfigError, parseConfig } from '../../src/config.ts';

const source = `{ name: prod, kind: paddleflow, url: "http://pf:8999", username: root, password: p, timeZone: Asia/Shanghai }`;
const least = `sources: [${source}]`;

function mistakesOf(text: string, env: NodeJS.ProcessEnv = {}): readonly string[] {
  try {
    parseConfig(text, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
}

test('a source is all that a configuration needs', () => {
  const config = parseConfig(least, {});
  expect(config.server).toMatchObject({ host: '127.0.0.1', port: 4000, origins: [], hosts: [], proxies: [] });
  expect(config.server.limits).toMatchObject({
    nodes: 50_000,
    operationsPerViewer: 200,
    subscriptionsPerViewer: 500,
    strangersPerNetwork: 20,
  });
  expect(config.auth).toMatchObject({ mode: 'open' });
  expect(config.sources[0]).toMatchObject({ name: 'prod', limits: { leader: 3, viewer: 3, stranger: 1 }, poll: { intervalMs: 3000 } });
});

test('every mistake is told at once, each with its path', () => {
  const text = `
server: { port: 70000, colour: red }
database: { url: "mysql://db", poolSize: 1 }
auth: { mode: tokens, tokens: [{ name: ci, sha256: abc, role: king }] }
sources:
  - { name: Prod, kind: paddleflow, url: "ftp://pf", username: root, password: "\${PF_SECRET}", timeZone: Shanghai }
  - { name: lab, kind: airflow, url: "http://pf", username: root, password: 12345, timeZone: UTC }
  - { name: lab, kind: paddleflow, url: "http://me:secret@pf", username: "", password: 12345, timeZone: UTC, poll: { intervalMs: -1, every: 3 } }
`;
  const mistakes = mistakesOf(text, { PORT: 'http', DATABASE_DIRECT_URL: 'nowhere' });
  expect(mistakes.map((mistake) => mistake.slice(0, mistake.indexOf(':'))).toSorted()).toEqual([
    'DATABASE_DIRECT_URL',
    'PORT',
    'auth.tokens[0].role',
    'auth.tokens[0].sha256',
    'database.poolSize',
    'database.url',
    'server',
    'server.port',
    'sources[0].name',
    'sources[0].password',
    'sources[0].timeZone',
    'sources[0].url',
    'sources[1].kind',
    'sources[2].name',
    'sources[2].password',
    'sources[2].poll',
    'sources[2].poll.intervalMs',
    'sources[2].url',
    'sources[2].username',
  ]);
  expect(mistakes).toContain('sources[0].password: the environment has no PF_SECRET');
  expect(mistakes).toContain('sources[1].kind: must be paddleflow or datastory'); // what else is wrong there depends on it
  expect(mistakes.join('\n')).not.toContain('secret@');
});

test.each([
  ['just a text', ['the whole: must be a mapping, not a text']],
  ['sources: []', ['sources: must not be an empty list; without the key there is the demo']],
  ['sources:', ['sources: must be a list, not null: nothing is written there']],
  [
    `server: { port: 1.5, host: 4, colour: red }`,
    [
      'server.host: must be a text, not a whole number; in quotes it is one',
      'server.port: must be a whole number, not a fraction',
      expect.stringMatching(/^server: "colour" is not known here; there are host, port, .*limits$/),
    ],
  ],
  ['auth: { mode: tokenz }', ['auth.mode: must be open or tokens']],
  ['auth: { tokens: [] }', [expect.stringMatching(/^auth: "tokens" is not known here; there are mode, sessionKey/)]],
  [least.replace('kind: paddleflow', 'kind: airflow'), ['sources[0].kind: must be paddleflow or datastory']],
  ['sources: [', ['line 1, column 11: this is not indented as what stands above it, or a bracket is not closed']],
  [`${least}\n${least}`, ['line 2, column 1: this key stands here for the second time']],
  ['password: !secret hunter2', ['line 1, column 11: this tag (!name) means nothing here; a text that begins with ! needs quotes']],
  ['\tx: 1', ['line 1, column 1: YAML is indented with spaces, not with tabs']],
  ['a: *b', [expect.stringMatching(/^the whole: an alias \(\*name\) stands before its anchor/)]],
])('%j is refused with what is wrong', (text, mistakes) => {
  expect(mistakesOf(text)).toEqual(mistakes);
});

test('no word of the validator or the reader of YAML is passed on, whatever is wrong', () => {
  const values = ['null', '1', '1.5', '-1', '""', 'x', 'true', '[]', '{}', '[1]', '{ x: 1 }', '.nan', '.inf', '99999999999999999999'];
  const paths = [
    '%',
    'server: %',
    'server: { port: % }',
    'server: { origins: % }',
    'server: { limits: { nodes: % } }',
    'database: { url: % }',
    'auth: %',
    'auth: { mode: % }',
    'auth: { mode: tokens, tokens: % }',
    'auth: { mode: tokens, tokens: [{ name: a, sha256: %, role: % }] }',
    'auth: { sessionKey: %, sessionHours: % }',
    'sources: %',
    'sources: [%]',
    'sources: [{ name: %, kind: %, url: %, poll: % }]',
  ];
  const broken = [
    'a: [',
    'a: "',
    "a: '",
    'a: b: c',
    '- a\nb: 1',
    '&a &b c',
    '%YAML 3',
    '? [',
    'a: @b',
    '---\na: 1\n---\nb: 2',
    'a: "\\q"',
    '!!int x',
    '*x : 1',
  ];
  const texts = [...paths.flatMap((path) => values.map((value) => path.replaceAll('%', value))), ...broken];
  const said = texts.flatMap((text) => mistakesOf(text)).join('\n');
  expect(said.split('\n').length).toBeGreaterThan(150);
  expect(said).not.toMatch(
    /Invalid|expected|received|Too (small|big)|Unrecognized|undefined|NaN|\[object|zod|YAML(Parse|Semantic)|Unresolved|Nested|Implicit|Flow /,
  );
});

test('a time is one that a timer can keep: a longer one would be over at once', () => {
  const places = ['server: { idleMs: 2147483648 }', 'server: { strangers: { requestMs: 0 } }', 'database: { waitMs: 9999999999 }']
    .flatMap((text) => mistakesOf(text))
    .map((mistake) => mistake.split(':')[0]);
  expect(places).toEqual(['server.idleMs', 'server.strangers.requestMs', 'database.waitMs']);
});

test('a file without sources is right: it is for the demo', () => {
  expect(parseConfig('server: { port: 5000 }', {})).toMatchObject({ server: { port: 5000 }, sources: [] });
  expect(parseConfig('', {}).sources).toEqual([]);
});

test('${NAME} takes a value from the environment as it is', () => {
  const text = least.replace('password: p', 'password: "${PF_SECRET}"');
  expect(parseConfig(text, { PF_SECRET: '${HOME}: {x' }).sources[0]).toMatchObject({ password: '${HOME}: {x' });
});

test('the environment wins over the file, unless it is empty', () => {
  const text = `
server: { host: 127.0.0.2, port: 5000 }
database: { url: "postgres://file/db", directUrl: "postgres://file-direct/db" }
${least}`;
  const empty = parseConfig(text, { HOST: '', PORT: '', DATABASE_URL: '', DATABASE_DIRECT_URL: '' });
  expect(empty.server).toMatchObject({ host: '127.0.0.2', port: 5000 });
  expect(empty.database).toMatchObject({ url: 'postgres://file/db', directUrl: 'postgres://file-direct/db' });
  const given = parseConfig(text, { HOST: 'localhost', PORT: '0', DATABASE_URL: 'postgres://env/db' });
  expect(given.server).toMatchObject({ host: 'localhost', port: 0 });
  // A direct way to another database than the one that is used would be no way to it.
  expect(given.database).toMatchObject({ url: 'postgres://env/db', directUrl: undefined });
});

test.each([
  ['auth: { mode: open }', '0.0.0.0', 'auth.mode'],
  ['', '::', 'auth.mode'],
  ['auth: { sessionHours: 1 }', '0.0.0.0', 'auth.mode'],
  ['server: { host: gateway.example.com }', undefined, 'auth.mode'],
  ['', '::1', undefined],
  [`auth: { mode: tokens, tokens: [{ name: ci, sha256: ${'a'.repeat(64)} }] }`, '0.0.0.0', undefined],
])('%j on HOST=%s: %s', (text, HOST, path) => {
  expect(mistakesOf(`${text}\n${least}`, { HOST }).map((mistake) => mistake.split(':')[0])).toEqual(path ? [path] : []);
});
