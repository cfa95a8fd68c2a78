import { Agent, request } from 'undici';

/** The REST API, called with an API key and an HTTP client. */
export interface Api {
  /** URL of the mount, without a trailing slash. */
  readonly url: string;
  /** Returns the body of a successful response. Throws an error with the response for any other status. */
  call<Body>(method: string, path: string, body?: unknown): Promise<Body>;
  /** Returns any response, for tests of rejections. `key: null` sends no credentials. */
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  /** Returns every record of a list, page by page. */
  all<Item>(path: string): Promise<Item[]>;
  close(): Promise<void>;
}

export interface SendOptions {
  /** Sent unchanged if it is text or bytes, else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** @param url - of the mount, without a trailing slash */
export function connectApi(url: string, apiKey: string): Api {
  const agent = new Agent({ connections: 64 });

  async function send(
    method: string,
    path: string,
    { body, headers, key = apiKey }: SendOptions = {},
  ): Promise<Answer> {
    const response = await request(`${url}${path}`, {
      // Undici's type lists the standard methods; tests send others, too.
      method: method as 'GET',
      dispatcher: agent,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body:
        body === undefined
          ? null
          : typeof body === 'string' || body instanceof Uint8Array
            ? body
            : JSON.stringify(body),
    });
    return { status: response.statusCode, headers: response.headers, body: parse(await response.body.text()) };
  }

  async function call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await send(method, path, { body });
    if (answer.status >= 300)
      throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    // The caller names the record type that the contract promises for this call.
    return answer.body as Body;
  }

  return {
    url,
    call,
    send,
    async all<Item>(path: string) {
      const items: Item[] = [];
      let cursor: string | null = null;
      do {
        const query = `limit=100${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
        const page: { items: Item[]; next: string | null } = await call(
          'GET',
          `${path}${path.includes('?') ? '&' : '?'}${query}`,
        );
        items.push(...page.items);
        cursor = page.next;
      } while (cursor !== null);
      return items;
    },
    close: () => agent.close(),
  };
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}
