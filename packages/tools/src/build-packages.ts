import { availableParallelism } from 'node:os';
import { runStage } from './tasks/run-stage.ts';
import type { Task } from './tasks/task.ts';
import { publishedPackages } from './workspace.ts';

// A package's build needs no other's: declarations of workspace packages come from their sources.
const results = await runStage(publishedPackages().map(buildTask), Math.min(2, availableParallelism()));
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;

function buildTask({ folder, manifest }: { folder: string; manifest: { name: string } }): Task {
  return { name: `build ${manifest.name}`, command: ['pnpm', '--dir', folder, 'exec', 'tsup', '--silent'] };
}
