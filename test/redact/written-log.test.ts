import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../support/database.ts';

const program = fileURLToPath(new URL('failing-writer.ts', import.meta.url));

test('the lines that are written hold neither what was to be stored nor a secret, and still say what has failed', async () => {
  await using database = await createTestDatabase();
  const { stderr, stdout } = await promisify(execFile)(process.execPath, [program, database.url]);
  expect(stdout).toBe('');
  const lines = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string; err?: { message: string; cause?: { code: string } } });
  expect(lines.map(({ msg }) => msg)).toEqual([
    expect.stringMatching(/^Failed query: insert into "line"/),
    'a resolver',
    expect.stringContaining('refused ***'),
    'the leader said token=***',
  ]);
  expect(lines[0]?.err?.cause?.code).toBe('23514');
  const { password } = new URL(database.url);
  for (const secret of [
    'a user has written',
    'the-password-of-prod',
    'beside-the-error',
    'the-token-of-somebody',
    decodeURIComponent(password),
  ])
    expect(stderr).not.toContain(secret);
});
