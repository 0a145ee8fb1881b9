import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { makeTemporaryFolder } from '../../support/temporary-folder.ts';

function spawnSandbox(settings: NodeJS.ProcessEnv) {
  const usual = { SANDBOX_PORT: '0', SANDBOX_CONTROL_PORT: '0', SANDBOX_CLOCK: 'manual', SANDBOX_SEED: 'empty' };
  return spawn(process.execPath, ['src/sandbox/main.ts'], {
    env: { ...process.env, ...usual, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

test('npm run sandbox serves DataStory too, tells where and with which token, and survives kill -9 with all it had', async () => {
  await using folder = await makeTemporaryFolder('datastory');
  const start = async () => {
    const child = spawnSandbox({ SANDBOX_DATA: folder.path, SANDBOX_DATASTORY: 'idShape=taskId', SANDBOX_DATASTORY_TOKEN: 'ds-token-4' });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { datastory } = JSON.parse(line) as { datastory: { url: string; controlUrl: string; token: string; pid: number } };
    return { child, ...datastory };
  };
  const location = { fileSystemType: 'HDFS', host: 'nn1.example', port: '9870', userName: 'a' };
  const body = {
    inputFileSystemInfo: { ...location, inputPath: '/in' },
    outputFileSystemInfo: { ...location, outputPath: '/out' },
    mailAddress: 'ops@acme.example',
  };
  const first = await start();
  expect(first).toMatchObject({ token: 'ds-token-4', pid: first.child.pid });
  const headers = { authorization: first.token };
  const submit = { method: 'POST', headers, body: JSON.stringify(body) };
  expect(await (await fetch(`${first.url}/api/algorithm/triple/cosmetics/add`, submit)).json()).toEqual({ taskId: 4120077 });
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const second = await start();
  const status = await fetch(`${second.url}/api/algorithm/task/get?taskId=4120077`, { headers });
  expect(await status.json()).toMatchObject({ id: 4120077, status: 'INITIALING' });
  second.child.kill('SIGTERM');
  expect(await once(second.child, 'exit')).toEqual([0, null]);
});

test.each([
  [{ SANDBOX_DATASTORY: 'idShape=elsewhere' }, 'SANDBOX_DATASTORY: idShape is one of id, taskId, data, data-id, data-taskId, bare, none\n'],
  [{ SANDBOX_DATASTORY_PORT: 'x' }, 'SANDBOX_DATASTORY_PORT is not a port, which is a number from 0 to 65535\n'],
])('a mistake in the environment is told in one line: %j', async (settings, said) => {
  const child = spawnSandbox(settings);
  const [[code], words] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
  expect([code, words]).toEqual([1, said]);
});
