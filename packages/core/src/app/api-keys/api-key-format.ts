import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const PREFIX = 'botloom_';
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const GENERATED_KEY_PATTERN = new RegExp(`^${PREFIX}([0-9A-Za-z]{${SECRET_LENGTH}})([0-9a-z]{${CHECKSUM_LENGTH}})$`);

/**
 * Creates an API key: `botloom_`, 256 random bits, and a checksum. The checksum lets scanners recognize a leaked key,
 * and Botloom a mistyped one.
 */
export function createApiKeyText(): string {
  const secret = toBase62(randomBytes(32));
  return `${PREFIX}${secret}${checksum(secret)}`;
}

/**
 * Returns the stored form of a key: its SHA-256 in hex. A key has 256 random bits, so a slow hash would add nothing.
 */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/**
 * False for a text with the form of a generated key and a wrong checksum, which needs no query. Keys that a person
 * chose pass.
 */
export function hasValidKeyFormat(key: string): boolean {
  const match = GENERATED_KEY_PATTERN.exec(key);
  return match === null || checksum(match[1] ?? '') === match[2];
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Encodes in base 62, so that a double click selects the whole key. */
function toBase62(bytes: Uint8Array): string {
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  while (text.length < SECRET_LENGTH) {
    text = (ALPHABET[Number(rest % 62n)] ?? '') + text;
    rest /= 62n;
  }
  return text;
}

function checksum(secret: string): string {
  return (crc32(secret) % 36 ** CHECKSUM_LENGTH).toString(36).padStart(CHECKSUM_LENGTH, '0');
}
