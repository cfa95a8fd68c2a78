import type { ApiKey, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { hashApiKey, hasValidKeyFormat } from './api-key-format.ts';
import { requireUnconfined } from './require-unconfined.ts';

/**
 * Returns the record of an API key, or null for a key that is unknown, revoked or expired. It is read from the database
 * each time, so that a revoked key stops working at once.
 *
 * @throws FORBIDDEN - in a scope that is confined to an owner
 * @throws STORAGE_UNAVAILABLE
 */
export async function findApiKey({ storage }: AppContext, scope: Scope, key: string): Promise<ApiKey | null> {
  requireUnconfined(scope);
  return hasValidKeyFormat(key) ? storage.api_keys.findByHash(hashApiKey(key)) : null;
}
