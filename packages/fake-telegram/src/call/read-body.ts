import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.ts';

/**
 * Reads the body of a request.
 *
 * @param limit - bytes
 * @throws ApiError 413 - when the body is larger
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    // The chunks of a request are buffers, because no encoding is set.
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > limit) throw new ApiError(413, 'Request Entity Too Large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
