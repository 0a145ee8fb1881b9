import { readFile } from 'node:fs/promises';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const changelog = await read('CHANGELOG.md');
const released = await read('schema/released.graphql');

/** `*.source` stands for every field of that name, `*.*.after` for every argument. */
const patternOf = (coordinate: string) => new RegExp(`^${coordinate.replaceAll('.', String.raw`\.`).replaceAll('*', String.raw`\w*`)}$`);
const listedIn = (section: string) => Array.from(section.matchAll(/`([\w*.]+)`/g), ([, coordinate = '']) => patternOf(coordinate));

/** What breaks clients of the older contract and is not told to them. */
async function untold(older: string, newer: string, section: string): Promise<string[]> {
  const changes = await diff(buildSchema(older), buildSchema(newer));
  const listed = listedIn(section);
  return changes
    .filter(
      ({ criticality, path = '' }) => criticality.level === CriticalityLevel.Breaking && !listed.some((pattern) => pattern.test(path)),
    )
    .map(({ path, message }) => `${path}: ${message}`);
}

test('what breaks clients of the last release is listed in CHANGELOG.md', async () => {
  const [, unreleased = ''] = /^## Unreleased$([^]*?)^## \d/m.exec(changelog) ?? [];
  expect(await untold(released, await read('schema/gateway.graphql'), unreleased)).toEqual([]);
});

test('released.graphql is the contract of the last release in CHANGELOG.md, and package.json has its number', async () => {
  const [, version] = /^## (\d\S*)$/m.exec(changelog) ?? [];
  expect(released.split('\n', 1)).toEqual([`# The contract of ${version}`]);
  expect(JSON.parse(await read('package.json'))).toMatchObject({ version });
});

test.each([
  ['a field that went', 'type Query { b: Int }', '', ['Query.a']],
  ['a field that went and is told', 'type Query { b: Int }', '- `Query.a`: `b`', []],
  ['a type that is another', 'type Query { a: String b: Int }', '- `*.b`', ['Query.a']],
  ['a type that is another, told for all of that name', 'type Query { a: String b: Int }', '- `*.a`', []],
  ['what is new', 'type Query { a: Int b: Int c: Int }', '', []],
])('%s is found', async (_what, newer, section, paths) => {
  const found = await untold('type Query { a: Int b: Int }', newer, section);
  expect(found.map((line) => line.split(':', 1)[0])).toEqual(paths);
});
