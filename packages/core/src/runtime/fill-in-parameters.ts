import { SECRET } from '../engine/index.ts';
import type { JsonObject, JsonValue } from '../model/index.ts';
import type { SecretStore } from '../storage/index.ts';

/** A call that cannot be made as it is stored: the bot has no such secret (any more). */
export class SecretMissing extends Error {
  constructor(name: string) {
    super(`the bot has no secret "${name}"`);
    this.name = 'SecretMissing';
  }
}

/**
 * Puts the bot's secrets where the parameters of a call name them. Most calls name none, and wait for nothing.
 *
 * @throws SecretMissing; STORAGE_UNAVAILABLE.
 */
export function fillInParameters(bot_id: string, payload: JsonObject, secrets: Pick<SecretStore, 'open'>): JsonObject | Promise<JsonObject> {
  const named = Object.entries(payload).flatMap(([parameter, value]) => {
    const name = secretIn(value);
    return name === null ? [] : [{ parameter, name }];
  });
  if (named.length === 0) return payload;
  return secrets.open(bot_id, named.map(({ name }) => name)).then((values) => {
    const filled = named.map(({ parameter, name }) => {
      const value = values.get(name);
      if (value === undefined) throw new SecretMissing(name);
      return [parameter, value] as const;
    });
    return { ...payload, ...Object.fromEntries(filled) };
  });
}

function secretIn(value: JsonValue): string | null {
  const name = typeof value === 'object' && value !== null && SECRET in value ? value[SECRET] : null;
  return typeof name === 'string' ? name : null;
}
