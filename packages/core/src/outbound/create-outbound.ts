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
  /** The body is for this origin only: a redirect that would take it to another fails. */
  readonly is_confidential?: boolean;
  /** Milliseconds for all of it, redirects included; 10,000 at most and by default. */
  readonly timeout?: number;
}

export type OutboundMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface OutboundResponse {
  readonly status: number;
  /** The last of each, by names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Outbound {
  /** Raises OutboundError; whatever status the server answers is an answer. */
  request(request: OutboundRequest): Promise<OutboundResponse>;
}

export interface OutboundOptions {
  /** Hosts with their ports that are reached whatever their address is: `internal.example:8080`, `127.0.0.1:9000`, `[::1]:9000`. */
  readonly allow?: readonly string[];
  /** How names are resolved. Default: the system. */
  readonly resolve?: ResolveHost;
}

export const OUTBOUND_LIMITS = {
  /** Bytes of an answer, decoded. */
  body: 1_000_000,
  /** Bytes of its head. */
  head: 16_384,
  redirects: 5,
  /** Milliseconds. */
  timeout: 10_000,
} as const;

/**
 * A client for addresses that come from data. See the README of this folder.
 *
 * @example
 * const outbound = createOutbound({ allow: ['127.0.0.1:9000'] });
 * const { status, body } = await outbound.request({ method: 'GET', url: 'https://example.com', headers: {}, body: null });
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
  // One connection, for one request: a kept one might lead to where the name no longer points, or to where it must not.
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

/** Where a redirect leads. At another origin nothing is known of what the flow gave for this one: no credentials, none of its headers. */
function followRedirect(hop: Hop, status: number, target: string, allowedHosts: ReadonlySet<string>): Hop {
  const absolute = URL.parse(target, hop.url.href);
  if (absolute === null) throw new OutboundError('URL_INVALID');
  const checked = checkUrl(absolute, allowedHosts);
  const becomesGet = status === 303 || (hop.method === 'POST' && (status === 301 || status === 302));
  const method = becomesGet && hop.method !== 'HEAD' ? 'GET' : hop.method;
  const kept = Object.entries(hop.headers).filter(([name]) => {
    if (method !== hop.method && name.startsWith('content-')) return false;
    return checked.url.origin === hop.url.origin || name === 'accept' || name === 'content-type';
  });
  return { ...checked, method, headers: Object.fromEntries(kept), body: method === hop.method ? hop.body : null };
}

function toOutboundError(error: unknown): OutboundError {
  const cause: unknown = error instanceof AggregateError ? error.errors[0] : error;
  for (let at: unknown = cause; at instanceof Error; at = at.cause) if (at instanceof OutboundError) return at;
  if (error instanceof errors.HeadersOverflowError) return new OutboundError('TOO_LARGE', 'its head');
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError' || name === 'AbortError' || error instanceof errors.ConnectTimeoutError)
    return new OutboundError('TIMED_OUT', null, { cause: error });
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
    return new OutboundError('UNREADABLE', 'it cannot be unpacked', { cause: error });
  return new OutboundError('UNREACHABLE', null, { cause: error });
}
