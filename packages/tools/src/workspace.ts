import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The part of a package.json that the tools read. */
export interface Manifest {
  name: string;
  version: string;
  private?: boolean;
  exports?: Record<string, string | Record<string, string>>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** A package of the workspace; `folder` is relative to the root, with slashes. */
export interface WorkspacePackage {
  folder: string;
  manifest: Manifest;
}

/** Absolute path of the workspace's root. */
export const workspaceRoot = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[/\\]$/, '');

/** Returns every package below `packages/` and `examples/`. */
export function workspacePackages(root = workspaceRoot): WorkspacePackage[] {
  return ['packages', 'examples'].flatMap((parent) =>
    readdirSync(join(root, parent))
      .map((name) => `${parent}/${name}`)
      .filter((folder) => isFile(join(root, folder, 'package.json')))
      .map((folder) => ({ folder, manifest: readManifest(join(root, folder, 'package.json')) })),
  );
}

/** Returns the packages that are published to the registry. */
export function publishedPackages(): WorkspacePackage[] {
  return workspacePackages().filter(({ manifest }) => !manifest.private);
}

/**
 * Lists the files below a folder whose names end with `ending`: paths relative to the root, with slashes. Skips
 * installed
 * and built files. Returns an empty list if the folder does not exist.
 */
export function listFiles(folder: string, ending: string, root = workspaceRoot): string[] {
  const start = join(root, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { withFileTypes: true }).flatMap((entry) => {
    const path = relative(root, join(start, entry.name)).split(sep).join('/');
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : listFiles(path, ending, root);
    return entry.name.endsWith(ending) ? [path] : [];
  });
}

const skippedFolders = new Set(['node_modules', 'dist', 'coverage', '.git']);

function readManifest(path: string): Manifest {
  // A package.json of this workspace; pnpm has validated it at installation.
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
