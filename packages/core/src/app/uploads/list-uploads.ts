import type { Page, Scope, Upload } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { pageInput, type PageInput } from '../page-input.ts';

/**
 * Lists the uploads of a bot, newest first.
 *
 * @throws VALIDATION_FAILED, BOT_NOT_FOUND, CURSOR_INVALID
 */
export async function listUploads(
  { storage }: AppContext,
  scope: Scope,
  bot_id: string,
  input: PageInput = {},
): Promise<Page<Upload>> {
  const { cursor, limit } = checkInput(pageInput, input);
  return storage.uploads.list(scope, bot_id, { cursor, limit });
}
