import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { scriptsFolder } from '../asset-folders.ts';

/**
 * Reads a script of the page, or returns undefined if it does not exist.
 *
 * The published package contains one built script, `app.js`. When the package runs from its sources, which needs no
 * build, the page's TypeScript files are served one by one under their own names, without their types. Node removes the
 * types itself, so the package needs no compiler; it would print a warning about an experimental feature, which is why
 * the published package does not rely on it.
 */
export async function readPageScript(name: string): Promise<string | undefined> {
  if (!/^[a-z-]+\.(js|ts)$/.test(name)) return undefined;
  const built = await readIfPresent(name);
  if (built !== undefined && name.endsWith('.js')) return built;
  const source = built ?? (await readIfPresent(name.replace(/\.js$/, '.ts')));
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
