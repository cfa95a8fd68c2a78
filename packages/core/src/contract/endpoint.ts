import type { z } from 'zod';
import type { ErrorCode } from '../errors/index.ts';
import type { Permission } from '../model/index.ts';
import type { PathParamName } from './path-params.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What is answered when it is not JSON: nothing, a streamed file, or a page. */
export type RawResponse = 'empty' | 'file' | 'html';

/** One call of the REST API, as data. */
export interface Endpoint {
  readonly method: HttpMethod;
  /** Below the mount: `/api/bots/:id`. */
  readonly path: `/${string}`;
  /** What the caller must be allowed; null: anybody, without credentials. */
  readonly permission: Permission | null;
  /** Strings in, what the handler sees out. Closed: an unknown member is answered 400. */
  readonly query?: z.ZodObject;
  /** Of JSON; `bytes`: any type, as it comes. */
  readonly body?: z.ZodType | 'bytes';
  /** Bytes that the body may have; default 64 KiB. */
  readonly body_limit?: number;
  readonly response: z.ZodType | RawResponse;
  /** Of a success; default 200, or 204 when nothing is answered. */
  readonly status?: 200 | 201 | 202 | 204;
  /** What can go wrong besides what every call shares (see {@link commonErrors}). */
  readonly errors: readonly ErrorCode[];
  readonly summary: string;
  readonly description?: string;
  /** Set for an endpoint that HTTP answers without a use case, such as the documentation page. */
  readonly http_only?: true;
}

/** A use case without an endpoint: `botloom.*` has it, REST and the client do not. */
export interface CodeOnly {
  readonly code_only: true;
  /** The reason it has no endpoint. */
  readonly reason: string;
}

/** A body that is taken as its bytes. */
export interface RawBody {
  /** Lower case, without parameters: `image/png`. */
  readonly content_type: string;
  readonly bytes: Uint8Array;
}

/** 64 KiB. */
export const DEFAULT_BODY_LIMIT = 65_536;

/**
 * Declares a call and keeps its literal types, so that handlers and the client know path parameters, query, body and answer.
 * A path parameter that `PATH_PARAMS` does not know does not compile.
 *
 * @example
 * const get = endpoint({
 *   method: 'GET', path: '/api/bots/:id', permission: 'read',
 *   response: bot, errors: ['BOT_NOT_FOUND'], summary: 'One bot',
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

/** The names of the parameters in a path: `'/api/bots/:id'` gives `'id'`. */
export type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type KnownParams<E extends Endpoint> = ParamNames<E['path']> extends PathParamName ? unknown : never;
