import type { Page, Scope, Secret } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { pageInput, type PageInput } from '../page-input.ts';

/**
 * Lists the names of a bot's secrets, sorted by name. Values are never returned.
 *
 * @throws VALIDATION_FAILED, BOT_NOT_FOUND, CURSOR_INVALID
 */
export async function listSecrets(
  { storage }: AppContext,
  scope: Scope,
  bot_id: string,
  input: PageInput = {},
): Promise<Page<Secret>> {
  const { cursor, limit } = checkInput(pageInput, input);
  return storage.secrets.list(scope, bot_id, { cursor, limit });
}
