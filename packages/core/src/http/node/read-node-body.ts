import type { Readable } from 'node:stream';
import { BotloomError } from '../../errors/index.ts';
import { bodyTooLargeError } from '../body/read-json.ts';

/**
 * Reads a request's stream to its end, counting as it comes. Raises BODY_TOO_LARGE as soon as there is more than `limit` bytes (and reads no
 * further), BAD_REQUEST when the caller goes away. By events: an async iterator costs several turns of the loop for a body of one chunk.
 */
export function readNodeBody(stream: Readable, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (stream.readableEnded || stream.destroyed) {
      reject(
        new BotloomError(
          'BAD_REQUEST',
          'The body was read by something that kept nothing of it, before Botloom saw the request.',
        ),
      );
      return;
    }
    const chunks: Buffer[] = [];
    let length = 0;
    stream.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone);

    function onData(chunk: Buffer): void {
      length += chunk.length;
      if (length > limit)
        settle(() => {
          stream.pause();
          reject(bodyTooLargeError(limit));
        });
      else chunks.push(chunk);
    }
    function onEnd(): void {
      const [first] = chunks;
      settle(() => {
        resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, length));
      });
    }
    function onGone(): void {
      settle(() => {
        reject(new BotloomError('BAD_REQUEST', 'The request ended before its body was complete.'));
      });
    }
    function settle(outcome: () => void): void {
      // The listener for errors stays: an error that nobody listens to ends the process.
      stream.off('data', onData).off('end', onEnd).off('close', onGone);
      outcome();
    }
  });
}
