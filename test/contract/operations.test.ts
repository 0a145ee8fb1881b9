import { readdir, readFile } from 'node:fs/promises';
import { getVariableValues, Kind, parse, validate, type OperationDefinitionNode } from 'graphql';
import { expect, test } from 'vitest';
import { readExample, readExamples } from '../../src/graphiql/examples.ts';
import { createSchema } from '../../src/schema.ts';

const schema = createSchema();
const folder = new URL('../../schema/operations/', import.meta.url);
const names = (await readdir(folder)).map((file) => file.replace(/\.graphql$/, ''));

async function read(name: string) {
  const document = parse(await readFile(new URL(`${name}.graphql`, folder), 'utf8'));
  const operations = document.definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const [operation] = operations;
  if (operation === undefined || operations.length > 1) throw new Error(`${name} has ${operations.length} operations`);
  return { document, operation };
}

test.each(names)('%s is one valid operation, named like its file, and its comment has variables that fit', async (name) => {
  const { document, operation } = await read(name);
  expect(operation.name?.value).toBe(name);
  expect(validate(schema, document)).toEqual([]);
  const { variables = {} } = await readExample(name);
  expect(getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors).toBeUndefined();
  const known = operation.variableDefinitions?.map(({ variable }) => variable.name.value);
  expect(known).toEqual(expect.arrayContaining(Object.keys(variables)));
});

test.each([
  ['NewestRuns', 'query', ['first']],
  ['CreateRun', 'mutation', ['input']],
  ['StopRun', 'mutation', ['input']],
  ['RunDetail', 'query', ['id']],
  ['RunLog', 'query', ['id', 'first', 'after']],
  ['FollowRun', 'subscription', ['id', 'after']],
  ['FollowRunLog', 'subscription', ['id', 'after']],
])('%s is a %s that takes %j', async (name, kind, variables) => {
  const { operation } = await read(name);
  expect(operation.operation).toBe(kind);
  expect(operation.variableDefinitions?.map(({ variable }) => variable.name.value)).toEqual(variables);
});

test('GraphiQL opens with a list, a live list, a mutation and a log', async () => {
  expect((await readExamples()).slice(0, 4).map(({ title }) => title)).toEqual(['NewestRuns', 'FollowRuns', 'CreateRun', 'FollowRunLog']);
});
