import { posix } from 'node:path';
import type { SourceFacts } from './source-file.ts';
import type { Violation } from './violation.ts';

/**
 * Finds import cycles among the files. Imports of types count too: a reader could not understand such files one by one.
 *
 * @returns one violation per cycle, at the import that closes it
 */
export function findCycles(all: readonly SourceFacts[]): Violation[] {
  const byFile = new Map(all.map((facts) => [facts.file, facts]));
  const finished = new Set<string>();
  const violations: Violation[] = [];

  const walk = (facts: SourceFacts, path: readonly string[]): void => {
    if (finished.has(facts.file)) return;
    const here = [...path, facts.file];
    for (const site of facts.imports) {
      if (!site.specifier.startsWith('.')) continue;
      const target = byFile.get(posix.join(posix.dirname(facts.file), site.specifier));
      if (!target) continue;
      const start = here.indexOf(target.file);
      if (start === -1) walk(target, here);
      else {
        const cycle = [...here.slice(start), target.file].map((file) => posix.basename(file));
        violations.push({ file: facts.file, line: site.line, rule: `import cycle: ${cycle.join(' → ')}` });
      }
    }
    finished.add(facts.file);
  };

  for (const facts of all) walk(facts, []);
  return violations;
}
