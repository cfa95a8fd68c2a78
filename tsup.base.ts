import { defineConfig, type Options } from 'tsup';

/**
 * The one way every published package is built: ES modules, source maps, one chunk graph for all its entries.
 *
 * @param entry - output name (without extension) to source file, relative to the package
 * @param options - what this package does besides
 */
export function libraryBuild(
  entry: Readonly<Record<string, string>>,
  options: Pick<Options, 'noExternal' | 'esbuildPlugins'> = {},
): ReturnType<typeof defineConfig> {
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
    ...options,
  });
}

/** The same for browsers, which take it by the condition `browser`; its declarations are the library's. */
export function browserBuild(
  entry: Readonly<Record<string, string>>,
  options: Pick<Options, 'noExternal' | 'esbuildPlugins'>,
): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry: { ...entry },
    outDir: 'dist/browser',
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    sourcemap: true,
    clean: true,
    treeshake: false,
    ...options,
  });
}
