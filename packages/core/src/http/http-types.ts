import type { HttpMethod } from '../contract/index.ts';

export type HeaderValue = string | readonly string[] | undefined;

/** The part of a request before its body. Header names are in lower case. */
export interface RequestHead {
  readonly method: string;
  /** Path below the mount, without the query: `/api/bots`. */
  readonly path: string;
  /** The raw query of the URL, without the question mark. */
  readonly search: string;
  /** Path parameters, decoded. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly headers: Readonly<Record<string, HeaderValue>>;
  /** Mount path of Botloom, without a trailing slash: `` or `/bots/v1`. */
  readonly base: string;
  /**
   * The request object of the framework, for the host's `authenticate`: `req` of Express, `request` of Fastify, a fetch
   * `Request`.
   */
  readonly native: unknown;
}

/** The body as the host's framework left it: parsed, still unread, or missing. */
export type RequestBody =
  | { readonly kind: 'parsed'; readonly value: unknown }
  | { readonly kind: 'unread'; read(limit: number): Promise<Uint8Array> }
  | { readonly kind: 'none' };

export interface HttpResponse {
  readonly status: number;
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** A stream must be read to its end or cancelled (`return()`). */
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array> | null;
}

/**
 * A route for an adapter to register with its framework, so that the host's hooks, logs and metrics see its pattern.
 */
export interface HttpRoute {
  readonly method: HttpMethod;
  /** `/literal` and `/:param` parts only. */
  readonly path: string;
  /** Phase one: decides from the head, before the body is read. A response ends the request. Never rejects. */
  admit(head: RequestHead): HttpResponse | Admission | Promise<HttpResponse | Admission>;
}

/** An admitted request. Phase two handles its body. */
export interface Admission {
  /** Maximum size of the body in bytes; a longer one is refused with 413. 0: the route has no body, do not read one. */
  readonly body_limit: number;
  /** Never rejects. */
  handle(body: RequestBody): Promise<HttpResponse>;
}

/** The API for an adapter. */
export interface HttpApi {
  readonly routes: readonly HttpRoute[];
  /**
   * Paths that belong to Botloom with everything below them (`/api/bots`, …). The host can use all others below the
   * mount.
   */
  readonly namespaces: readonly string[];
  /** Finds the route of a path below the mount, for adapters without a router. Null if no route matches. */
  find(
    method: string,
    path: string,
  ): { readonly route: HttpRoute; readonly params: Readonly<Record<string, string>> } | null;
  /** Returns the response where no route matches: 405 for another method of a route, 204 to OPTIONS, otherwise 404. */
  notFound(head: RequestHead): HttpResponse;
  /** Logs an error of the adapter and returns a response that does not reveal it. */
  failed(error: unknown, head: RequestHead): HttpResponse;
}

export function isResponse(value: HttpResponse | Admission): value is HttpResponse {
  return 'status' in value;
}
