/** The part of a request that is known before its body is read. Header names are lower case. */
export interface RequestHead {
  readonly method: string;
  /** Path below the mount, without the query: `/api/bots`. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Where the host mounted Botloom, without a trailing slash: `` or `/bots/v1`. */
  readonly base: string;
}

/** The body, as the host's framework left it: parsed already, or still to be read. */
export type RequestBody =
  | { readonly kind: 'parsed'; readonly value: unknown }
  | { readonly kind: 'stream'; readonly stream: AsyncIterable<Uint8Array> }
  | { readonly kind: 'none' };

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array> | null;
}

/** One route for an adapter to register with its framework: real routes, so that hooks, logs and metrics see patterns. */
export interface HttpRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/literal` and `/:param` parts only. */
  readonly path: string;
  /** Phase one: from the head alone, before a byte of the body is read. A response here ends the request. */
  admit(head: RequestHead): HttpResponse | Admission | Promise<HttpResponse | Admission>;
}

/** A request that was let in; phase two takes its body. */
export interface Admission {
  /** Bytes; a longer body is answered 413. 0: the route takes no body. */
  readonly body_limit: number;
  handle(body: RequestBody): Promise<HttpResponse>;
}

/** All that an adapter needs. */
export interface HttpApi {
  readonly routes: readonly HttpRoute[];
  /** What an adapter answers when something below the mount matches no route. */
  notFound(head: RequestHead): HttpResponse;
}

export function isResponse(value: HttpResponse | Admission): value is HttpResponse {
  return 'status' in value;
}
