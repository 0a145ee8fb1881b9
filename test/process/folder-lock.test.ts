import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { aloneAt } from '../../src/process/folder-lock.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const program = fileURLToPath(new URL('lock-holder.ts', import.meta.url));
const nobody = '4194304'; // one more than the largest number of a process

const answerOf = async (child: ChildProcess) => (await once(child, 'message'))[0] as unknown;

test('of several processes that find the lock of a dead one, only one at a time gets in', async () => {
  await using folder = await makeTemporaryFolder('tributary-lock');
  const children = [1, 2, 3, 4].map(() => fork(program, { execArgv: [] }));
  onTestFinished(() => children.forEach((child) => child.kill('SIGKILL')));
  await Promise.all(children.map(answerOf));
  for (let round = 0; round < 10; round += 1) {
    const path = join(folder.path, String(round));
    await symlink(nobody, path);
    const answers = children.map(answerOf);
    const at = Date.now() + 50;
    children.forEach((child) => child.send({ path, at }));
    expect(await Promise.all(answers)).toEqual(['alone', 'alone', 'alone', 'alone']);
  }
  expect(await readdir(folder.path)).toEqual([]);
});

test('within one process, too, one at a time gets in, also after one before it that had its number', async () => {
  await using folder = await makeTemporaryFolder('tributary-lock');
  const path = join(folder.path, 'lock');
  await symlink(`${process.pid}.before`, path);
  let inside = 0;
  const most: number[] = [];
  const work = async () => {
    inside += 1;
    await readdir(folder.path);
    most.push(inside);
    inside -= 1;
  };
  await Promise.all([aloneAt(path, work), aloneAt(path, work), aloneAt(path, work)]);
  expect(most).toEqual([1, 1, 1]);
  expect(await readdir(folder.path)).toEqual([]);
});

test('who dies while taking over a lock does not keep it for ever', async () => {
  await using folder = await makeTemporaryFolder('tributary-lock');
  const path = join(folder.path, 'lock');
  await symlink(`${nobody}.a`, path);
  await symlink(`${nobody}.b`, `${path}.${nobody}.a`);
  expect(await aloneAt(path, async () => 'in')).toBe('in');
  expect(await readdir(folder.path)).toEqual([]);
});
