import { checkCoreLayers } from './check-core-layers.ts';
import { checkFolderOrder } from './check-folder-order.ts';
import { checkPackageBoundaries } from './check-package-boundaries.ts';
import { findCycles } from './find-cycles.ts';
import { readSource, type SourceFacts } from './source-file.ts';
import type { Violation } from './violation.ts';

const maxLines = 500;

/**
 * Checks every rule on a tree of TypeScript files.
 *
 * @param files - path relative to the workspace's root, with slashes → text
 * @param entries - paths of the packages' entry files
 */
export function checkTree(files: ReadonlyMap<string, string>, entries: ReadonlySet<string>): Violation[] {
  const all = [...files].map(([file, text]) => readSource(file, text));
  return [
    ...all.flatMap((facts) => [
      ...checkCoreLayers(facts),
      ...checkPackageBoundaries(facts),
      ...checkFolderOrder(facts),
      ...checkLength(facts),
      ...(entries.has(facts.file) ? checkEntry(facts) : []),
    ]),
    ...findCycles(all),
  ];
}

function checkLength({ file, line_count, is_generated }: SourceFacts): Violation[] {
  if (is_generated || line_count <= maxLines) return [];
  return [{ file, line: maxLines + 1, rule: `${line_count} lines: a file has at most ${maxLines}` }];
}

function checkEntry({ file, imports }: SourceFacts): Violation[] {
  return imports
    .filter((site) => site.re_exports_all)
    .map(({ line }) => ({ file, line, rule: 'an entry names what it exports: no `export *`' }));
}
