import { writeFile } from 'node:fs/promises';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from '../src/schema.ts';

/** The contract as `gateway.graphql` has it: sorted, so that a diff shows what changed and not what moved. */
export const printContract = (): string => `${printSchema(lexicographicSortSchema(createSchema()))}\n`;

if (import.meta.main) await writeFile(new URL('gateway.graphql', import.meta.url), printContract());
