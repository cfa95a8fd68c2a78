import { z } from 'zod';
import type { BotUser, Page, Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { pageInput } from '../page-input.ts';

const schema = pageInput.extend({
  /** Beginning of username, first name or last name. */
  search: z.string().min(1).max(128).optional(),
  is_blocked: z.boolean().optional(),
});
export type ListUsersInput = z.input<typeof schema>;

/** The people of a bot, last active first. Raises BOT_NOT_FOUND, CURSOR_INVALID. */
export async function listUsers({ storage }: AppContext, scope: Scope, bot_id: string, input: ListUsersInput = {}): Promise<Page<BotUser>> {
  const { cursor, limit, ...filter } = checkInput(schema, input);
  return storage.users.list(scope, bot_id, filter, { cursor, limit });
}
