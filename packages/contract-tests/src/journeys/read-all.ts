import type { Readable } from 'node:stream';

/** Returns all bytes of a stream. Rejects when the stream breaks off. */
export async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // If no encoding is set, the chunks of a socket are buffers.
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
