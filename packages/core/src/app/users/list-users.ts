import { z } from 'zod';
import { USER_LIMITS, type BotUser, type Page, type Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { pageInput } from '../page-input.ts';

const schema = pageInput.extend({
  /** Beginning of the username, first name or last name. */
  search: z.string().min(1).max(128).optional(),
  is_blocked: z.boolean().optional(),
  /** Only users with this tag, sorted by ID. */
  tag: z.string().min(1).max(USER_LIMITS.tag).optional(),
});
export type ListUsersInput = z.input<typeof schema>;

/**
 * Lists the users of a bot, last active first; with a tag, sorted by ID.
 *
 * @throws VALIDATION_FAILED, BOT_NOT_FOUND, CURSOR_INVALID
 */
export async function listUsers(
  { storage }: AppContext,
  scope: Scope,
  bot_id: string,
  input: ListUsersInput = {},
): Promise<Page<BotUser>> {
  const { cursor, limit, ...filter } = checkInput(schema, input);
  return storage.users.list(scope, bot_id, filter, { cursor, limit });
}
