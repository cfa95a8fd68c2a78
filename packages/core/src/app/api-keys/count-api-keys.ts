import type { Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { requireUnconfined } from './require-unconfined.ts';

/**
 * Returns the number of API keys.
 *
 * @throws FORBIDDEN - in a scope that is confined to an owner
 */
export async function countApiKeys({ storage }: AppContext, scope: Scope): Promise<number> {
  requireUnconfined(scope);
  return storage.api_keys.count();
}
