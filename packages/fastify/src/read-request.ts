import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { hasBody, readNodeBody, splitTarget, type RequestBody, type RequestHead } from '@botloom/core/http';

export type HeadReader = (request: FastifyRequest) => RequestHead;

/**
 * Creates a function that returns the head of a request. A prefix with parameters (`/t/:tenant`) is read from each URL.
 */
export function createHeadReader(prefix: string): HeadReader {
  const base = prefix === '/' ? '' : prefix;
  const parts = base.split('/');
  const foreign = new Set(parts.filter((part) => part.startsWith(':')).map((part) => part.slice(1)));
  return (request) => {
    const { path, search } = splitTarget(request.raw.url ?? '/');
    const mounted = foreign.size === 0 ? base : path.split('/', parts.length).join('/');
    // Without a schema, parameters are strings in Fastify.
    const params = request.params as Record<string, string>;
    return {
      method: request.method,
      path: path.slice(mounted.length),
      search,
      params:
        foreign.size === 0
          ? params
          : removePrefixParams(params, foreign, request.routeOptions.url?.slice(prefix.length)),
      headers: request.headers,
      base: mounted,
      native: request,
    };
  };
}

/**
 * Returns the parameters without those of the prefix. Of two with one name, Fastify has the latter, which is Botloom's.
 */
function removePrefixParams(
  params: Readonly<Record<string, string>>,
  foreign: ReadonlySet<string>,
  path = '',
): Record<string, string> {
  const names = new Set(
    path
      .split('/')
      .filter((part) => part.startsWith(':'))
      .map((part) => part.slice(1)),
  );
  return Object.fromEntries(Object.entries(params).filter(([name]) => !foreign.has(name) || names.has(name)));
}

/** Returns the body. A hook of the host may have replaced the stream by a parsed body. */
export function readBody(request: FastifyRequest): RequestBody {
  const { body, raw } = request;
  // The stream as a `preParsing` hook of the host left it, for example decompressed.
  const stream = body instanceof Readable ? body : raw;
  if (body !== undefined && body !== null && body !== stream) return { kind: 'parsed', value: body };
  return hasBody(raw) ? { kind: 'unread', read: (limit) => readNodeBody(stream, limit) } : { kind: 'none' };
}
