import { pipeline, Readable } from 'node:stream';
import type { Request, Response } from 'express';
import { discardBody, limitUnreadBody, type HttpResponse } from '@botloom/core/http';

/** Writes a response with Node's own functions, so that wrappers of the host (compression, logs) still see it. */
export function writeResponse(request: Request, response: Response, { status, headers, body }: HttpResponse): void {
  if (response.headersSent || response.destroyed) {
    discardBody(body);
    return;
  }
  limitUnreadBody(request, response);
  response.statusCode = status;
  for (const name in headers) response.setHeader(name, headers[name] ?? '');
  if (body === null || typeof body === 'string' || body instanceof Uint8Array) {
    response.end(body ?? undefined);
  } else if (request.method === 'HEAD') {
    discardBody(body);
    response.end();
  } else {
    // An interrupted stream can only be reported by closing the connection, which the pipeline does.
    pipeline(Readable.from(body, { objectMode: false }), response, () => undefined);
  }
}
