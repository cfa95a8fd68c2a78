import { contract, listEndpoints, type Contract, type Endpoint } from '../contract/index.ts';
import { BotloomError } from '../errors/index.ts';
import type { ClientOf } from './client-types.ts';
import { throwProblem } from './throw-problem.ts';

export interface ClientOptions {
  /** The URL that Botloom is mounted at: `https://example.com/bots`; in a browser also `/bots`. */
  readonly baseUrl: string;
  /** Sent as `Authorization: Bearer …`. Leave it out if the host authenticates the caller by other means. */
  readonly apiKey?: string | undefined;
  /** Default: the global `fetch`. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

export type Client = ClientOf<typeof contract>;

/**
 * Creates a client of the REST API: one typed function per endpoint. Each of them throws a `BotloomError` with the code
 * of the response, or `UNAVAILABLE` if the API cannot be reached or the response is not from it.
 *
 * @example
 * const client = createClient({ baseUrl: 'https://example.com/bots', apiKey });
 * const { items } = await client.bots.list({ query: { limit: 10 } });
 * await client.messages.send({ params: { id: items[0].id }, body: { user_id, text: 'Hello' } });
 */
export function createClient(options: ClientOptions): Client {
  return bindContract(contract, options);
}

function bindContract<C extends Contract>(of: C, options: ClientOptions): ClientOf<C> {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const { group, name, endpoint } of listEndpoints(of)) {
    (groups[group] ??= {})[name] = (input: ErasedInput = {}) => call(endpoint, input, options);
  }
  // The loop creates the function that `ClientOf` types for each endpoint; a mapped type cannot be built step by step.
  return groups as ClientOf<C>;
}

interface ErasedInput {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

async function call(
  endpoint: Endpoint,
  { params = {}, query = {}, body, signal }: ErasedInput,
  options: ClientOptions,
): Promise<unknown> {
  const url = options.baseUrl.replace(/\/+$/, '') + pathOf(endpoint, params) + searchOf(query);
  const response = await (options.fetch ?? fetch)(url, {
    method: endpoint.method,
    headers: {
      ...(options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` }),
      ...(body === undefined
        ? {}
        : { 'content-type': body instanceof Blob ? body.type || 'application/octet-stream' : 'application/json' }),
    },
    ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    // The caller who aborted the request expects the error of the signal.
    if (signal?.aborted === true) throw error;
    throw new BotloomError('UNAVAILABLE', 'The API could not be reached. Check baseUrl and the network.', {
      cause: error,
    });
  });
  if (!response.ok) return throwProblem(response);
  if (endpoint.response === 'file' || endpoint.response === 'html') return response;
  return endpoint.response === 'empty' ? undefined : response.json();
}

function pathOf({ path }: Endpoint, params: NonNullable<ErasedInput['params']>): string {
  return path.replaceAll(/:([a-z_]+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
}

function searchOf(query: NonNullable<ErasedInput['query']>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return search.size === 0 ? '' : `?${search.toString()}`;
}
