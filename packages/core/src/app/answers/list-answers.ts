import { z } from 'zod';
import { instant, uuid, type Answer, type Page, type Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { pageInput } from '../page-input.ts';

const name = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,256}$/u, 'must have 1 to 256 characters and no control characters');
const schema = pageInput.extend({
  user_id: uuid.optional(),
  flow_id: uuid.optional(),
  step_id: name.optional(),
  variable: name.optional(),
  /** ISO-8601, inclusive. */
  from: instant.optional(),
  /** ISO-8601, exclusive. */
  to: instant.optional(),
});
export type ListAnswersInput = z.input<typeof schema>;

/**
 * Lists the answers to the questions of a bot, newest first.
 *
 * @throws VALIDATION_FAILED, BOT_NOT_FOUND, CURSOR_INVALID
 * @example
 * const { items } = await botloom.answers.list(bot_id, { flow_id, variable: 'age' });
 * const ages = items.map(({ value }) => value); // [31, 27]
 */
export async function listAnswers(
  { storage }: AppContext,
  scope: Scope,
  bot_id: string,
  input: ListAnswersInput = {},
): Promise<Page<Answer>> {
  const { cursor, limit, ...filter } = checkInput(schema, input);
  return storage.answers.list(scope, bot_id, filter, { cursor, limit });
}
