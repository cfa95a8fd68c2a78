import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listFiles, workspaceRoot } from '../workspace.ts';
import { RECIPES, type Recipe } from './recipes.ts';

const read = (file: string): string => readFileSync(join(workspaceRoot, file), 'utf8');
const sections = read('.github/CONTRIBUTING.md').split(/^### /m);
const sources = ['packages', 'examples']
  .flatMap((folder) => listFiles(folder, ''))
  .filter((file) => /\.(ts|md)$/.test(file) && !file.startsWith('packages/tools/src/recipes/'))
  .map((file) => ({ file, text: read(file) }));

/** Paths in the recipe's code spans, with the values of its example. */
function pathsOf({ title, values }: Recipe): string[] {
  const section = sections.find((text) => text.startsWith(`${title}\n`)) ?? '';
  const text = Object.entries(values).reduce((filled, [name, value]) => filled.replaceAll(name, value), section);
  return [...text.matchAll(/`((?:packages|examples|docs)\/[^`\s]+)`/g)].map(([, path = '']) => path);
}

describe.each(RECIPES)('recipe: $title', (recipe) => {
  const paths = pathsOf(recipe);

  test('names files that exist for its example', () => {
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(join(workspaceRoot, path)))).toEqual([]);
  });

  test('names every file that mentions its example', () => {
    const isNamed = (file: string): boolean =>
      paths.some((path) => (path.endsWith('/') ? file.startsWith(path) : file === path));
    const mentioned = sources
      .filter(({ file, text }) => recipe.mention.test(text) && recipe.except?.test(file) !== true)
      .map(({ file }) => file);
    expect(mentioned.length).toBeGreaterThan(0);
    expect(mentioned.filter((file) => !isNamed(file))).toEqual([]);
  });
});
