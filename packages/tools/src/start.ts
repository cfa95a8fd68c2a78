import { statSync } from 'node:fs';
import { join } from 'node:path';
import { runStage } from './tasks/run-stage.ts';
import { listFiles, publishedPackages, workspacePackages, workspaceRoot, type WorkspacePackage } from './workspace.ts';

const service = workspacePackages().find(({ folder }) => folder === 'examples/service');
if (!service) throw new Error('examples/service is not there.');

const stale = dependenciesOf(service).filter(isStale);
const results = await runStage(stale.map(quickBuild), 2);
if (results.some(({ ok }) => !ok)) process.exit(1);

// In this process, so that a signal reaches the service itself. It imports the published form of the packages.
await import(join(workspaceRoot, 'examples/service/src/main.ts'));

function dependenciesOf({ manifest }: WorkspacePackage, found = new Set<WorkspacePackage>()): WorkspacePackage[] {
  const names = Object.entries(manifest.dependencies ?? {})
    .filter(([, range]) => range.startsWith('workspace:'))
    .map(([name]) => name);
  for (const dependency of publishedPackages().filter((candidate) => names.includes(candidate.manifest.name))) {
    if ([...found].some((known) => known.folder === dependency.folder)) continue;
    found.add(dependency);
    dependenciesOf(dependency, found);
  }
  return [...found];
}

function isStale({ folder }: WorkspacePackage): boolean {
  const built = modifiedAt(`${folder}/dist/index.js`);
  const sources = [
    ...listFiles(`${folder}/src`, '.ts'),
    `${folder}/package.json`,
    `${folder}/tsup.config.ts`,
    'tsup.base.ts',
  ];
  return built === undefined || sources.some((file) => (modifiedAt(file) ?? 0) > built);
}

function modifiedAt(file: string): number | undefined {
  return statSync(join(workspaceRoot, file), { throwIfNoEntry: false })?.mtimeMs;
}

function quickBuild({ folder, manifest }: WorkspacePackage): Parameters<typeof runStage>[0][number] {
  return {
    name: `build ${manifest.name}`,
    command: ['pnpm', '--dir', folder, 'exec', 'tsup', '--silent'],
    // Declarations take most of a build's time and nothing at run time.
    env: { BOTLOOM_BUILD: 'js' },
  };
}
