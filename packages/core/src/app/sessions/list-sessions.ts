import { type z } from 'zod';
import { uuid, waitReason, type Page, type Scope, type SessionRecord } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { pageInput } from '../page-input.ts';

const schema = pageInput.extend({
  user_id: uuid.optional(),
  /** The reason of the wait. `person`: only the next message or button press of the user. */
  wait_reason: waitReason.optional(),
});
export type ListSessionsInput = z.input<typeof schema>;

/**
 * Lists the sessions of a bot that are in a flow, sorted by chat. A page can have fewer records than its limit and
 * still have a next page.
 *
 * @throws VALIDATION_FAILED, BOT_NOT_FOUND, CURSOR_INVALID
 */
export async function listSessions(
  { storage }: AppContext,
  scope: Scope,
  bot_id: string,
  input: ListSessionsInput = {},
): Promise<Page<SessionRecord>> {
  const { cursor, limit, ...filter } = checkInput(schema, input);
  return storage.sessions.list(scope, bot_id, filter, { cursor, limit });
}
