import type { HttpResponse } from './http-types.ts';

/** Returns a JSON response. It is not cached, because records change and are private, and its type is not sniffed. */
export function respondJson(
  status: number,
  value: unknown,
  contentType = 'application/json; charset=utf-8',
): HttpResponse {
  return {
    status,
    headers: { 'content-type': contentType, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    body: JSON.stringify(value),
  };
}

/** Returns a response without a body. */
export function respondEmpty(status: number, headers: HttpResponse['headers'] = NO_HEADERS): HttpResponse {
  return { status, headers, body: null };
}

const NO_HEADERS: HttpResponse['headers'] = Object.freeze({});
