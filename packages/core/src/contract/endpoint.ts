import type { z } from 'zod';
import type { ErrorCode } from '../errors/index.ts';
import type { Permission } from '../model/index.ts';
import type { PathParamName } from './path-params.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A response that is not JSON: no body, a streamed file, or an HTML page. */
export type RawResponse = 'empty' | 'file' | 'html';

/** One endpoint of the REST API, as data. */
export interface Endpoint {
  readonly method: HttpMethod;
  /** Path below the mount: `/api/bots/:id`. */
  readonly path: `/${string}`;
  /** The permission that the caller needs; null: no credentials are needed. */
  readonly permission: Permission | null;
  /** Parses the query from strings. Unknown parameters are refused with 400. */
  readonly query?: z.ZodObject;
  /** Schema of a JSON body. `bytes`: a body of any type, as raw bytes. */
  readonly body?: z.ZodType | 'bytes';
  /** Maximum size of the body, in bytes. Default: 64 KiB. */
  readonly body_limit?: number;
  readonly response: z.ZodType | RawResponse;
  /** Status of a successful response. Default: 200, or 204 for a response without a body. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Error codes of this endpoint, besides those of {@link commonErrors}. */
  readonly errors: readonly ErrorCode[];
  readonly summary: string;
  readonly description?: string;
  /** True for an endpoint without a use case, such as the documentation page. */
  readonly http_only?: true;
}

/** A use case without an endpoint: `botloom.*` has it, REST and the client do not. */
export interface CodeOnly {
  readonly code_only: true;
  /** The reason it has no endpoint. */
  readonly reason: string;
}

/** A body as raw bytes. */
export interface RawBody {
  /** Media type in lower case, without parameters: `image/png`. */
  readonly content_type: string;
  readonly bytes: Uint8Array;
}

/** 64 KiB. */
export const DEFAULT_BODY_LIMIT_BYTES = 65_536;

/**
 * Declares an endpoint. Its literal types are preserved, so that handlers and the client know its path parameters,
 * query, body and response. A path parameter that is not in `PATH_PARAMS` does not compile.
 *
 * @example
 * const get = endpoint({
 *   method: 'GET', path: '/api/bots/:id', permission: 'read',
 *   response: bot, errors: ['BOT_NOT_FOUND'], summary: 'Get one bot',
 * });
 */
export function endpoint<const E extends Endpoint>(definition: E & KnownParams<E>): E {
  return definition;
}

/**
 * Declares a use case that has no endpoint.
 *
 * @example
 * const count = codeOnly('Counts the keys of all owners.');
 */
export function codeOnly(reason: string): CodeOnly {
  return { code_only: true, reason };
}

/** The names of the parameters in a path: `'id'` for `'/api/bots/:id'`. */
export type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type KnownParams<E extends Endpoint> = ParamNames<E['path']> extends PathParamName ? unknown : never;
