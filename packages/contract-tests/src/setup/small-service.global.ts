import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';
import './provided-context.ts';

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
/** Botloom's code, and the libraries that this package does not depend on. */
const bundled = /^(@botloom\/|re2js|liquidjs|fastify-plugin|[./])/;

/**
 * Vitest global setup: provides `smallService`, the small service bundled into one file. The crash journeys start it
 * about two hundred times, and a start from the sources takes three times as much processor time.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Inside the package, so that the libraries outside the bundle are found.
  const folder = await mkdtemp(join(packageRoot, 'node_modules', '.small-service-'));
  const file = join(folder, 'small-service.mjs');
  await build({
    entryPoints: [join(packageRoot, 'src/journeys/processes/small-service.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    conditions: ['botloom-source'],
    sourcemap: 'inline',
    // CommonJS libraries call `require`.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [
      {
        name: 'external',
        setup({ onResolve }) {
          onResolve({ filter: /.*/ }, ({ path, kind }) =>
            kind === 'entry-point' || bundled.test(path) ? undefined : { path, external: true },
          );
        },
      },
    ],
  });
  project.provide('smallService', file);
  return () => rm(folder, { recursive: true });
}
