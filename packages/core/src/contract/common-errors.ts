import { z } from 'zod';
import type { ErrorCode } from '../errors/index.ts';
import type { Endpoint } from './endpoint.ts';

/** What any call of this shape can be answered with, besides the errors it names itself. */
export function commonErrors(endpoint: Endpoint): readonly ErrorCode[] {
  const codes: ErrorCode[] = ['INTERNAL'];
  if (endpoint.permission !== null) codes.push('BAD_REQUEST', 'UNAUTHORIZED', 'FORBIDDEN', 'STORAGE_UNAVAILABLE');
  if (endpoint.body === 'bytes')
    codes.push('BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED', 'VALIDATION_FAILED', 'UNAVAILABLE');
  else if (endpoint.body !== undefined)
    codes.push('BODY_NOT_JSON', 'BODY_TOO_LARGE', 'MEDIA_TYPE_UNSUPPORTED', 'VALIDATION_FAILED');
  return codes.filter((code) => !endpoint.errors.includes(code));
}

/** Whether a call may be made without a body: it means the same as an empty one, since none of its members is required. */
export function isBodyOptional(body: Endpoint['body']): boolean {
  return body instanceof z.ZodObject && body.safeParse({}).success;
}

/** The status of a success. */
export function successStatus(endpoint: Endpoint): number {
  return endpoint.status ?? (endpoint.response === 'empty' ? 204 : 200);
}
