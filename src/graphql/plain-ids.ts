import SchemaBuilder, { BasePlugin, isThenable, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import { encodeGlobalId } from './global-id.ts';

declare global {
  // eslint-disable-next-line typescript/no-namespace -- how Pothos' plugins make themselves known
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      plainIds: PlainIdsPlugin<Types>;
    }
  }
}

type KeyOf = (parent: object, args: object, context: object, info: unknown) => unknown;
const hasKey = (options: object): options is { readonly id: { readonly resolve: KeyOf } } =>
  'id' in options && typeof options.id === 'object' && options.id !== null && 'resolve' in options.id;

/** The relay plugin makes a promise of each id, and so of all that it is in: of each node of a page, and of each item of a stream. Ours are at hand. */
class PlainIdsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolver: GraphQLFieldResolver<unknown, Types['Context'], object>,
    { name, parentType }: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    const { pothosOptions } = this.buildCache.getTypeConfig(parentType);
    if (name !== 'id' || !hasKey(pothosOptions)) return resolver;
    const { resolve } = pothosOptions.id;
    return (parent, args, context, info) => {
      const key = resolve(parent as object, args, context, info); // a node
      return isThenable(key) ? key.then((one) => encodeGlobalId(parentType, String(one))) : encodeGlobalId(parentType, String(key));
    };
  }
}
SchemaBuilder.registerPlugin('plainIds', PlainIdsPlugin);
