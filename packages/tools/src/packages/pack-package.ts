import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { workspaceRoot, type Manifest, type WorkspacePackage } from '../workspace.ts';

const run = promisify(execFile);

/** A package as the registry delivers it. */
export interface PackedPackage {
  /** As published: workspace and catalog versions are replaced. */
  manifest: Manifest;
  /** Folder of the unpacked tarball. */
  folder: string;
}

/** Packs a built package and unpacks the tarball to `<store>/<name>/package`. */
export async function packPackage(store: string, { folder, manifest }: WorkspacePackage): Promise<PackedPackage> {
  const home = join(store, manifest.name.replace('/', '-'));
  await mkdir(home, { recursive: true });
  await run('pnpm', ['--dir', join(workspaceRoot, folder), 'pack', '--pack-destination', home], {
    shell: process.platform === 'win32',
  });
  const [tarball] = (await readdir(home)).filter((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error(`${manifest.name} produced no tarball.`);
  await run('tar', ['-xzf', tarball], { cwd: home });
  const unpacked = join(home, 'package');
  // A package.json that pnpm has just written.
  return { manifest: JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')) as Manifest, folder: unpacked };
}

/**
 * Links exactly the declared dependencies into an unpacked package: our packages from the tarballs, others from the
 * workspace's installation. An undeclared import fails, and nothing is downloaded.
 */
export async function linkDependencies(
  packed: PackedPackage,
  source: WorkspacePackage,
  all: readonly PackedPackage[],
): Promise<void> {
  for (const name of Object.keys({ ...packed.manifest.dependencies, ...packed.manifest.peerDependencies })) {
    const own = all.find(({ manifest }) => manifest.name === name);
    const target = own?.folder ?? join(workspaceRoot, source.folder, 'node_modules', name);
    await link(target, join(packed.folder, '..', 'node_modules', name));
  }
}

/** Creates a link to the folder `target` at `path`, and the parent folders of `path`. */
export async function link(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path, 'junction');
}
