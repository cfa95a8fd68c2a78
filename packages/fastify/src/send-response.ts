import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { discardBody, limitUnreadBody, type HttpResponse } from '@botloom/core/http';

/** Sends a response through Fastify, so that the host's hooks and logs see it. */
export function sendResponse(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, headers, body }: HttpResponse,
): void {
  if (reply.sent || reply.raw.destroyed) {
    discardBody(body);
    return;
  }
  limitUnreadBody(request.raw, reply.raw);
  reply.code(status);
  for (const name in headers) reply.header(name, headers[name]);
  if (body === null || typeof body === 'string') {
    reply.send(body ?? undefined);
  } else if (body instanceof Uint8Array) {
    // Fastify accepts buffers, not plain byte arrays. The buffer shares the bytes.
    reply.send(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  } else if (request.method === 'HEAD') {
    discardBody(body);
    reply.send();
  } else {
    reply.send(Readable.from(body, { objectMode: false }));
  }
}
