import { spawnSync } from 'node:child_process';
import { workspaceRoot } from '../workspace.ts';

/** Returns the commit that changes are counted from: where the branch left `main`, or HEAD without such a branch. */
export function changedSince(): string {
  for (const main of ['origin/main', 'main']) {
    const { status, stdout } = spawnSync('git', ['merge-base', 'HEAD', main], { cwd: workspaceRoot, encoding: 'utf8' });
    if (status === 0) return stdout.trim();
  }
  return 'HEAD';
}
