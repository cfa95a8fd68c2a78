import { BotloomError } from '../../errors/index.ts';
import type { RequestBody, RequestHead } from '../http-types.ts';
import { isJsonMediaType } from './json-media-type.ts';
import { parseJson } from './parse-json.ts';

/**
 * Returns the JSON value of a body. A value that the host has parsed is used unchanged; a string or buffer that it only
 * read is parsed here.
 *
 * @throws MEDIA_TYPE_UNSUPPORTED, BODY_TOO_LARGE, BODY_NOT_JSON
 */
export function readJson(head: RequestHead, body: RequestBody, limit: number): unknown {
  requireJson(head.headers);
  switch (body.kind) {
    case 'none':
      throw new BotloomError('BODY_NOT_JSON', 'The body is missing. Send a JSON body.');
    case 'parsed':
      return fromParsed(body.value, limit);
    case 'unread':
      return body.read(limit).then(parseBytes);
  }
}

/**
 * Checks that the body is declared as uncompressed JSON.
 *
 * @throws MEDIA_TYPE_UNSUPPORTED
 */
function requireJson(headers: RequestHead['headers']): void {
  const type = headers['content-type'];
  if (type !== 'application/json' && !isJsonMediaType(type)) {
    throw new BotloomError('MEDIA_TYPE_UNSUPPORTED', 'Send the body as Content-Type: application/json.');
  }
  requireUncompressed(headers);
}

/**
 * Refuses a compressed body.
 *
 * @throws MEDIA_TYPE_UNSUPPORTED
 */
export function requireUncompressed(headers: RequestHead['headers']): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new BotloomError('MEDIA_TYPE_UNSUPPORTED', 'Send the body without a Content-Encoding.');
  }
}

function fromParsed(value: unknown, limit: number): unknown {
  if (value instanceof Uint8Array) {
    if (value.byteLength > limit) throw bodyTooLargeError(limit);
    return parseBytes(value);
  }
  if (typeof value === 'string') {
    if (Buffer.byteLength(value) > limit) throw bodyTooLargeError(limit);
    return parseJson(value);
  }
  return value;
}

function parseBytes(bytes: Uint8Array): unknown {
  // Buffer's decoder is faster than TextDecoder. The buffer shares the bytes.
  return parseJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}

/** Returns the error for a body over its limit, in bytes. */
export function bodyTooLargeError(limit: number): BotloomError {
  return new BotloomError('BODY_TOO_LARGE', `The body can have at most ${limit} bytes.`);
}
