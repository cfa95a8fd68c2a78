import { defineConfig } from 'vitest/config';

/** Workspace packages are taken from their sources: tests need no build. */
const conditions = ['botloom-source', 'module', 'node', 'development|production'];

const sources = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['botloom-source', 'node'] }, noExternal: [/^@botloom\//] },
};

export default defineConfig({
  ...sources,
  test: {
    projects: [
      {
        ...sources,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'examples/*/src/**/*.test.ts'],
        },
      },
    ],
  },
});
