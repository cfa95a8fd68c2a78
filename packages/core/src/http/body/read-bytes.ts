import type { RawBody } from '../../contract/index.ts';
import { BotloomError } from '../../errors/index.ts';
import type { RequestBody, RequestHead } from '../http-types.ts';
import { bodyTooLargeError, requireUncompressed } from './read-json.ts';

const MEDIA_TYPE_PATTERN = /^([\w!#$&^.+-]+\/[\w!#$&^.+-]+)[ ]*(?:;|$)/;
/**
 * Types that a page of another site can send with the browser's cookies and without a preflight request. A host may
 * authenticate by cookies.
 */
const SIMPLE_REQUEST_TYPES = /^(?:text\/plain|application\/x-www-form-urlencoded|multipart\/form-data)$/;

/**
 * Returns the bytes of a body of any type. Bytes that the host has read but not parsed are used unchanged.
 *
 * @throws MEDIA_TYPE_UNSUPPORTED, BODY_TOO_LARGE
 * @throws VALIDATION_FAILED - for an empty body
 */
export async function readBytes(head: RequestHead, body: RequestBody, limit: number): Promise<RawBody> {
  const content_type = mediaType(head.headers['content-type']);
  requireUncompressed(head.headers);
  const bytes =
    body.kind === 'unread'
      ? await body.read(limit)
      : body.kind === 'parsed'
        ? fromParsed(body.value, limit)
        : new Uint8Array();
  if (bytes.byteLength === 0)
    throw new BotloomError('VALIDATION_FAILED', 'The body is empty. Send the bytes of the file as the body.');
  return { content_type, bytes };
}

function mediaType(value: RequestHead['headers'][string]): string {
  const type = typeof value === 'string' ? MEDIA_TYPE_PATTERN.exec(value)?.[1]?.toLowerCase() : undefined;
  if (type !== undefined && type.length <= 127 && !SIMPLE_REQUEST_TYPES.test(type)) return type;
  throw new BotloomError(
    'MEDIA_TYPE_UNSUPPORTED',
    'Send the file itself as the body, with its own type, such as Content-Type: image/png. Forms and ' +
      'text/plain are not accepted; if no other type fits, send application/octet-stream.',
  );
}

function fromParsed(value: unknown, limit: number): Uint8Array {
  if (!(value instanceof Uint8Array)) {
    throw new BotloomError(
      'MEDIA_TYPE_UNSUPPORTED',
      'A body parser of the host parsed the file before Botloom received it. ' +
        'Send it as Content-Type: application/octet-stream.',
    );
  }
  if (value.byteLength > limit) throw bodyTooLargeError(limit);
  return value;
}
