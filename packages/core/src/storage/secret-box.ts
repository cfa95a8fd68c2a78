import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { BotloomError } from '../errors/index.ts';

/**
 * The place in the database where a secret is stored. It is authenticated with the ciphertext, so that a copy in
 * another row cannot be decrypted.
 */
export interface SecretLocation {
  readonly table: string;
  readonly column: string;
  readonly row_id: string;
}

/** Encrypts values that must not be readable in a database or its backups. */
export interface SecretBox {
  /** Encrypts with the primary key, and returns `v1.<key id>.<iv>.<tag>.<ciphertext>`. */
  seal(location: SecretLocation, secret: string): string;
  /**
   * Decrypts a secret.
   *
   * @throws SECRET_UNREADABLE - when none of the keys fits, or the text or its location was changed
   */
  open(location: SecretLocation, sealed: string): string;
  /** True if it was encrypted with the primary key. If not, encrypt it again before you remove an older key. */
  isCurrent(sealed: string): boolean;
}

interface RingKey {
  readonly id: string;
  readonly key: Buffer;
}

const FORMAT_VERSION = 'v1';
const IV_BYTES = 12;
const MIN_KEY_LENGTH = 16;

/**
 * Creates a secret box that uses AES-256-GCM. The first master key encrypts, and all of them decrypt.
 *
 * To rotate a key, add the new key as the second one on every instance. Then make it the first one and restart, which
 * encrypts all secrets again. Then remove the old key.
 *
 * @param masterKeys - long random strings of at least 16 characters; the first one is the primary key
 * @throws OPTIONS_INVALID - when there is no key, or one is too short
 * @example
 * const keys = [process.env.BOTLOOM_SECRET, process.env.BOTLOOM_OLD_SECRET];
 * const secretBox = createSecretBox(keys.filter((key) => key !== undefined));
 */
export function createSecretBox(masterKeys: readonly string[]): SecretBox {
  const ring = masterKeys.map(toRingKey);
  const primary = ring[0];
  if (primary === undefined)
    throw new BotloomError('OPTIONS_INVALID', 'At least one master key is required (option `secrets`).');
  const byId = new Map(ring.map((entry) => [entry.id, entry]));
  return {
    seal: (location, secret) => seal(primary, location, secret),
    open: (location, sealed) => open(byId, location, sealed),
    isCurrent: (sealed) => sealed.startsWith(`${FORMAT_VERSION}.${primary.id}.`),
  };
}

function toRingKey(masterKey: string): RingKey {
  if (masterKey.length < MIN_KEY_LENGTH) {
    throw new BotloomError(
      'OPTIONS_INVALID',
      `A master key must have at least ${MIN_KEY_LENGTH} characters (option \`secrets\`). ` +
        'Generate one with `openssl rand -base64 32`.',
    );
  }
  return { id: derive(masterKey, 'key id').toString('hex').slice(0, 8), key: derive(masterKey, 'secrets at rest') };
}

/** Derives a separate key for each purpose, so that one use does not weaken another. */
function derive(masterKey: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, 'botloom', purpose, 32));
}

function seal({ id, key }: RingKey, location: SecretLocation, secret: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(locationDigest(location));
  const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return [
    FORMAT_VERSION,
    id,
    iv.toString('base64url'),
    cipher.getAuthTag().toString('base64url'),
    ciphertext.toString('base64url'),
  ].join('.');
}

function open(ring: ReadonlyMap<string, RingKey>, location: SecretLocation, sealed: string): string {
  const [version, id = '', iv = '', tag = '', ciphertext = '', ...rest] = sealed.split('.');
  const entry = ring.get(id);
  if (version !== FORMAT_VERSION || rest.length > 0)
    throw unreadableSecret(location, 'its format is unknown to this version of Botloom');
  if (entry === undefined) throw unreadableSecret(location, 'it was encrypted with a master key that is missing');
  try {
    const decipher = createDecipheriv('aes-256-gcm', entry.key, Buffer.from(iv, 'base64url'), { authTagLength: 16 });
    decipher.setAAD(locationDigest(location)).setAuthTag(Buffer.from(tag, 'base64url'));
    return decipher.update(ciphertext, 'base64url', 'utf8') + decipher.final('utf8');
  } catch {
    throw unreadableSecret(location, 'it was changed or moved in the database');
  }
}

function unreadableSecret(location: SecretLocation, why: string): BotloomError {
  return new BotloomError(
    'SECRET_UNREADABLE',
    `The secret in ${location.table}.${location.column} cannot be decrypted: ${why}. ` +
      'Pass every master key that was used with this database (option `secrets`, the current one first).',
  );
}

/** Returns a digest of the location. It is a hash of JSON, so that a name cannot imitate a separator. */
function locationDigest({ table, column, row_id }: SecretLocation): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([table, column, row_id]))
    .digest();
}
