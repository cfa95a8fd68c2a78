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
 * Reads and decodes a body, up to `limit` bytes.
 *
 * @param encoding - value of the header `content-encoding`
 * @throws OutboundError TOO_LARGE - when the decoded body has more than `limit` bytes
 * @throws OutboundError UNREADABLE - when the encoding is not supported
 */
export async function readBody(body: Readable, encoding: string, limit: number): Promise<Buffer> {
  // Undici emits an error for a body that is not read to its end.
  body.on('error', () => undefined);
  const decoder = createDecoder(encoding);
  if (decoder === undefined) {
    body.destroy();
    throw new OutboundError('UNREADABLE', `content-encoding ${JSON.stringify(encoding.slice(0, 64))}`);
  }
  // An error of the pipeline is thrown where its output is read.
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

/** Returns null if there is nothing to decode; undefined for several nested encodings, or for an unsupported one. */
function createDecoder(encoding: string): ReturnType<(typeof DECODERS)[keyof typeof DECODERS]> | null | undefined {
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity') return null;
  return Object.hasOwn(DECODERS, name) ? DECODERS[name as keyof typeof DECODERS]() : undefined; // checked by hasOwn
}
