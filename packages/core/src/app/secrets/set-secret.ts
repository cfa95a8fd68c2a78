import { z } from 'zod';
import { SECRET_LIMITS, SECRET_NAME_PATTERN, type Scope, type Secret } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';

const schema = z.strictObject({
  name: z.string().regex(SECRET_NAME_PATTERN, 'must have up to 64 letters, digits and _, and not begin with a digit'),
  value: z.string().min(1).max(SECRET_LIMITS.value),
});

/**
 * Stores a secret of a bot, or replaces its value.
 *
 * @throws VALIDATION_FAILED, BOT_NOT_FOUND
 */
export async function setSecret(
  { storage }: AppContext,
  scope: Scope,
  bot_id: string,
  name: string,
  value: string,
): Promise<Secret> {
  const checked = checkInput(schema, { name, value });
  return storage.secrets.set(scope, bot_id, checked.name, checked.value);
}
