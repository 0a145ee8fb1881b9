import { readdir, readFile } from 'node:fs/promises';
import { parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from '../../../../src/schema.ts';
import { pageRows, shownOperations } from './page.ts';

const folder = new URL('../../../../schema/operations/', import.meta.url);
const names = (await readdir(folder)).map((file) => file.replace(/\.graphql$/, ''));
const schema = createSchema();

/** Told of on the page of another backend, or about work of all kinds. */
const others = await readFile(new URL('../../../../docs/datastory.md', import.meta.url), 'utf8');
const ofOthers = (name: string) => name.endsWith('Executions') || others.includes(`schema/operations/${name}.graphql`);

test.each(pageRows)('$call: its fields and its examples are there', ({ fields, operations }) => {
  expect(fields).not.toEqual([]);
  expect(fields.filter((path) => !isThere(path))).toEqual([]);
  expect(operations).not.toEqual([]);
  expect(operations.filter((name) => !names.includes(name))).toEqual([]);
});

/** `User.runs`, or a field of one of the three roots. */
function isThere(path: string): boolean {
  const [field = '', ...types] = path.split('.').toReversed();
  const owners = types.length === 0 ? ['Query', 'Mutation', 'Subscription'] : types;
  return owners.some((name) => {
    const type = schema.getType(name);
    return type !== undefined && 'getFields' in type && field in type.getFields();
  });
}

test('every operation is an example of some row, and every row shows one', async () => {
  expect([...new Set(pageRows.flatMap(({ operations }) => operations))].toSorted()).toEqual(
    names.filter((name) => !ofOthers(name)).toSorted(),
  );
  const texts = new Map(
    await Promise.all(
      names.map(async (name) => [withoutComments(await readFile(new URL(`${name}.graphql`, folder), 'utf8')), name] as const),
    ),
  );
  const shown = shownOperations.map((text) => texts.get(withoutComments(text)) ?? text);
  expect(pageRows.filter(({ operations }) => !operations.some((name) => shown.includes(name)))).toEqual([]);
  expect(shown).toHaveLength(pageRows.length);
});

const withoutComments = (text: string) => print(parse(text));
