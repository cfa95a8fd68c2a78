import { BotloomError } from '../../errors/index.ts';
import type { RequestBody, RequestHead } from '../http-types.ts';
import { isJsonMediaType } from './json-media-type.ts';
import { parseJson } from './parse-json.ts';

/**
 * The JSON value of a body. Raises MEDIA_TYPE_UNSUPPORTED, BODY_TOO_LARGE, BODY_NOT_JSON.
 * What the host has parsed already is taken as it is; what it only read (a string, a buffer) is parsed here.
 */
export function readJson(head: RequestHead, body: RequestBody, limit: number): unknown {
  requireJson(head.headers);
  switch (body.kind) {
    case 'none':
      throw new BotloomError('BODY_NOT_JSON', 'A JSON body is needed, and there is none.');
    case 'parsed':
      return fromParsed(body.value, limit);
    case 'unread':
      return body.read(limit).then(parseBytes);
  }
}

/** Raises MEDIA_TYPE_UNSUPPORTED unless the body is declared to be plain JSON. */
export function requireJson(headers: RequestHead['headers']): void {
  const type = headers['content-type'];
  if (type !== 'application/json' && !isJsonMediaType(type)) {
    throw new BotloomError('MEDIA_TYPE_UNSUPPORTED', 'Send the body as Content-Type: application/json.');
  }
  requireUncompressed(headers);
}

/** Raises MEDIA_TYPE_UNSUPPORTED for a body that is compressed. */
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
  // A buffer's own decoder is quicker than TextDecoder; it shares the bytes.
  return parseJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}

/** The error for a body over its limit, in bytes. */
export function bodyTooLargeError(limit: number): BotloomError {
  return new BotloomError('BODY_TOO_LARGE', `The body may have at most ${limit} bytes.`);
}
