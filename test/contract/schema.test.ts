import { readFile } from 'node:fs/promises';
import { isEnumType, isInputObjectType, isIntrospectionType, isInterfaceType, isObjectType, isSpecifiedScalarType } from 'graphql';
import { expect, test } from 'vitest';
import { printContract } from '../../schema/print.ts';
import { createSchema } from '../../src/schema.ts';

const schema = createSchema();

/** Everything a client can see in the schema, by its coordinate. */
function* described(): Generator<{ name: string; about: string; description: string }> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    yield { name: type.name, about: type.name, description: type.description ?? '' };
    if (isEnumType(type)) {
      for (const { name, description } of type.getValues())
        yield { name: `${type.name}.${name}`, about: name, description: description ?? '' };
    }
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const name = `${type.name}.${field.name}`;
      yield { name, about: `${type.name} ${field.name} ${String(field.type)}`, description: field.description ?? '' };
      if (!('args' in field)) continue;
      for (const arg of field.args)
        yield { name: `${name}(${arg.name}:)`, about: `${field.name} ${arg.name}`, description: arg.description ?? '' };
    }
  }
}

const stem = (word: string) => word.toLowerCase().replace(/(?<=...)(ed|es|s|e)$/, '');
const fillers = new Set(
  'a an and as for from in is it its of on or that the these this to was what when where which who whose with'.split(' ').map(stem),
);
const wordsOf = (text: string) => (text.replaceAll("'s", '').match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map(stem);

/** "The run's name" for `Run.name` is worse than nothing. */
function saysMore({ about, description }: { about: string; description: string }): boolean {
  const known = new Set(wordsOf(about));
  return wordsOf(description).some((word) => !fillers.has(word) && !known.has(word));
}

test('gateway.graphql is what the code says (else: npm run schema)', async () => {
  expect(await readFile(new URL('../../schema/gateway.graphql', import.meta.url), 'utf8')).toBe(printContract());
});

test('every type, field, argument and value has a description that says more than its name', () => {
  expect(
    [...described()].filter((element) => !saysMore(element)).map(({ name, description }) => `${name}: ${description || '(none)'}`),
  ).toEqual([]);
});

test.each([
  ['Run name', "The run's name.", false],
  ['Run name', 'Names of the run', false],
  ['Run name', '', false],
  ['Run name', 'Not unique.', true],
  ['QUEUED', 'Queued.', false],
])('%s described as %j says more than its name: %j', (about, description, expected) => {
  expect(saysMore({ about, description })).toBe(expected);
});
