import { z } from 'zod';
import { uuid, type Answer, type Page, type Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { pageInput } from '../page-input.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const name = z
  .string()
  .regex(/^[^\p{Cc}\p{Cs}]{1,256}$/u, 'must have 1 to 256 characters, none of them a control character');
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
 * What people answered to the questions of a bot, newest first. Raises BOT_NOT_FOUND, CURSOR_INVALID.
 *
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
