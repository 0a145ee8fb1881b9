import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from '@graphql-codegen/cli';
import { expect, test } from 'vitest';
import config from '../../codegen.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('test/generated is what schema and operations give (else: npm run codegen)', async () => {
  const files: { filename: string; content: string }[] = await generate({ ...config, cwd: root, silent: true }, false);
  const committed = await readdir(join(root, 'test/generated'));
  expect(committed.map((name) => join('test/generated', name)).toSorted()).toEqual(files.map(({ filename }) => join(filename)).toSorted());
  for (const { filename, content } of files) expect(await readFile(join(root, filename), 'utf8'), filename).toBe(content);
});
