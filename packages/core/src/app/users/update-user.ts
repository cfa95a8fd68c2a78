import type { z } from 'zod';
import { contract } from '../../contract/index.ts';
import { BotloomError, isBotloomError } from '../../errors/index.ts';
import { userDataProblem, type BotUser, type JsonObject, type Scope } from '../../model/index.ts';
import { cleanJson } from '../../telegram/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from '../bots/get-bot.ts';
import { checkInput } from '../check-input.ts';

const schema = contract.users.update.body;
export type UpdateUserInput = z.input<typeof schema>;

/**
 * Changes the given tags and attributes of a user. A tag that is both added and removed is removed.
 *
 * @throws BOT_NOT_FOUND, USER_NOT_FOUND
 * @throws VALIDATION_FAILED - also when the user would exceed the limits
 */
export async function updateUser(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  id: string,
  input: UpdateUserInput,
): Promise<BotUser> {
  const { attributes = {}, add_tags = [], remove_tags = [] } = checkInput(schema, input);
  const change = cleanJson(attributes);
  try {
    return await context.storage.users.change(scope, bot_id, id, (user) => {
      const data = {
        tags: changeTags(user.tags, add_tags, remove_tags),
        attributes: changeAttributes(user.attributes, change),
      };
      const problem = userDataProblem(data);
      if (problem !== null) throw new BotloomError('VALIDATION_FAILED', `${problem}.`);
      return data;
    });
  } catch (error) {
    if (isBotloomError(error) && error.code === 'USER_NOT_FOUND') await getBot(context, scope, bot_id);
    throw error;
  }
}

function changeTags(tags: readonly string[], added: readonly string[], removed: readonly string[]): readonly string[] {
  const gone = new Set(removed);
  return [...new Set([...tags, ...added])].filter((tag) => !gone.has(tag));
}

function changeAttributes(attributes: JsonObject, change: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...attributes, ...change }).filter(([name]) => change[name] !== null));
}
