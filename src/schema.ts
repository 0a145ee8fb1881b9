import { GraphQLSchema } from 'graphql';
import { backends } from './backends.ts';
import { builder } from './graphql/builder.ts';
import './graphql/nodes.ts';
import { startingPage } from './graphql/starting-page.ts';
import './problem/problem.schema.ts';
import './execution/schema.ts';
import './execution/list.schema.ts';
import './execution/stream.schema.ts';
import './viewer/schema.ts';
import './source/schema.ts';
import type { Backend } from './source/backend.ts';
import { nameKinds } from './source/kind.schema.ts';

let made: GraphQLSchema | undefined;
/**
 * The whole graph: what all backends share adds its types by being imported here, and each backend its own by being imported itself. Made once: nobody
 * changes it, and it takes a while.
 */
export function createSchema(of: readonly Backend[] = backends): GraphQLSchema {
  nameKinds(of);
  return (made ??= new GraphQLSchema({ ...builder.toSchema().toConfig(), description: startingPage }));
}
