import { SECRET_MEMBER } from '../../engine/index.ts';
import type { JsonObject, JsonValue } from '../../model/index.ts';
import type { SecretStore } from '../../storage/index.ts';

/** The bot does not have the secret that a call names, or not any more. */
export class MissingSecretError extends Error {
  constructor(name: string) {
    super(`the bot has no secret "${name}"`);
    this.name = 'SecretMissing';
  }
}

/** The only parameter that may be a secret. In any other parameter, a reference to a secret is plain data. */
const SECRET_PARAMETER = 'provider_token';

/**
 * Replaces the reference to a secret of the bot by its value. Most calls have none and are returned synchronously.
 *
 * @throws SecretMissing - when the bot has no such secret
 * @throws STORAGE_UNAVAILABLE
 */
export function resolveSecretParameter(
  bot_id: string,
  payload: JsonObject,
  secrets: Pick<SecretStore, 'open'>,
): JsonObject | Promise<JsonObject> {
  const name = secretNameIn(payload[SECRET_PARAMETER]);
  return name === null ? payload : resolveSecret(bot_id, payload, name, secrets);
}

async function resolveSecret(
  bot_id: string,
  payload: JsonObject,
  name: string,
  secrets: Pick<SecretStore, 'open'>,
): Promise<JsonObject> {
  const value = (await secrets.open(bot_id, [name])).get(name);
  if (value === undefined) throw new MissingSecretError(name);
  return { ...payload, [SECRET_PARAMETER]: value };
}

function secretNameIn(value: JsonValue | undefined): string | null {
  const name = typeof value === 'object' && value !== null && SECRET_MEMBER in value ? value[SECRET_MEMBER] : null;
  return typeof name === 'string' ? name : null;
}
