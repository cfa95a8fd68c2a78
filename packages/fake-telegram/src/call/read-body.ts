import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.ts';

/** Reads a request's body. Throws a 413 when it has more than `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    // Without an encoding set, the chunks of a request are buffers.
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > limit) throw new ApiError(413, 'Request Entity Too Large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
