import { BotloomError } from '../../errors/index.ts';
import type { Scope } from '../../model/index.ts';

/**
 * Refuses a scope that is confined to an owner: the calling use case works on the keys of all owners.
 *
 * @throws FORBIDDEN
 */
export function requireUnconfined(scope: Scope): void {
  if (scope.owner !== null)
    throw new BotloomError('FORBIDDEN', 'This is not available in a scope that is confined to an owner.');
}
