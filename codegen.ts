import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types of the operations, and the manifest of documents that a gateway may be told to trust: name of each by the SHA-256 of its text. */
const config: CodegenConfig = {
  schema: 'schema/gateway.graphql',
  documents: 'schema/operations/*.graphql',
  generates: {
    'test/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        defaultScalarType: 'unknown',
        importExtension: '.ts',
        scalars: { DateTime: 'string', Cursor: 'string', JSON: 'unknown' },
      },
    },
  },
};
export default config;
