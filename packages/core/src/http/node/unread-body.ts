import type { IncomingMessage, ServerResponse } from 'node:http';

/** Node reads and discards a declared body up to this size, so that the connection can be reused. */
const MAX_DISCARDED_BYTES = 262_144;
/** Time for the rest of a longer body, after the response. */
const DISCARD_TIMEOUT_MS = 2000;

/** True if the request declares a body. */
export function hasBody({ headers, httpVersionMajor }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return httpVersionMajor > 1 || headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/**
 * Limits the body of a request that will not be read. Call it before the response is sent. The rest of the body is
 * discarded for a moment, so that the caller can read the response (closing at once would reset the connection), and
 * then the connection is closed.
 */
export function limitUnreadBody(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete || request.httpVersionMajor > 1 || !hasBody(request)) return;
  const length = Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY);
  if (length <= MAX_DISCARDED_BYTES) return;
  response.once('finish', () => {
    const timer = setTimeout(() => request.socket.destroy(), DISCARD_TIMEOUT_MS).unref();
    request.once('close', () => {
      clearTimeout(timer);
    });
  });
}
