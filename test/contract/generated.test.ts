import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from '@graphql-codegen/cli';
import { expect, test } from 'vitest';
import config from '../../codegen.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('test/generated is what schema and operations give (else: npm run codegen)', async () => {
  const files: { filename: string; content: string }[] = await generate({ ...config, cwd: root, silent: true }, false);
  const generated = Object.fromEntries(files.map(({ filename, content }) => [basename(filename), content]));
  const names = await readdir(join(root, 'test/generated'));
  const committed = await Promise.all(names.map(async (name) => [name, await readFile(join(root, 'test/generated', name), 'utf8')]));
  expect(Object.fromEntries(committed)).toEqual(generated);
});
