import type { IncomingMessage, ServerResponse } from 'node:http';

/** A declared body up to this is read and thrown away by Node, so that the connection can be used again. */
const MAX_DISCARDED_BYTES = 262_144;
/** Milliseconds that the rest of a longer one may take. */
const DISCARD_TIMEOUT_MS = 2000;

/** Whether the request says that it has a body. */
export function hasBody({ headers, httpVersionMajor }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return httpVersionMajor > 1 || headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/**
 * Call before answering a request whose body nobody will read. What still comes is thrown away for a moment, so that the caller gets to read
 * the answer (closing at once would reset the connection under it), and then the connection is closed.
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
