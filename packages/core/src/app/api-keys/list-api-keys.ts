import type { ApiKey, Page, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { pageInput, type PageInput } from '../page-input.ts';

/** API keys without the keys themselves, newest first, also those that have expired. Raises CURSOR_INVALID. */
export async function listApiKeys({ storage }: AppContext, scope: Scope, input: PageInput = {}): Promise<Page<ApiKey>> {
  return storage.api_keys.list(scope, checkInput(pageInput, input));
}
