import type { Flow, Page, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { pageInput, type PageInput } from '../page-input.ts';

/**
 * Lists the flows of a bot, oldest first.
 *
 * @throws VALIDATION_FAILED, BOT_NOT_FOUND, CURSOR_INVALID
 */
export async function listFlows(
  { storage }: AppContext,
  scope: Scope,
  bot_id: string,
  input: PageInput = {},
): Promise<Page<Flow>> {
  return storage.flows.list(scope, bot_id, checkInput(pageInput, input));
}
