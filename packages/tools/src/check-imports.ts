import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkTree } from './imports/check-tree.ts';
import { formatViolation } from './imports/violation.ts';
import { listFiles, workspacePackages, workspaceRoot, type WorkspacePackage } from './workspace.ts';

const packages = workspacePackages();
const files = packages
  .flatMap(({ folder }) => listFiles(folder, '.ts'))
  .filter((file) => !file.endsWith('.d.ts') && !file.includes('/fixtures/'));
const violations = checkTree(
  new Map(files.map((file) => [file, readFileSync(join(workspaceRoot, file), 'utf8')])),
  new Set(packages.flatMap(entryFiles)),
);

for (const violation of violations) console.error(formatViolation(violation));
console.log(`${files.length} files, ${violations.length} violations of the import rules`);
process.exitCode = violations.length > 0 ? 1 : 0;

function entryFiles({ folder, manifest }: WorkspacePackage): string[] {
  return Object.values(manifest.exports ?? {}).flatMap((target) => {
    const source = typeof target === 'string' ? undefined : target['botloom-source'];
    return source ? [`${folder}/${source.replace(/^\.\//, '')}`] : [];
  });
}
