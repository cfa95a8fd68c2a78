import { type z } from 'zod';
import { uuid, waitReason, type Page, type Scope, type SessionRecord } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { pageInput } from '../page-input.ts';

const schema = pageInput.extend({
  user_id: uuid.optional(),
  /** What they wait for; `person`: nothing but what the person does. */
  wait_reason: waitReason.optional(),
});
export type ListSessionsInput = z.input<typeof schema>;

/** Who stands where: the sessions of a bot that are in a flow, by chat. A page may hold fewer than its limit and still have a next one. Raises BOT_NOT_FOUND, CURSOR_INVALID. */
export async function listSessions(
  { storage }: AppContext,
  scope: Scope,
  bot_id: string,
  input: ListSessionsInput = {},
): Promise<Page<SessionRecord>> {
  const { cursor, limit, ...filter } = checkInput(schema, input);
  return storage.sessions.list(scope, bot_id, filter, { cursor, limit });
}
