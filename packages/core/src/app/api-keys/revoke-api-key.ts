import type { AppContext } from '../app-context.ts';

/** From now on the key opens nothing. Revoking one that does not exist does nothing. */
export async function revokeApiKey({ storage }: AppContext, id: string): Promise<void> {
  await storage.api_keys.revoke(id);
}
