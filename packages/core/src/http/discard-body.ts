import type { HttpResponse } from './http-types.ts';

/** Lets the source of a body go that nobody will read. Its first part is taken, since a generator that never began has nothing to clean up. */
export function discardBody(body: HttpResponse['body']): void {
  if (body === null || typeof body === 'string' || body instanceof Uint8Array) return;
  const parts = body[Symbol.asyncIterator]();
  parts
    .next()
    .then(() => parts.return?.())
    .catch(() => undefined);
}
