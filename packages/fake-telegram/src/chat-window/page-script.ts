import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { scriptsFolder } from '../asset-folders.ts';

/**
 * Reads a script of the page, or returns undefined if it does not exist.
 *
 * The published package contains one built script, `app.js`. When the package runs from its sources, which needs no
 * build, each TypeScript file is served under its own name, without its types. Node removes the types, so the package
 * needs no compiler. Node also prints a warning that this feature is experimental: for this reason, the published
 * package is built.
 */
export async function readPageScript(name: string): Promise<string | undefined> {
  if (!/^[a-z-]+\.(js|ts)$/.test(name)) return undefined;
  const built = name.endsWith('.js') ? await readIfPresent(name) : undefined;
  if (built !== undefined) return built;
  const source = await readIfPresent(name.replace(/\.js$/, '.ts'));
  return source === undefined ? undefined : stripTypeScriptTypes(source);
}

async function readIfPresent(name: string): Promise<string | undefined> {
  try {
    return await readFile(new URL(name, scriptsFolder), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
