import { bodyTooLargeError } from './body/read-json.ts';
import { discardBody } from './discard-body.ts';
import { isResponse, type HttpApi, type HttpResponse, type RequestBody, type RequestHead } from './http-types.ts';

export interface FetchHandlerOptions {
  /** Mount path, without a trailing slash: `/bots`. Default: the root. */
  readonly base?: string;
}

/**
 * Returns the API as a function from `Request` to `Response`, for frameworks with the fetch interface and for tests.
 *
 * @example
 * const handle = createFetchHandler(botloom.http, { base: '/bots' });
 * const response = await handle(new Request('https://example.org/bots/api/healthz'));
 */
export function createFetchHandler(
  http: HttpApi,
  { base = '' }: FetchHandlerOptions = {},
): (request: Request) => Promise<Response> {
  return async (request) => {
    const head = headOf(request, base);
    const found = head.path.startsWith('/')
      ? http.find(request.method === 'HEAD' ? 'GET' : request.method, head.path)
      : null;
    if (found === null) return toResponse(request, http.notFound(head));
    const admitted = await found.route.admit({ ...head, params: found.params });
    if (isResponse(admitted)) return toResponse(request, admitted);
    return toResponse(request, await admitted.handle(admitted.body_limit === 0 ? { kind: 'none' } : bodyOf(request)));
  };
}

function headOf(request: Request, base: string): RequestHead {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    path: pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : '',
    search: search.slice(1),
    params: {},
    headers: Object.fromEntries(request.headers),
    base,
    native: request,
  };
}

function bodyOf({ body }: Request): RequestBody {
  return body === null ? { kind: 'none' } : { kind: 'unread', read: (limit) => readWebStream(body, limit) };
}

async function readWebStream(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (length > limit) throw bodyTooLargeError(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function toResponse(request: Request, { status, headers, body }: HttpResponse): Response {
  if (request.method === 'HEAD') discardBody(body);
  return new Response(request.method === 'HEAD' ? null : toBodyInit(body), { status, headers });
}

function toBodyInit(body: HttpResponse['body']): ConstructorParameters<typeof Response>[0] {
  if (body === null || typeof body === 'string') return body;
  // A copy, because the types of fetch do not accept a byte array over shared memory.
  return body instanceof Uint8Array ? new Uint8Array(body) : ReadableStream.from(body);
}
