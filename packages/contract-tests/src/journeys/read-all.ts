import type { Readable } from 'node:stream';

/** All bytes of a stream. Rejects when it breaks off. */
export async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  // Without an encoding set, the chunks of a socket are buffers.
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
