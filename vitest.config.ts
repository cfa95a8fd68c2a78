import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const setup = 'packages/contract-tests/src/setup';
const postgres = `${setup}/postgres.global.ts`;
const chromium = `${setup}/chromium.global.ts`;

export default defineConfig({
  // Workspace packages are taken from their sources: tests need no build.
  resolve: { conditions: ['botloom-source', 'node'] },
  ssr: {
    resolve: { conditions: ['botloom-source', 'node'], externalConditions: ['botloom-source', 'node'] },
    noExternal: [/^@botloom\//],
  },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['packages/*/src/**/*.test.ts', 'examples/*/src/**/*.test.ts'] },
      },
      contractTests('storage', [postgres]),
      contractTests('http', [postgres]),
      contractTests('journeys', [postgres], { testTimeout: 60_000 }),
      contractTests('browser', [postgres, chromium], { testTimeout: 60_000 }),
    ],
    maxWorkers: 2,
    hookTimeout: 30_000,
  },
});

/** A folder of the contract tests, with the servers that it needs. */
function contractTests(
  name: string,
  globalSetup: string[],
  options: TestProjectInlineConfiguration['test'] = {},
): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [`packages/contract-tests/${name}/**/*.test.ts`],
      globalSetup,
      testTimeout: 20_000,
      ...options,
    },
  };
}
