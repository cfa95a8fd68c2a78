import { z } from 'zod';
import { instant, messageDirection, uuid, type Message, type Page, type Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { pageInput } from '../page-input.ts';

const schema = pageInput.extend({
  user_id: uuid.optional(),
  direction: messageDirection.optional(),
  type: z.string().max(64).optional(),
  /** ISO-8601, inclusive. */
  from: instant.optional(),
  /** ISO-8601, exclusive. */
  to: instant.optional(),
});
export type ListMessagesInput = z.input<typeof schema>;

/**
 * Lists the messages of a bot, newest first.
 *
 * @throws VALIDATION_FAILED, BOT_NOT_FOUND, CURSOR_INVALID
 */
export async function listMessages(
  { storage }: AppContext,
  scope: Scope,
  bot_id: string,
  input: ListMessagesInput = {},
): Promise<Page<Message>> {
  const { cursor, limit, ...filter } = checkInput(schema, input);
  return storage.messages.list(scope, bot_id, filter, { cursor, limit });
}
