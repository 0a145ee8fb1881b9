import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startDataStorySandbox } from '../../../src/sandbox/datastory/index.ts';
import type { Entry } from '../../../src/sandbox/datastory/entry.ts';
import { Platform } from '../../../src/sandbox/datastory/platform.ts';
import { createDemoTurn } from '../../../src/sandbox/datastory/seed.ts';
import { openJournal } from '../../../src/sandbox/kit/journal.ts';
import { makeTemporaryFolder } from '../../support/temporary-folder.ts';

const startAt = Date.parse('2026-01-02T11:04:05+08:00');

test('the demo has tasks that ended in every way, one that waits, and some that go on and end', async () => {
  await using sandbox = await startDataStorySandbox({ clock: 'manual', startAt, seed: 'demo' });
  const words = async () => {
    const all: Record<string, number> = {};
    for (const { id } of sandbox.control.tasks()) {
      const headers = { authorization: sandbox.token };
      const answer = await fetch(`${sandbox.url}/api/algorithm/task/get?taskId=${id}`, { headers });
      const { status } = (await answer.json()) as { status: string };
      all[status] = (all[status] ?? 0) + 1;
    }
    return all;
  };
  const ended = { FINISHED: 23, ERROR: 13 };
  expect(await words()).toEqual({ ...ended, INITIALING: 2, RUNNING: 2 });
  sandbox.control.advance(120_000);
  expect(await words()).toEqual({ FINISHED: 26, ERROR: 13, INITIALING: 1 });
  expect(new Set(sandbox.control.mails().map(({ subject }) => subject.replace(/\d+ /, '')))).toEqual(
    new Set(['task went wrong', 'task was cancelled']),
  );
});

test('the demo goes on for ever with a bounded journal, and a restart finds what it kept', async () => {
  await using folder = await makeTemporaryFolder('datastory');
  const open = () => {
    const journal = openJournal<Entry>(folder.path, 'datastory.jsonl');
    return { platform: new Platform({ clock: 'manual', startAt }, journal), close: () => journal.close() };
  };
  const first = open();
  first.platform.submit({ algorithm: 'sentiment', inputPath: '/a', outputPath: '/b', mailAddress: 'a@b.example' });
  const turn = createDemoTurn(first.platform, { kept: 4, rewriteAfter: 10 });
  for (let index = 0; index < 60; index += 1) {
    turn();
    first.platform.advance(60_000);
  }
  const kept = first.platform.tasks();
  expect(kept.map(({ id }) => id - 4_120_077)).toEqual([0, 57, 58, 59, 60]);
  // A turn adds three entries: the task, the end of an older one, the clock.
  expect(readFileSync(`${folder.path}/datastory.jsonl`, 'utf8').split('\n').length).toBeLessThan(3 * 10 + 10);
  first.close();
  const second = open();
  expect(second.platform.tasks()).toEqual(kept);
  expect(second.platform.clock.now()).toBe(startAt + 60 * 60_000);
  expect(second.platform.submit({ algorithm: 'a', inputPath: '/a', outputPath: '/b', mailAddress: 'a@b.example' }).id).toBe(4_120_138);
  second.close();
});
