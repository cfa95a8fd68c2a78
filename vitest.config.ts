import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const setup = 'packages/contract-tests/src/setup';
const postgres = `${setup}/postgres.global.ts`;
const chromium = `${setup}/chromium.global.ts`;
const smallService = `${setup}/small-service.global.ts`;

export default defineConfig({
  // Workspace packages are taken from their sources: tests need no build.
  resolve: { conditions: ['botloom-source', 'node'] },
  ssr: {
    resolve: { conditions: ['botloom-source', 'node'], externalConditions: ['botloom-source', 'node'] },
    noExternal: [/^@botloom\//],
  },
  test: {
    // Time limits leave room for a machine that runs other programs too: no test relies on being fast.
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'examples/*/src/**/*.test.ts'],
          testTimeout: 60_000,
          // No module keeps state, so files may share the loaded modules: half the processor time.
          isolate: false,
        },
      },
      contractTests('storage', [postgres]),
      contractTests('http', [postgres]),
      // Journeys wait for leases and for processes that start: a third one uses the processors meanwhile.
      contractTests('journeys', [postgres, smallService], {
        testTimeout: 240_000,
        maxWorkers: 3,
        sequence: { groupOrder: 1 },
      }),
      contractTests('browser', [postgres, chromium], { testTimeout: 240_000 }),
    ],
    maxWorkers: 2,
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 120_000,
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
      testTimeout: 180_000,
      ...options,
    },
  };
}
