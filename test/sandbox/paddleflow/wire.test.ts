import { describe, expect, test } from 'vitest';
import { base64, callerOf, startBench, stepYaml } from './bench.ts';

describe('authentication', () => {
  test('a login gives a token, and wrong names, passwords and bodies are refused with 400', async () => {
    await using bench = await startBench();
    const nobody = callerOf(bench.sandbox.url, '');
    expect(Object.keys((await nobody.post('/login', { username: 'root', password: 'paddleflow' })).body)).toEqual(['authorization']);
    const refusals = await Promise.all([
      nobody.post('/login', { username: 'ghost', password: 'x' }),
      nobody.post('/login', { username: 'root', password: 'x' }),
      nobody.post('/login', '{'),
    ]);
    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
      [400, 'UserNotExist'],
      [400, 'AuthFailed'],
      [400, 'MalformedJSON'],
    ]);
  });

  test.each([
    ['/run', '', 'AuthWithoutToken', 400],
    ['/no-such-path', '', 'AuthWithoutToken', 400],
    ['/run', 'nonsense', 'AuthInvalidToken', 400],
    ['/run', 'a.b.c', 'AuthInvalidToken', 400],
  ])('GET %s with the token "%s" is answered by %s', async (path, token, code, status) => {
    await using bench = await startBench();
    const answer = await callerOf(bench.sandbox.url, token).get(path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(Object.keys(answer.body)).toEqual(['requestID', 'code', 'message']);
  });

  test('a new password ends all tokens of the user, a deletion makes him unknown', async () => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    expect((await alice.get('/run')).status).toBe(200);
    expect((await bench.root.call('PUT', '/user/alice', { password: 'secret1' })).text).toBe('');
    expect((await alice.get('/run')).body.code).toBe('AuthFailed');
    await bench.root.call('DELETE', '/user/alice');
    expect((await alice.get('/run')).body.code).toBe('UserNotExist');
  });

  test('a token ends after its hours', async () => {
    await using bench = await startBench({ tokenExpirationHours: 2 });
    bench.control.advance(7_000_000);
    expect((await bench.root.get('/run')).status).toBe(200);
    bench.control.advance(300_000);
    expect((await bench.root.get('/run')).body.code).toBe('AuthInvalidToken');
  });

  test.each([
    ['POST', '/run', { UserName: 'bobby' }, 'AuthIllegalUser'],
    ['PUT', '/run/run-000001?action=stop', { username: 'bobby' }, 'AuthIllegalUser'],
    ['GET', '/grant?userName=bobby', undefined, 'AuthIllegalUser'],
    ['GET', '/grant?username=bobby', undefined, 'OnlyRootAllowed'], // only the one spelling is looked at
    ['POST', '/run', '{"userName": "bobby"', 'MalformedJSON'], // cannot be parsed, passes
  ])('%s %s with %j sent by alice is answered by %s', async (method, path, body, code) => {
    await using bench = await startBench();
    const alice = await bench.user('alice');
    expect((await alice.call(method, path, body)).body.code).toBe(code);
  });

  test('paths that end in login are served without a token, for whomever the client claims to be', async () => {
    await using bench = await startBench();
    const nobody = callerOf(bench.sandbox.url, '');
    const asRoot = await nobody.call('GET', '/queue/my-login', undefined, { 'x-pf-user-name': 'root' });
    expect(asRoot.body.code).toBe('QueueNameNotFound');
    expect((await nobody.get('/queue/my-login')).body.code).toBe('ActionNotAllowed');
  });
});

