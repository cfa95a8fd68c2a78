import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { BotloomError } from '../errors/index.ts';

/** Where a secret is kept. It is authenticated with the ciphertext, so that a copy in another row cannot be opened. */
export interface SecretLocation {
  readonly table: string;
  readonly column: string;
  readonly row_id: string;
}

/** Encrypts what must not be readable in a database or its backups. */
export interface SecretBox {
  /** Encrypts under the primary key: `v1.<key id>.<iv>.<tag>.<ciphertext>`. */
  seal(location: SecretLocation, secret: string): string;
  /** Raises SECRET_UNREADABLE when no key of the ring fits, or the text or its place was changed. */
  open(location: SecretLocation, sealed: string): string;
  /** Whether it is sealed under the primary key; otherwise it is to be sealed anew before an older key may go. */
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
 * AES-256-GCM with a ring of master keys: the first seals, all of them open.
 *
 * To rotate: add the new key as the second on every instance, then make it the first, start once (which seals everything anew), then drop the old one.
 *
 * @param masterKeys long random strings, at least 16 characters each; the first is the primary one
 * @throws BotloomError OPTIONS_INVALID for no key or a short one
 * @example createSecretBox([process.env.BOTLOOM_SECRET, process.env.BOTLOOM_OLD_SECRET].filter((key) => key !== undefined))
 */
export function createSecretBox(masterKeys: readonly string[]): SecretBox {
  const ring = masterKeys.map(toRingKey);
  const primary = ring[0];
  if (primary === undefined)
    throw new BotloomError('OPTIONS_INVALID', 'At least one master key is needed (option `secrets`).');
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
      `A master key must have at least ${MIN_KEY_LENGTH} characters (option \`secrets\`); make one with \`openssl rand -base64 32\`.`,
    );
  }
  return { id: derive(masterKey, 'key id').toString('hex').slice(0, 8), key: derive(masterKey, 'secrets at rest') };
}

/** A key of its own for every purpose, so that no use of one weakens another. */
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
    throw unreadableSecret(location, 'it is not in a form that this version of Botloom knows');
  if (entry === undefined) throw unreadableSecret(location, 'it was sealed with a master key that was not given');
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
    `The secret in ${location.table}.${location.column} cannot be decrypted: ${why}. Give every master key that this database was used with (option \`secrets\`, the current one first).`,
  );
}

/** Hashed, so that no separator can be forged in a name. */
function locationDigest({ table, column, row_id }: SecretLocation): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([table, column, row_id]))
    .digest();
}
