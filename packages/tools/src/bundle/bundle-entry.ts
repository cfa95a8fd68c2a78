import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** An entry with its dependencies, as a browser loads it. */
export interface Bundle {
  readonly code: string;
  /** Bytes, minified and gzipped. */
  readonly size: number;
}

/**
 * Bundles a file for browsers. Fails on modules of Node.
 *
 * @param file - absolute path of an entry as it is published
 */
export async function bundleEntry(file: string): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`${file} produced no bundle.`);
  return { code: output.text, size: gzipSync(output.contents, { level: 9 }).length };
}
