import { readFile } from 'node:fs/promises';

/** The system user a server process runs as. */
export interface Identity {
  uid: number;
  gid: number;
}

/**
 * Returns the user that the PostgreSQL server runs as: the caller, or `nobody` for root, because PostgreSQL refuses to
 * run as root.
 *
 * `nobody` exists on every system, so no user has to be created.
 *
 * @returns undefined if the process's own user can run it
 */
export async function serverIdentity(): Promise<Identity | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const users = await readFile('/etc/passwd', 'utf8');
  const [, , uid, gid] =
    users
      .split('\n')
      .find((line) => line.startsWith('nobody:'))
      ?.split(':') ?? [];
  if (!uid || !gid)
    throw new Error(
      'PostgreSQL cannot run as root and this system has no user "nobody"; set BOTLOOM_TEST_POSTGRES_URL.',
    );
  return { uid: Number(uid), gid: Number(gid) };
}
