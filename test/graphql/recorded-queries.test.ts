import { readdir, readFile } from 'node:fs/promises';
import { isObjectType, parse, specifiedRules, validate } from 'graphql';
import { expect, test } from 'vitest';
import { UnconditionalSubscriptionsRule } from '../../src/graphql/subscription-rule.ts';
import { createSchema } from '../../src/schema.ts';

const schema = createSchema();
const folder = new URL('../cases/queries/', import.meta.url);
const files = (await readdir(folder)).filter((file) => file.endsWith('.graphql'));
/** A file may hold several documents, one a line. */
const documents = await Promise.all(
  files.map(async (file) => {
    const lines = (await readFile(new URL(file, folder), 'utf8')).split('\n');
    return lines.flatMap((line, index) => (/^\s*(#|$)/.test(line) ? [] : [{ name: `${file}:${index + 1}`, text: line }]));
  }),
);
const atTheRoot = ['@include is not allowed on a field at the root of a subscription.'];
/** What is wrong with those that must be refused; `dates.graphql` is, for three of its four moments. */
const refused: Record<string, string[]> = {
  'root-include.graphql:1': atTheRoot,
  'root-include.graphql:2': atTheRoot,
  'dates.graphql:1': ['2026-02-30T00:00:00Z', '2026-04-31T12:00:00+08:00', '2026-11-20T24:00:00Z'].map(
    (time) => `Not an RFC 3339 time with a zone: "${time}"`,
  ),
};
/** graphql-js throws on a variable where there must be none. */
const rulesFor = (name: string) => (name.startsWith('root-include') ? [UnconditionalSubscriptionsRule] : specifiedRules);

test.each(documents.flat())('the recorded query $name is taken, or refused for what is wrong with it', ({ name, text }) => {
  const errors = validate(schema, parse(text), rulesFor(name));
  expect(errors.map(({ message }) => message)).toEqual(refused[name] ?? []);
});

test('whatever a stream brings can be selected together: one name, one type', () => {
  const items = schema.getType('StreamItem');
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const members = types.filter((type) => type.getInterfaces().some((one) => one === items));
  expect(members.length).toBeGreaterThan(3);
  const typesOf = new Map<string, Set<string>>();
  for (const { name, type } of members.flatMap((member) => Object.values(member.getFields())))
    typesOf.set(name, (typesOf.get(name) ?? new Set()).add(String(type)));
  expect([...typesOf].filter(([, found]) => found.size > 1)).toEqual([]);
});
