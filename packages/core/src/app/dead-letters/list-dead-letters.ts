import type { Page, Scope } from '../../model/index.ts';
import type { DeadLetter } from '../../storage/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { pageInput, type PageInput } from '../page-input.ts';

/**
 * Lists the updates and jobs that could not be processed, newest first.
 *
 * @throws VALIDATION_FAILED, BOT_NOT_FOUND, CURSOR_INVALID
 */
export async function listDeadLetters(
  { storage }: AppContext,
  scope: Scope,
  bot_id: string,
  input: PageInput = {},
): Promise<Page<DeadLetter>> {
  return storage.dead_letters.list(scope, bot_id, checkInput(pageInput, input));
}
