import { hasBody, readNodeBody, splitTarget, type RequestBody, type RequestHead } from '@botloom/core/http';
import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';

export type HeadReader = (request: FastifyRequest) => RequestHead;

/** Makes heads of requests. A prefix with parameters (`/t/:tenant`) is read from each address, any other is known. */
export function createHeadReader(prefix: string): HeadReader {
  const base = prefix === '/' ? '' : prefix;
  const parts = base.split('/').length;
  const baseOf = base.includes(':') ? (path: string) => path.split('/', parts).join('/') : () => base;
  return (request) => {
    const { path, search } = splitTarget(request.raw.url ?? '/');
    const mounted = baseOf(path);
    return {
      method: request.method,
      path: path.slice(mounted.length),
      search,
      // Without a schema for them, Fastify's parameters are strings.
      params: request.params as Record<string, string>,
      headers: request.headers,
      base: mounted,
      native: request,
    };
  };
}

/** A hook of the host may have put a parsed body in the place of the stream. */
export function readBody(request: FastifyRequest): RequestBody {
  const { body, raw } = request;
  // Ours is the stream as a `preParsing` hook of the host left it, decompressed for instance.
  const stream = body instanceof Readable ? body : raw;
  if (body !== undefined && body !== null && body !== stream) return { kind: 'parsed', value: body };
  return hasBody(raw) ? { kind: 'unread', read: (limit) => readNodeBody(stream, limit) } : { kind: 'none' };
}
