import {
  getNamedType,
  getOperationAST,
  getVariableValues,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  isInputObjectType,
  isListType,
} from 'graphql';
import { isNonNullType, Kind, typeFromAST, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { DocumentNode, ExecutionArgs, GraphQLType, GraphQLSchema, ValueNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { ExactNumber, isMap, rounded } from '../core/exact-number.ts';

/** Numbers that were kept as they came reach the fields where any JSON may stand; every other type gets what it has always got. */
export const useExactVariables = (): Plugin => ({
  onExecute: ({ args }) => void Object.assign(args, withExactVariables(args)),
  onSubscribe: ({ args }) => void Object.assign(args, withExactVariables(args)),
});

type Args = Pick<ExecutionArgs, 'schema' | 'document' | 'operationName' | 'variableValues'>;

/** What is to be changed of the arguments: nothing where no variable holds an exact number, which is nearly always. */
export function withExactVariables({ schema, document, operationName, variableValues }: Args): Partial<Args> {
  const given = variableValues ?? {};
  const definitions = holdsExact(given) ? (getOperationAST(document, operationName)?.variableDefinitions ?? []) : [];
  if (definitions.length === 0) return {};
  const plain = everywhereRounded(given) as Record<string, unknown>; // an object stays one
  // Messages repeat a variable that does not fit, and only know plain values.
  if (getVariableValues(schema, definitions, plain, { maxErrors: 1 }).errors) return { variableValues: plain };
  const types = new Map(definitions.map(({ variable, type }) => [variable.name.value, typeFromAST(schema, type)]));
  const fitting = Object.entries(given).map(([name, value]) => [name, fitted(value, types.get(name))]);
  return { variableValues: Object.fromEntries(fitting), document: withNumbersInJson(document, schema, types, given) };
}

const holdsExact = (value: unknown): boolean => value instanceof ExactNumber || membersOf(value).some(holdsExact);
const membersOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : isMap(value) ? Object.values(value) : []);

function everywhereRounded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(everywhereRounded);
  return isMap(value) ? mapped(value, everywhereRounded) : rounded(value);
}

const mapped = (map: Readonly<Record<string, unknown>>, change: (value: unknown, name: string) => unknown) =>
  Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value, name)]));

function fitted(value: unknown, type: GraphQLType | undefined): unknown {
  if (isNonNullType(type)) return fitted(value, type.ofType);
  if (isListType(type)) return Array.isArray(value) ? value.map((item) => fitted(item, type.ofType)) : fitted(value, type.ofType);
  if (isInputObjectType(type) && isMap(value)) return mapped(value, (item, name) => fitted(item, type.getFields()[name]?.type));
  if (type?.name === 'JSON') return value;
  // As of an id in the query itself, where its digits are the id.
  if (type === GraphQLID && value instanceof ExactNumber && /^-?\d+$/.test(value.text)) return value.text;
  return rounded(value);
}

/**
 * A variable of type `Float` may stand inside of JSON that is written out in the query. There it would be what a double has made of it, so the number
 * itself takes its place.
 */
function withNumbersInJson(
  document: DocumentNode,
  schema: GraphQLSchema,
  types: ReadonlyMap<string, GraphQLType | undefined>,
  given: Readonly<Record<string, unknown>>,
): DocumentNode {
  const info = new TypeInfo(schema);
  const replaced = visitWithTypeInfo(info, {
    Variable({ name: { value: name } }) {
      const type = getNamedType(types.get(name));
      const value = given[name];
      // Inside of JSON nothing has a type.
      if (info.getInputType() !== undefined || (type !== GraphQLFloat && type !== GraphQLInt) || !holdsExact(value)) return undefined;
      return literalOf(value);
    },
  });
  return visit(document, replaced);
}

/** Of numbers, and lists of them. */
function literalOf(value: unknown): ValueNode {
  if (Array.isArray(value)) return { kind: Kind.LIST, values: value.map(literalOf) };
  return value === null ? { kind: Kind.NULL } : { kind: Kind.FLOAT, value: String(value) };
}
