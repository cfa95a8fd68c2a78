/** @type {Partial<import('typedoc').TypeDocOptions>} */
const config = {
  name: 'Botloom',
  entryPoints: [
    'packages/core/src/index.ts',
    'packages/core/src/sqlite.ts',
    'packages/core/src/postgres.ts',
    'packages/core/src/flow/index.ts',
    'packages/core/src/http/index.ts',
    'packages/core/src/client/index.ts',
    'packages/express/src/index.ts',
    'packages/fastify/src/index.ts',
    'packages/fake-telegram/src/index.ts',
    'packages/testing/src/index.ts',
    'packages/testing/src/storage-conformance.ts',
    'packages/testing/src/http-conformance.ts',
  ],
  tsconfig: 'tsconfig.json',
  out: 'docs/reference/api',
  excludeInternal: true,
  excludePrivate: true,
  includeVersion: false,
  readme: 'none',
  githubPages: false,
};

export default config;
