import type { AppContext } from '../app-context.ts';

/**
 * Checks that the database is reachable and migrated. Calls within one second share one check.
 *
 * @throws STORAGE_UNAVAILABLE
 */
export async function checkReady({ readiness }: AppContext): Promise<{ readonly status: 'ready' }> {
  await readiness();
  return { status: 'ready' };
}
