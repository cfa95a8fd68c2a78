import { z } from 'zod';
import type { ErrorCode } from '../errors/index.ts';
import type { Endpoint } from './endpoint.ts';

/** Returns the error codes that every endpoint of this form can respond with, besides the codes that it declares. */
export function commonErrors(endpoint: Endpoint): readonly ErrorCode[] {
  const codes: ErrorCode[] = ['INTERNAL'];
  if (endpoint.permission !== null) codes.push('BAD_REQUEST', 'UNAUTHORIZED', 'FORBIDDEN', 'STORAGE_UNAVAILABLE');
  if (endpoint.body === 'bytes')
    codes.push('BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED', 'VALIDATION_FAILED', 'UNAVAILABLE');
  else if (endpoint.body !== undefined)
    codes.push('BODY_NOT_JSON', 'BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED', 'VALIDATION_FAILED');
  return codes.filter((code) => !endpoint.errors.includes(code));
}

/** True if a request may leave out its body. No member is required, so a missing body means the same as `{}`. */
export function isBodyOptional(body: Endpoint['body']): boolean {
  return body instanceof z.ZodObject && body.safeParse({}).success;
}

/** Returns the HTTP status of a successful response. */
export function successStatus(endpoint: Endpoint): number {
  return endpoint.status ?? (endpoint.response === 'empty' ? 204 : 200);
}
