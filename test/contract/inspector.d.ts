/** As much of it as `changes.test.ts` uses: the types that it brings are checked with it, and pull in what is not ours to check. */
declare module '@graphql-inspector/core' {
  import type { GraphQLSchema } from 'graphql';
  export const CriticalityLevel: { readonly Breaking: 'BREAKING' };
  export function diff(
    older: GraphQLSchema,
    newer: GraphQLSchema,
  ): Promise<{ readonly path?: string; readonly message: string; readonly criticality: { readonly level: string } }[]>;
}
