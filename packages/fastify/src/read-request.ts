import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { hasBody, readNodeBody, splitTarget, type RequestBody, type RequestHead } from '@botloom/core/http';

export type HeadReader = (request: FastifyRequest) => RequestHead;

/** Makes heads of requests. A prefix with parameters (`/t/:tenant`) is read from each address, any other is known. */
export function createHeadReader(prefix: string): HeadReader {
  const base = prefix === '/' ? '' : prefix;
  const parts = base.split('/');
  const foreign = new Set(parts.filter((part) => part.startsWith(':')).map((part) => part.slice(1)));
  return (request) => {
    const { path, search } = splitTarget(request.raw.url ?? '/');
    const mounted = foreign.size === 0 ? base : path.split('/', parts.length).join('/');
    // Without a schema for them, Fastify's parameters are strings.
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

/** The parameters without those of the prefix; of two with one name, Fastify gives the latter, which is ours. */
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

/** A hook of the host may have put a parsed body in the place of the stream. */
export function readBody(request: FastifyRequest): RequestBody {
  const { body, raw } = request;
  // Ours is the stream as a `preParsing` hook of the host left it, decompressed for instance.
  const stream = body instanceof Readable ? body : raw;
  if (body !== undefined && body !== null && body !== stream) return { kind: 'parsed', value: body };
  return hasBody(raw) ? { kind: 'unread', read: (limit) => readNodeBody(stream, limit) } : { kind: 'none' };
}
