import type { Readable } from 'node:stream';
import { BotloomError } from '../../errors/index.ts';
import { bodyTooLargeError } from '../body/read-json.ts';

/**
 * Reads the stream of a request to its end. It uses events, because an async iterator takes several turns of the event
 * loop for a body of one chunk.
 *
 * @param limit - in bytes
 * @throws BODY_TOO_LARGE - as soon as the limit is exceeded; the rest is not read
 * @throws BAD_REQUEST - when the caller closes the connection
 */
export function readNodeBody(stream: Readable, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (stream.readableEnded || stream.destroyed) {
      reject(
        new BotloomError(
          'BAD_REQUEST',
          'The body was read by other code of the host before Botloom received the request. Mount Botloom ' +
            'before that code.',
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
      // The listener for errors remains: an error event without a listener ends the process.
      stream.off('data', onData).off('end', onEnd).off('close', onGone);
      outcome();
    }
  });
}
