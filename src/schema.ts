import type { GraphQLSchema } from 'graphql';
import { builder } from './graphql/builder.ts';
import './domain/problem.schema.ts';
import './domain/execution.schema.ts';
import './domain/viewer/schema.ts';
import './domain/user/schema.ts';
import './domain/source/schema.ts';
import './domain/cluster/schema.ts';
import './domain/queue/schema.ts';
import './domain/queue/mutation.schema.ts';
import './domain/workflow/schema.ts';
import './domain/pipeline/schema.ts';
import './domain/run/schema.ts';
import './domain/run/step.schema.ts';
import './domain/run/list.schema.ts';
import './domain/run/mutation.schema.ts';
import './domain/run/stream.schema.ts';
import './domain/run-log/schema.ts';

/** The whole graph. Each concept adds its types and fields by being imported here. */
export const createSchema = (): GraphQLSchema => builder.toSchema();
