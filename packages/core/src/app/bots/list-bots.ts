import type { Bot, Page, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { pageInput, type PageInput } from '../page-input.ts';

/**
 * Lists bots, newest first.
 *
 * @throws VALIDATION_FAILED, CURSOR_INVALID
 */
export async function listBots({ storage }: AppContext, scope: Scope, input: PageInput = {}): Promise<Page<Bot>> {
  return storage.bots.list(scope, checkInput(pageInput, input));
}
