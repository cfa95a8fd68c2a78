import {
  assembleApi,
  type Admission,
  type HttpApi,
  type HttpResponse,
  type HttpRoute,
  type RequestBody,
  type RequestHead,
} from '@botloom/core/http';

/** The mounted API, and what it has observed. */
export interface Probe {
  readonly http: HttpApi;
  /** Messages of the errors that were logged. */
  readonly logged: string[];
  /** Number of open streams: started, but neither read to the end nor canceled. */
  readonly openStreams: () => number;
  /** Number of requests that have reached a handler. */
  readonly handledRequests: () => number;
}

export const CHUNK = Buffer.alloc(65_536, 'x');
export const CHUNK_COUNT = 64;
export const SECRET_DETAIL = 'SELECT token FROM probe';

/** Creates an API of hand-written routes. They return what an adapter passes on, and send every kind of response. */
export function createProbe(): Probe {
  const logged: string[] = [];
  let open = 0;
  let handled = 0;
  const log = (data: object, message: string): void => {
    logged.push(`${message} ${JSON.stringify(data)}`);
  };
  const admit =
    (limit: number, handle: (body: RequestBody, head: RequestHead) => Promise<HttpResponse>) =>
    (head: RequestHead): Admission => ({
      body_limit: limit,
      handle(body) {
        handled += 1;
        return handle(body, head);
      },
    });
  async function* chunks(fail: boolean): AsyncGenerator<Uint8Array> {
    open += 1;
    try {
      for (let index = 0; index < CHUNK_COUNT; index += 1) {
        if (fail && index === 3) throw new Error('broken off');
        yield CHUNK;
      }
    } finally {
      open -= 1;
    }
  }
  const stream = (fail: boolean) =>
    admit(0, () =>
      Promise.resolve({
        status: 200,
        headers: { 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' },
        body: chunks(fail),
      }),
    );
  const routes: HttpRoute[] = [
    { method: 'GET', path: '/api/probe/head/:name', admit: (head) => echoHead(head) },
    { method: 'GET', path: '/api/probe/later/:name', admit: (head) => Promise.resolve(echoHead(head)) },
    { method: 'POST', path: '/api/probe/echo', admit: admit(1_048_576, echoBody) },
    { method: 'PUT', path: '/api/probe/pair/:left/:right', admit: admit(1024, echoBody) },
    { method: 'PATCH', path: '/api/probe/pair/:left/:right', admit: admit(1024, echoBody) },
    { method: 'DELETE', path: '/api/probe/pair/:left/:right', admit: (head) => echoHead(head) },
    { method: 'POST', path: '/api/probe/small', admit: admit(16, echoBody) },
    { method: 'POST', path: '/api/probe/refused/:name', admit: (head) => json(401, { base: head.base }) },
    { method: 'GET', path: '/api/probe/stream', admit: stream(false) },
    { method: 'GET', path: '/api/probe/broken', admit: stream(true) },
    {
      method: 'GET',
      path: '/api/probe/bytes',
      admit: () => ({
        status: 200,
        headers: { 'content-type': 'application/octet-stream' },
        body: new Uint8Array([0, 255, 1]),
      }),
    },
    { method: 'GET', path: '/api/probe/empty', admit: () => ({ status: 204, headers: {}, body: null }) },
    {
      method: 'POST',
      path: '/api/probe/empty',
      admit: admit(1024, () => Promise.resolve({ status: 200, headers: {}, body: null })),
    },
    {
      method: 'GET',
      path: '/api/probe/throws',
      admit: () => {
        throw new Error(SECRET_DETAIL);
      },
    },
    { method: 'GET', path: '/api/probe/rejects', admit: admit(0, () => Promise.reject(new Error(SECRET_DETAIL))) },
  ];
  return {
    http: assembleApi(routes, { debug: log, info: log, warn: log, error: log }),
    logged,
    openStreams: () => open,
    handledRequests: () => handled,
  };
}

function echoHead({ method, path, search, params, base, headers }: RequestHead): HttpResponse {
  return json(200, { method, path, search, params, base, probe: headers['x-probe'] ?? null });
}

async function echoBody(body: RequestBody, head: RequestHead): Promise<HttpResponse> {
  if (body.kind !== 'unread')
    return json(200, { kind: body.kind, value: body.kind === 'parsed' ? body.value : null, params: head.params });
  const limit = head.path === '/api/probe/small' ? 16 : 1_048_576;
  try {
    const bytes = await body.read(limit);
    return json(200, {
      kind: 'unread',
      length: bytes.byteLength,
      value: bytes.byteLength < 4096 ? Buffer.from(bytes).toString('utf8') : null,
      params: head.params,
    });
  } catch (error) {
    return json(413, { message: error instanceof Error ? error.message : null });
  }
}

function json(status: number, value: object): HttpResponse {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}
