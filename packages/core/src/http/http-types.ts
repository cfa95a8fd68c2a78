import type { HttpMethod } from '../contract/index.ts';

export type HeaderValue = string | readonly string[] | undefined;

/** The part of a request that is known before its body is read. Header names are lower case. */
export interface RequestHead {
  readonly method: string;
  /** Path below the mount, without the query: `/api/bots`. */
  readonly path: string;
  /** The query as it stands in the address, without the question mark. */
  readonly search: string;
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, HeaderValue>>;
  /** Where the host mounted Botloom, without a trailing slash: `` or `/bots/v1`. */
  readonly base: string;
  /** The framework's own request, for the host's `authenticate`: Express's `req`, Fastify's `request`, a fetch `Request`. */
  readonly native: unknown;
}

/** The body, as the host's framework left it: parsed already, still to be read, or none. */
export type RequestBody =
  | { readonly kind: 'parsed'; readonly value: unknown }
  | { readonly kind: 'unread'; read(limit: number): Promise<Uint8Array> }
  | { readonly kind: 'none' };

export interface HttpResponse {
  readonly status: number;
  /** Names are lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** A stream must be read to its end or cancelled (`return()`). */
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array> | null;
}

/** One route for an adapter to register with its framework: real routes, so that hooks, logs and metrics see patterns. */
export interface HttpRoute {
  readonly method: HttpMethod;
  /** `/literal` and `/:param` parts only. */
  readonly path: string;
  /** Phase one: from the head alone, before a byte of the body is read. A response here ends the request. Never rejects. */
  admit(head: RequestHead): HttpResponse | Admission | Promise<HttpResponse | Admission>;
}

/** A request that was let in; phase two takes its body. */
export interface Admission {
  /** Bytes; a longer body is answered 413. 0: the route takes no body, and none is to be read. */
  readonly body_limit: number;
  /** Never rejects. */
  handle(body: RequestBody): Promise<HttpResponse>;
}

/** All that an adapter needs. */
export interface HttpApi {
  readonly routes: readonly HttpRoute[];
  /** Paths that are Botloom's with all below them (`/api/bots`, …); everything else below the mount may be the host's. */
  readonly namespaces: readonly string[];
  /** The route for a path below the mount with its parameters, for adapters without a router of their own; null where there is none. */
  find(
    method: string,
    path: string,
  ): { readonly route: HttpRoute; readonly params: Readonly<Record<string, string>> } | null;
  /** What is answered in a namespace where no route matches: 405 for another method of a route, 204 to OPTIONS, otherwise 404. */
  notFound(head: RequestHead): HttpResponse;
  /** What is answered when the adapter itself fails: logged, and hidden from the caller. */
  failed(error: unknown, head: RequestHead): HttpResponse;
}

export function isResponse(value: HttpResponse | Admission): value is HttpResponse {
  return 'status' in value;
}
