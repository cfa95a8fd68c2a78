import { lookup } from 'node:dns';
import { Agent, errors, request as send } from 'undici';
import { checkHeaders } from './check-headers.ts';
import { checkUrl, type CheckedUrl } from './check-url.ts';
import { createGuardedLookup, type ResolveHost } from './guarded-lookup.ts';
import { OutboundError } from './outbound-error.ts';
import { readBody } from './read-body.ts';

export interface OutboundRequest {
  readonly method: OutboundMethod;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** True if the body may be sent to this origin only: a redirect of it to another origin fails. */
  readonly is_confidential?: boolean;
  /** Timeout in milliseconds, including redirects. Maximum and default: 10,000. */
  readonly timeout?: number;
}

export type OutboundMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface OutboundResponse {
  readonly status: number;
  /** Names are in lower case. Of a repeated header, the last value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Outbound {
  /** @throws OutboundError - when there is no response. Any status is a response. */
  request(request: OutboundRequest): Promise<OutboundResponse>;
}

export interface OutboundOptions {
  /**
   * Hosts with ports that are allowed whatever their address is: `internal.example:8080`, `127.0.0.1:9000`,
   * `[::1]:9000`.
   */
  readonly allow?: readonly string[];
  /** Resolves host names. Default: the resolver of the system. */
  readonly resolve?: ResolveHost;
}

export const OUTBOUND_LIMITS = {
  /** Maximum size of a decoded body, in bytes. */
  body: 1_000_000,
  /** Maximum size of the response headers, in bytes. */
  head: 16_384,
  redirects: 5,
  /** Milliseconds. */
  timeout: 10_000,
} as const;

/**
 * Creates an HTTP client for addresses that come from data. See the README of this folder.
 *
 * @example
 * const outbound = createOutbound({ allow: ['127.0.0.1:9000'] });
 * const request = { method: 'GET', url: 'https://example.com', headers: {}, body: null } as const;
 * const { status, body } = await outbound.request(request);
 */
export function createOutbound({ allow = [], resolve = lookup }: OutboundOptions = {}): Outbound {
  const allowedHosts = new Set(allow.map((entry) => entry.toLowerCase()));
  return {
    async request({ timeout = OUTBOUND_LIMITS.timeout, ...outboundRequest }) {
      const signal = AbortSignal.timeout(Math.min(timeout, OUTBOUND_LIMITS.timeout));
      let hop: Hop = {
        method: outboundRequest.method,
        headers: checkHeaders(outboundRequest.headers),
        body: outboundRequest.body,
        ...checkUrl(outboundRequest.url, allowedHosts),
      };
      for (let redirects = 0; ; redirects += 1) {
        const response = await performRequest(hop, resolve, signal);
        const target = redirectTargetOf(response);
        if (target === null) return response;
        if (redirects === OUTBOUND_LIMITS.redirects) throw new OutboundError('TOO_MANY_REDIRECTS');
        const next = followRedirect(hop, response.status, target, allowedHosts);
        if (outboundRequest.is_confidential === true && next.body !== null && next.url.origin !== hop.url.origin)
          throw new OutboundError('REDIRECT_DENIED');
        hop = next;
      }
    },
  };
}

interface Hop extends CheckedUrl {
  readonly method: OutboundMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

async function performRequest(
  { url, is_opened, method, headers, body }: Hop,
  resolve: ResolveHost,
  signal: AbortSignal,
): Promise<OutboundResponse> {
  // One connection per request. A reused one could lead to an address that the name no longer has, or that is not
  // allowed.
  const agent = new Agent({
    connections: 1,
    pipelining: 0,
    maxHeaderSize: OUTBOUND_LIMITS.head,
    connect: { lookup: createGuardedLookup(resolve, is_opened) },
  });
  try {
    const {
      statusCode,
      headers: head,
      body: stream,
    } = await send(url, {
      dispatcher: agent,
      method,
      headers: { 'accept-encoding': 'gzip', ...headers },
      body,
      signal,
    });
    const responseHeaders = Object.fromEntries(
      Object.entries(head).map(([name, value]) => [name, Array.isArray(value) ? (value.at(-1) ?? '') : (value ?? '')]),
    );
    return {
      status: statusCode,
      headers: responseHeaders,
      body: await readBody(stream, responseHeaders['content-encoding'] ?? '', OUTBOUND_LIMITS.body),
    };
  } catch (error) {
    throw toOutboundError(error);
  } finally {
    await agent.destroy();
  }
}

function redirectTargetOf({ status, headers }: OutboundResponse): string | null {
  return [301, 302, 303, 307, 308].includes(status) ? (headers.location ?? null) : null;
}

/**
 * Returns the request that follows a redirect. Another origin receives no credentials and none of the headers of the
 * flow, except the content type and the accepted types.
 */
function followRedirect(hop: Hop, status: number, target: string, allowedHosts: ReadonlySet<string>): Hop {
  const absolute = URL.parse(target, hop.url.href);
  if (absolute === null) throw new OutboundError('URL_INVALID');
  const checked = checkUrl(absolute, allowedHosts);
  const becomesGet = status === 303 || (hop.method === 'POST' && (status === 301 || status === 302));
  const method = becomesGet && hop.method !== 'HEAD' ? 'GET' : hop.method;
  const forwarded = Object.entries(hop.headers).filter(([name]) => {
    if (method !== hop.method && name.startsWith('content-')) return false;
    return checked.url.origin === hop.url.origin || name === 'accept' || name === 'content-type';
  });
  return { ...checked, method, headers: Object.fromEntries(forwarded), body: method === hop.method ? hop.body : null };
}

function toOutboundError(error: unknown): OutboundError {
  const cause: unknown = error instanceof AggregateError ? error.errors[0] : error;
  for (let at: unknown = cause; at instanceof Error; at = at.cause) if (at instanceof OutboundError) return at;
  if (error instanceof errors.HeadersOverflowError) return new OutboundError('TOO_LARGE', 'the headers');
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError' || name === 'AbortError' || error instanceof errors.ConnectTimeoutError)
    return new OutboundError('TIMED_OUT', null, { cause: error });
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
    return new OutboundError('UNREADABLE', 'the body cannot be decompressed', { cause: error });
  return new OutboundError('UNREACHABLE', null, { cause: error });
}
