import type { HttpResponse } from './http-types.ts';

/**
 * Releases the source of a body that will not be read. It reads the first part, because a generator that never started
 * does not run its cleanup.
 */
export function discardBody(body: HttpResponse['body']): void {
  if (body === null || typeof body === 'string' || body instanceof Uint8Array) return;
  const parts = body[Symbol.asyncIterator]();
  parts
    .next()
    .then(() => parts.return?.())
    .catch(() => undefined);
}
