import { defineConfig } from 'tsup';

/**
 * Builds a published package: ES modules, source maps, one chunk graph for all its entries. Dependencies stay imports.
 *
 * @param entry - output name (without extension) to source file, relative to the package
 */
export function libraryBuild(entry: Readonly<Record<string, string>>): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry: { ...entry },
    format: 'esm',
    target: 'node22',
    platform: 'neutral',
    sourcemap: true,
    // The build for browsers clears its own folder.
    clean: ['!browser/**'],
    treeshake: false,
    // The quick build of `pnpm start` needs no declarations.
    dts: process.env.BOTLOOM_BUILD !== 'js',
    external: [/^node:/],
  });
}

/** Builds scripts for browsers, without declarations, to `dist/browser`. */
export function browserBuild(entry: Readonly<Record<string, string>>): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry: { ...entry },
    outDir: 'dist/browser',
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    sourcemap: true,
    clean: true,
    treeshake: false,
  });
}
