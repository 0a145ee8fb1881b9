import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createSchema } from '../../src/schema.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The codes of all errors that the gateway makes, wherever it makes them. */
async function codesOfTheSources(): Promise<string[]> {
  const found = new Set<string>();
  for await (const path of glob('src/**/*.ts', { cwd: root })) {
    if (path.startsWith('src/sandbox/')) continue;
    const text = await readFile(`${root}/${path}`, 'utf8');
    for (const [, code = ''] of text.matchAll(/\bcode: '([A-Z_]+)'/g)) found.add(code);
    for (const [, code = ''] of text.matchAll(/'(GRAPHQL_[A-Z_]+)'/g)) found.add(code);
  }
  return [...found].toSorted();
}

test('every code of an error is told in the README and where the schema begins', async () => {
  const readme = await readFile(`${root}/README.md`, 'utf8');
  const page = createSchema().description ?? '';
  const codes = await codesOfTheSources();
  expect(codes).toContain('INTERNAL');
  expect(codes.filter((code) => !readme.includes(`\`${code}\``) || !page.includes(`\`${code}\``))).toEqual([]);
});
