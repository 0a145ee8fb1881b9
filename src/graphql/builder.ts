import SchemaBuilder from '@pothos/core';
import DataloaderPlugin from '@pothos/plugin-dataloader';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import { GraphQLError, Kind } from 'graphql';
import { isAtLeast } from '../auth/viewer.ts';
import type { Context } from '../context.ts';
import { parseDateTime } from '../core/date-time.ts';
import { numberOf } from '../core/exact-number.ts';
import { decodeGlobalId, encodeGlobalId } from './global-id.ts';
import './plain-ids.ts';
import { relayDescriptions } from './relay-descriptions.ts';

export interface SchemaTypes {
  Context: Context;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: true;
  AuthScopes: { viewer: boolean; operator: boolean; admin: boolean };
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date | string };
    Cursor: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
  };
  Connection: object;
}

/** An id may be well made and still name what is no node (yet): Pothos would take that for a mistake in the schema. */
export function decodeNodeId(globalId: string): { typename: string; id: string } {
  const decoded = decodeGlobalId(globalId);
  const config = builder.configStore.typeConfigs.get(decoded.typename);
  const isNode = config?.kind === 'Object' && ['loadOne', 'loadMany', 'loadManyWithoutCache'].some((load) => load in config.pothosOptions);
  if (!isNode) throw badValue(`Nothing of type ${decoded.typename} can be asked for by its id`);
  return decoded;
}

/** The one builder. Plugin order matters: errors wraps what scope-auth and the loaders throw, and all of them what the last one resolves. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ErrorsPlugin, ScopeAuthPlugin, RelayPlugin, DataloaderPlugin, 'plainIds'],
  defaultFieldNullability: false,
  defaultInputFieldRequiredness: true,
  scopeAuth: {
    authScopes: ({ viewer }) => ({
      viewer: viewer.refusal === undefined,
      operator: isAtLeast(viewer, 'operator'),
      admin: isAtLeast(viewer, 'admin'),
    }),
    authorizeOnSubscribe: true, // before the source starts; scope-auth would otherwise look at each event only
    unauthorizedError: (_parent, { viewer }) =>
      viewer.refusal ?? new GraphQLError('Your role does not allow this', { extensions: { code: 'FORBIDDEN' } }),
  },
  relay: {
    encodeGlobalID: (typename, id) => encodeGlobalId(typename, String(id)),
    decodeGlobalID: decodeNodeId,
    clientMutationId: 'omit',
    cursorType: 'Cursor' as 'String', // any type will do for Pothos, whose own types know two of them
    ...relayDescriptions,
    nodesOnConnection: { description: 'The items themselves, for those who need no cursor of each.' },
    nodeQueryOptions: {
      description: 'Any object by its id. Null when it is not there, or not for this viewer.',
      args: { id: { description: 'Global id of any type.' } },
    },
    nodesQueryOptions: false, // see `nodes.ts`
  },
  errors: {
    directResult: true,
    defaultUnionOptions: {
      description:
        'The payload when it was done, otherwise the problem that says why not. Null with an error where neither can be told: the source cannot be reached, or the viewer is not known.',
      name: ({ fieldName }) => `${fieldName[0]?.toUpperCase()}${fieldName.slice(1)}Result`,
    },
  },
});

// Nobody gets anywhere without being known, but for `signIn`, which says so itself.
builder.queryType({ authScopes: { viewer: true }, description: 'Questions that are answered once.' });
builder.mutationType({
  authScopes: { viewer: true },
  description: 'What changes the backends. Problems a client can act on are members of each result; GraphQL errors are outages and bugs.',
});
builder.subscriptionType({
  authScopes: { viewer: true },
  description: 'What is pushed. Every stream takes `after` and goes on from there without seam, gap or repeat.',
});

const badValue = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

function readDateTime(value: unknown): Date {
  const time = typeof value === 'string' ? parseDateTime(value) : undefined;
  if (time === undefined) throw badValue(`Not an RFC 3339 time with a zone: ${JSON.stringify(value)?.slice(0, 200)}`);
  return time;
}

builder.scalarType('DateTime', {
  description:
    'A moment as RFC 3339, in UTC on the way out, with a zone on the way in: `2024-03-05T10:00:10.123Z`. Log lines have nanoseconds; on the way in, ' +
    'what is finer than milliseconds is cut off. A leap second is the moment after it.',
  serialize: (value) => (value instanceof Date ? value.toISOString() : value),
  parseValue: readDateTime,
});
builder.scalarType('Cursor', {
  description:
    'A place in a list or a stream, opaque. Keep the one of the last item you have dealt with, and hand it in as `after`. Pages of events and logs, and the streams that bring them, take the same ones.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value !== 'string') throw badValue('A cursor is a string');
    return value;
  },
});
builder.scalarType('JSON', {
  description:
    'Any JSON value, as the backend keeps it: parameters of runs have no common shape. Numbers go both ways as they are written, however long: `1.0` is not `1`, and `9007199254740993` keeps its last digit.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: function parse(node, variables): unknown {
    if (node.kind === Kind.OBJECT) return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, parse(value, variables)]));
    if (node.kind === Kind.LIST) return node.values.map((value) => parse(value, variables));
    if (node.kind === Kind.VARIABLE) return variables?.[node.name.value];
    if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return numberOf(node.value);
    return node.kind === Kind.NULL ? null : node.value;
  },
});
