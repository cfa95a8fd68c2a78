import type { Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';

/**
 * Removes a secret of a bot. Steps that use it fail after that.
 *
 * @throws BOT_NOT_FOUND, SECRET_NOT_FOUND
 */
export function removeSecret({ storage }: AppContext, scope: Scope, bot_id: string, name: string): Promise<void> {
  return storage.secrets.remove(scope, bot_id, name);
}
