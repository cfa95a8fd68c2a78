import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { permission, timestamp, type ApiKey, type Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { checkInput } from '../check-input.ts';
import { createApiKeyText, hashApiKey } from './api-key-format.ts';
import { requireUnconfined } from './require-unconfined.ts';

const schema = z.strictObject({
  name: z.string().trim().min(1).max(128),
  /** Default: `['admin']`, which includes `write` and `read`. */
  permissions: z.array(permission).min(1).default(['admin']),
  /** The owner that the key is confined to; null (the default) for all owners. */
  owner: z.string().min(1).max(128).nullable().default(null),
  expires_at: timestamp.nullable().default(null),
  /** The key itself, instead of a generated one. Choose a long and random text. */
  key: z
    .string()
    .regex(/^[A-Za-z0-9._~+/=-]{20,512}$/, 'must have 20 to 512 letters, digits or . _ ~ + / = -')
    .optional(),
});
export type CreateApiKeyInput = z.input<typeof schema>;

export interface CreatedApiKey extends ApiKey {
  /** The key itself. It is returned only here: the database stores its hash. */
  readonly key: string;
}

/**
 * Creates a key for the REST API. With `key`, it registers that key instead; a key that is registered already is left
 * unchanged.
 *
 * @throws VALIDATION_FAILED
 * @throws FORBIDDEN - in a scope that is confined to an owner
 */
export async function createApiKey(
  { storage }: AppContext,
  scope: Scope,
  input: CreateApiKeyInput,
): Promise<CreatedApiKey> {
  requireUnconfined(scope);
  const { key = createApiKeyText(), ...rest } = checkInput(schema, input);
  const hash = hashApiKey(key);
  const known = await storage.api_keys.findByHash(hash);
  const apiKey = known ?? (await storage.api_keys.create({ ...rest, id: randomUUID(), hash }));
  return { ...apiKey, key };
}