describe('transport', () => {
  test.each([
    ['GET', '/version/', 404, 'PathNotFound'],
    ['GET', '/nothing', 404, 'PathNotFound'],
    ['DELETE', '/version', 405, 'MethodNotAllowed'],
    ['OPTIONS', '/run', 405, 'MethodNotAllowed'],
    ['PATCH', '/run/run-000001', 405, 'MethodNotAllowed'],
  ])('%s %s is answered by %d %s', async (method, path, status, code) => {
    await using bench = await startBench();
    const answer = await bench.root.call(method, path);
    expect([answer.status, answer.body]).toEqual([status, { requestID: answer.headers.get('x-pf-request-id'), code, message: '' }]);
  });

  test('the request id of the client is echoed in header and error body, else one is made', async () => {
    await using bench = await startBench();
    const named = await bench.root.call('GET', '/run/run-000009', undefined, { 'x-pf-request-id': 'mine-1' });
    expect([named.headers.get('x-pf-request-id'), named.body]).toEqual([
      'mine-1',
      { requestID: 'mine-1', code: 'RunNotFound', message: 'resouceType[run] with ID[run-000009] not found' },
    ]);
    expect((await bench.root.get('/run')).headers.get('x-pf-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('empty bodies have no bytes and a JSON type all the same', async () => {
    await using bench = await startBench();
    await bench.user('alice');
    const answer = await bench.root.call('DELETE', '/user/alice');
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([200, '', 'application/json']);
  });

  test('a file system at glusterfs without a volume ends the connection', async () => {
    await using bench = await startBench();
    await expect(bench.root.post('/fs', { name: 'g', url: 'glusterfs://host/volume' })).rejects.toThrow('fetch failed');
  });

  test.each([
    ['/run?marker=abcd'], // whole bytes, no whole block
    ['/user?user=ghost'],
    ['/log/run/RUN?pageNo=-1'],
    ['/log/run/RUN?pageSize=-5'],
  ])('GET %s ends the connection without an answer', async (path) => {
    await using bench = await startBench();
    const runID = await bench.run(stepYaml());
    await expect(bench.root.get(path.replace('RUN', runID))).rejects.toThrow('fetch failed');
    expect(bench.control.calls().at(-1)?.status).toBeNull();
  });
});

describe('JSON by the rules of Go', () => {
  const yaml = base64(stepYaml());
  test.each([
    ['keys in any case', `{"RUNYAMLRAW": "${yaml}"}`, 201, undefined],
    ['unknown keys', `{"runYamlRaw": "${yaml}", "colour": {"is": "red"}}`, 201, undefined],
    ['null for a default', `{"runYamlRaw": "${yaml}", "name": null, "parameters": null}`, 201, undefined],
    ['the last spelling', `{"runYamlRaw": "!!", "RunYamlRaw": "${yaml}"}`, 201, undefined],
    ['text behind the first value', `{"runYamlRaw": "${yaml}"} trailing`, 201, undefined],
    ['null as an empty object', 'null', 400, 'InvalidArguments'],
    ['a wrong type', '{"name": 7}', 400, 'MalformedJSON'],
    ['an empty body', '', 400, 'MalformedJSON'],
    ['a list', '[]', 400, 'MalformedJSON'],
    ['a byte order mark', `\ufeff{"runYamlRaw": "${yaml}"}`, 400, 'MalformedJSON'],
    ['letters that only Unicode takes for others', `{"runYamlRa\u0077": "${yaml}", "de\u017fc": "x"}`, 201, undefined],
    ['the last of three, two of them spelt alike', `{"runYamlRaw": "!!", "runyamlraw": "?", "runYamlRaw": "${yaml}"}`, 201, undefined],
    ['a null that leaves what stands before it', `{"runYamlRaw": "${yaml}", "RUNYAMLRAW": null}`, 201, undefined],
    [
      'a part that is told twice',
      `{"runYamlRaw": "${yaml}", "failureOptions": {"strategy": "continue"}, "failureoptions": {}}`,
      201,
      undefined,
    ],
    ['a part that is told once, and empty', `{"runYamlRaw": "${yaml}", "failureOptions": {}}`, 400, 'InvalidPipeline'],
    ['a number with a leading zero', `{"runYamlRaw": "${yaml}", "parameters": {"p": 01}}`, 400, 'MalformedJSON'],
    ['an end that is missing', `{"runYamlRaw": "${yaml}"`, 400, 'MalformedJSON'],
    ['more levels than the decoder', `{"parameters": ${'['.repeat(10_001)}`, 400, 'MalformedJSON'],
  ])('POST /run takes or refuses %s', async (_what, body, status, code) => {
    await using bench = await startBench();
    const answer = await bench.root.call('POST', '/run', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('the text for an empty body depends on the decoder', async () => {
    await using bench = await startBench();
    expect((await bench.root.call('POST', '/run', '')).body.message).toBe('EOF');
    expect((await bench.root.call('POST', '/flavour', '')).body.message).toBe('unexpected end of JSON input');
  });

  test.each([
    ['POST', '/user', 400, 'MalformedJSON'],
    ['POST', '/grant', 400, 'MalformedJSON'],
    ['PUT', '/queue/default-queue', 400, 'MalformedJSON'],
    ['POST', '/flavour', 400, 'MalformedJSON'],
    ['POST', '/fs', 400, 'MalformedJSON'],
    ['PUT', '/run/run-000001?action=stop', 400, 'MalformedJSON'],
    ['POST', '/pipeline', 400, 'InvalidHTTPRequest'],
    ['POST', '/cluster', 500, ''],
    ['PUT', '/cluster/default-cluster', 500, ''],
  ])('a broken body for %s %s is %d "%s"', async (method, path, status, code) => {
    await using bench = await startBench();
    const answer = await bench.root.call(method, path, '{"a"');
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test.each(['1.0', '1e3', '300', '3'])('the concurrency of a schedule is a whole number, so that %s is one or not', async (number) => {
    await using bench = await startBench();
    await bench.root.post('/pipeline', { yamlRaw: yaml });
    const body = `{"name": "odd", "pipelineID": "ppl-000001", "pipelineVersionID": "1", "crontab": "@daily", "concurrency": ${number}}`;
    expect((await bench.root.call('POST', '/schedule', body)).status).toBe(/^\d+$/.test(number) ? 201 : 400);
  });

  test.each(['9007199254740993', '1.0', '1e400', '-0', '1E+2', '0.10', '123456789012345678901234567890'])(
    'the number %s of a parameter reaches the job and comes back as it was sent',
    async (number) => {
      await using bench = await startBench();
      const withParameter = stepYaml().replace(
        '    command:',
        '    parameters: {p: 1, l: [1]}\n    env: {P: "{{p}}", L: "{{l}}"}\n    command:',
      );
      const sent = `{"runYamlRaw": "${base64(withParameter)}", "parameters": {"p": ${number}, "l": [${number}, "x"]}}`;
      const { runID } = (await bench.root.call('POST', '/run', sent)).body;
      bench.control.advance(100);
      const { text, body: detail } = await bench.root.get(`/run/${runID}`);
      expect(text).toContain(`"parameters":{"l":[${number},"x"],"p":${number}}`);
      expect(detail.runtime['main']?.[0]?.['env']).toMatchObject({ P: number, L: `[${number} x]` });
    },
  );

  test('keys of maps come sorted by their bytes, those that look like numbers too, wherever a server of Go prints a map', async () => {
    await using bench = await startBench();
    const location = { b: '1', '10': '2', '9': '3', B: '4', ä: '5' };
    await bench.root.post('/queue', { name: 'q', namespace: 'ml', quotaType: 'volcanoCapabilityQuota', location });
    expect((await bench.root.get('/queue/q')).text).toContain('"location":{"10":"2","9":"3","B":"4","b":"1","ä":"5"}');
    const yamlOfTwo = 'name: two\ndocker_env: b\nentry_points:\n  zeta: {command: x, env: {Z: 1, A: 2}}\n  alpha: {command: x}\n';
    const runID = await bench.run(yamlOfTwo);
    bench.control.advance(100);
    expect(Object.keys((await bench.root.get(`/run/${runID}`)).body.runtime)).toEqual(['alpha', 'zeta']);
  });

  test('a query with a semicolon or a broken escape loses that pair', async () => {
    await using bench = await startBench();
    expect((await bench.root.get('/run?maxKeys=0;1')).status).toBe(200);
    expect((await bench.root.get('/run?maxKeys=%zz')).status).toBe(200);
    expect((await bench.root.get('/run?maxKeys=7&maxKeys=0')).body.maxKeys).toBe(7);
    expect((await bench.root.get('/run?maxKeys=')).body.maxKeys).toBe(50);
    for (const value of ['0x10', '1.5', '%205', '1001', '-1'])
      expect((await bench.root.get(`/run?maxKeys=${value}`)).body.message).toBe(`maxKeys[${decodeURIComponent(value)}] is invalid`);
  });

  test.each([
    ['/run?marker=zz', 400, 'InvalidMarker', "encoding/hex: invalid byte: U+007A 'z'"],
    ['/run?marker=abc', 400, 'InvalidMarker', 'encoding/hex: odd length hex string'],
    [`/runCache?marker=${'0'.repeat(32)}`, 400, 'InvalidMarker', 'AesDecrypt PKCS7UnPadding failed as input data illegal'],
    ['/pipeline?marker=abc', 400, 'InvalidMarker', 'DecryptPk marker[abc] failed. err:[encoding/hex: odd length hex string]'],
    ['/queue?marker=abc', 400, 'InvalidMarker', 'The marker is invalid'],
    ['/flavour?marker=abc', 500, '', 'encoding/hex: odd length hex string'],
  ])('GET %s is refused by %d "%s": %s', async (path, status, code, message) => {
    await using bench = await startBench();
    const answer = await bench.root.get(path);
    expect([answer.status, answer.body.code, answer.body.message]).toEqual([status, code, message]);
  });

  test('numbers in the parameters of a run keep the form in which they were sent', async () => {
    await using bench = await startBench();
    const withParameter = stepYaml().replace('    command', '    parameters: {p: 1}\n    command');
    const body = `{"runYamlRaw": "${base64(withParameter)}", "parameters": {"p": 2.50}}`;
    const { runID } = (await bench.root.call('POST', '/run', body)).body;
    expect((await bench.root.get(`/run/${runID}`)).text).toContain('"parameters":{"p":2.50}');
  });
});
