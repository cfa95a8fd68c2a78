import { contract, listEndpoints, type Contract, type Endpoint } from '../contract/index.ts';
import { BotloomError } from '../errors/index.ts';
import type { ClientOf } from './client-types.ts';
import { raiseProblem } from './raise-problem.ts';

export interface ClientOptions {
  /** Where Botloom is mounted: `https://example.com/bots`; in a browser also `/bots`. */
  readonly baseUrl: string;
  /** Sent as `Authorization: Bearer …`. Leave it out where the host knows the caller by other means. */
  readonly apiKey?: string | undefined;
  /** Default: the global one. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

export type Client = ClientOf<typeof contract>;

/**
 * The REST API as functions, typed by its contract.
 *
 * @throws every call: BotloomError with the code that the API answered; UNAVAILABLE when it cannot be reached or answers something else.
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
  // The loop gives each endpoint the function that `ClientOf` types by it; a mapped type cannot be built up in steps.
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
    // Who gave the signal knows what it means.
    if (signal?.aborted === true) throw error;
    throw new BotloomError('UNAVAILABLE', 'The API could not be reached.', { cause: error });
  });
  if (!response.ok) return raiseProblem(response);
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
