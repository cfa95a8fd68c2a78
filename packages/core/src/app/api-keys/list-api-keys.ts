import type { ApiKey, Page, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { pageInput, type PageInput } from '../page-input.ts';

/**
 * Lists the records of API keys, newest first, including expired ones.
 *
 * @throws VALIDATION_FAILED, CURSOR_INVALID
 */
export async function listApiKeys({ storage }: AppContext, scope: Scope, input: PageInput = {}): Promise<Page<ApiKey>> {
  return storage.api_keys.list(scope, checkInput(pageInput, input));
}
