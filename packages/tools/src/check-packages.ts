import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkTypes } from './packages/check-types.ts';
import { link, linkDependencies, packPackage, type PackedPackage } from './packages/pack-package.ts';
import { publishedPackages, workspaceRoot, type WorkspacePackage } from './workspace.ts';

const project = await realpath(await mkdtemp(join(tmpdir(), 'botloom-packages-')));
try {
  const problems = await check();
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
} finally {
  await rm(project, { recursive: true, force: true });
}

async function check(): Promise<string[]> {
  const sources = publishedPackages();
  const packed = await Promise.all(sources.map((source) => packPackage(join(project, 'store'), source)));
  for (const [index, source] of sources.entries()) {
    const own = packed[index];
    if (!own) continue;
    await linkDependencies(own, source, packed);
    await link(own.folder, join(project, 'node_modules', own.manifest.name));
  }
  for (const [name, path] of typePackages(sources)) await link(path, join(project, 'node_modules', name));
  const specifiers = packed.flatMap(entriesOf);
  const problems = [
    ...packed.flatMap(unpublishedRanges),
    ...(await importAll(specifiers)),
    ...(await checkTypes(project, specifiers)),
  ];
  console.log(`${packed.length} packages, ${specifiers.length} entries, ${problems.length} problems`);
  return problems;
}

function entriesOf({ manifest }: PackedPackage): string[] {
  return Object.keys(manifest.exports ?? {})
    .filter((path) => path !== './package.json')
    .map((path) => manifest.name + path.slice(1));
}

/** Type packages of the peer dependencies, which a user of TypeScript has installed. */
function typePackages(sources: readonly WorkspacePackage[]): Map<string, string> {
  return new Map(
    sources.flatMap(({ folder, manifest }) =>
      Object.keys(manifest.devDependencies ?? {})
        .filter((name) => name.startsWith('@types/'))
        .map((name) => [name, join(workspaceRoot, folder, 'node_modules', name)] as const),
    ),
  );
}

function unpublishedRanges({ manifest }: PackedPackage): string[] {
  return Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies })
    .filter(([, range]) => /^(workspace|catalog|link|file):/.test(range))
    .map(([name, range]) => `${manifest.name} would be published with ${name}@${range}`);
}

/** Imports each entry in a separate process, so that no import relies on modules that another one has loaded. */
async function importAll(specifiers: readonly string[]): Promise<string[]> {
  const problems: string[] = [];
  for (const specifier of specifiers) {
    const args = ['--input-type=module', '-e', `await import(${JSON.stringify(specifier)})`];
    await promisify(execFile)(process.execPath, args, { cwd: project }).catch((error: unknown) => {
      problems.push(`import of ${specifier} failed: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
  return problems;
}
