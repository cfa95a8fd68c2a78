import type { ServerResponse } from 'node:http';
import type { ApiError } from './api-error.ts';
import type { RecordedCall } from './call-log.ts';

/** Responds with an error to a request that was rejected before there was a call to record. */
export function sendRefusal(response: ServerResponse, error: ApiError): void {
  sendError(response, undefined, error);
}

/** Responds with an error in Telegram's form and records it. */
export function sendError(response: ServerResponse, record: RecordedCall | undefined, error: ApiError): void {
  const { error_code, message: description, parameters } = error;
  if (record) Object.assign(record, { error_code, description });
  if (parameters?.retry_after !== undefined) response.setHeader('Retry-After', parameters.retry_after);
  sendJson(response, record, error_code, { ok: false, error_code, description, ...(parameters ? { parameters } : {}) });
}

/** Responds with JSON. */
export function sendJson(
  response: ServerResponse,
  record: RecordedCall | undefined,
  status: number,
  body: unknown,
): void {
  send(response, record, status, 'application/json', JSON.stringify(body));
}

/** Responds and records the HTTP status, unless the client has closed the connection. */
export function send(
  response: ServerResponse,
  record: RecordedCall | undefined,
  status: number,
  contentType: string,
  body: string,
): void {
  if (response.destroyed) return;
  if (record) record.status = status;
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
