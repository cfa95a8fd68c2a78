import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from './workspace.ts';

/**
 * Path of a file in the optional data folder: `BOTLOOM_SHARED_DIR`, else `../shared` beside the checkout.
 *
 * @param path - below the folder, e.g. `telegram/updates.jsonl`
 * @returns the absolute path, or null if the file does not exist
 */
export function sharedData(path: string): string | null {
  const folder = process.env.BOTLOOM_SHARED_DIR ?? join(workspaceRoot, '..', 'shared');
  const file = join(folder, path);
  return existsSync(file) ? file : null;
}

/** The part of a vitest test context that `sharedDataOrSkip` needs. */
export interface SkippableTest {
  skip: (note?: string) => never;
}

/**
 * Like `sharedData`, but skips the running test with a reason if the file does not exist.
 *
 * @example
 * ```ts
 * test('every real update is accepted', async (context) => {
 *   const updates = await readFile(sharedDataOrSkip('telegram/updates.jsonl', context), 'utf8');
 * });
 * ```
 */
export function sharedDataOrSkip(path: string, test: SkippableTest): string {
  return sharedData(path) ?? test.skip(`the optional data ../shared/${path} is not on this machine`);
}
