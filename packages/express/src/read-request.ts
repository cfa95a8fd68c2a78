import type { Request } from 'express';
import { hasBody, readNodeBody, splitTarget, type RequestBody, type RequestHead } from '@botloom/core/http';

/**
 * Returns the head of a request. `baseUrl` is the whole mount path, also in nested routers and with parameters in it.
 */
export function readHead(request: Request): RequestHead {
  const { path, search } = splitTarget(request.url);
  return {
    method: request.method,
    path,
    search,
    // Botloom's paths have only plain parameters, which are strings in Express.
    params: request.params as Record<string, string>,
    headers: request.headers,
    base: request.baseUrl,
    native: request,
  };
}

/**
 * Returns the body as a parser of the host left it. Some parsers set `body` without reading anything, which does not
 * count.
 */
export function readBody(request: Request): RequestBody {
  if (!hasBody(request)) return { kind: 'none' };
  const body: unknown = request.body;
  if (body !== undefined && request.readableDidRead) return { kind: 'parsed', value: body };
  return { kind: 'unread', read: (limit) => readNodeBody(request, limit) };
}
