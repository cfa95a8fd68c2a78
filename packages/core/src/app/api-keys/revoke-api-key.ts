import { BotloomError } from '../../errors/index.ts';
import type { Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';

/**
 * Revokes a key, which stops working at once.
 *
 * @throws API_KEY_NOT_FOUND
 */
export async function revokeApiKey({ storage }: AppContext, scope: Scope, id: string): Promise<void> {
  if (!(await storage.api_keys.revoke(scope, id))) throw new BotloomError('API_KEY_NOT_FOUND');
}
