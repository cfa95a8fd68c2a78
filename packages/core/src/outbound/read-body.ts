import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { OutboundError } from './outbound-error.ts';

const DECODERS = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/**
 * Reads a body to its end, decoded, and not a byte more than `limit`.
 *
 * @param encoding - the header `content-encoding`
 * @throws OutboundError TOO_LARGE, UNREADABLE
 */
export async function readBody(body: Readable, encoding: string, limit: number): Promise<Buffer> {
  // Undici tells of a body that nobody reads to its end.
  body.on('error', () => undefined);
  const decoder = createDecoder(encoding);
  if (decoder === undefined) {
    body.destroy();
    throw new OutboundError('UNREADABLE', `content-encoding ${JSON.stringify(encoding.slice(0, 64))}`);
  }
  // What goes wrong in the pipeline is raised where its end is read.
  const content: Readable = decoder === null ? body : pipeline(body, decoder, () => undefined);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      body.destroy();
      throw new OutboundError('TOO_LARGE', `more than ${limit} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Null: nothing to decode; undefined: several encodings on top of each other, or one that nobody asked for. */
function createDecoder(encoding: string): ReturnType<(typeof DECODERS)[keyof typeof DECODERS]> | null | undefined {
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity') return null;
  return Object.hasOwn(DECODERS, name) ? DECODERS[name as keyof typeof DECODERS]() : undefined; // it has it
}
