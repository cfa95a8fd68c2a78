import type { z } from 'zod';
import { DEFAULT_BODY_LIMIT_BYTES, isBodyOptional, successStatus, type Endpoint } from '../contract/index.ts';
import type { Principal } from '../model/index.ts';
import type { Logger } from '../ports/index.ts';
import { authenticate, authorize, type Credentials } from './authenticate.ts';
import { limitDeclaredLength } from './body/declared-length.ts';
import type { MemoryBudget } from './body/memory-budget.ts';
import { readBytes } from './body/read-bytes.ts';
import { readJson } from './body/read-json.ts';
import { encodeError, type ErrorContext } from './encode-error.ts';
import { encodeResponse } from './encode-response.ts';
import type { Admission, HttpResponse, HttpRoute, RequestBody, RequestHead } from './http-types.ts';
import { parseBody, parseParams, parseQuery } from './parse-input.ts';

/** A handler without its types, which the pipeline has checked at run time. */
export type ErasedHandler = (request: {
  params: unknown;
  query: unknown;
  body: unknown;
  principal: Principal | null;
  base: string;
}) => unknown;

export interface PipelineDeps {
  readonly credentials: Credentials;
  readonly logger: Logger;
  /** For bodies that are read as raw bytes. */
  readonly memory: MemoryBudget;
}

/**
 * Returns the route of an endpoint: authenticate → authorize → parse the head | read and parse the body → handle →
 * encode.
 */
export function endpointRoute(endpoint: Endpoint, handler: ErasedHandler, deps: PipelineDeps): HttpRoute {
  const bodyLimit = endpoint.body === undefined ? 0 : (endpoint.body_limit ?? DEFAULT_BODY_LIMIT_BYTES);
  const status = successStatus(endpoint);
  return { method: endpoint.method, path: endpoint.path, admit };

  async function admit(head: RequestHead): Promise<HttpResponse | Admission> {
    return guarded(head, async () => {
      const principal = endpoint.permission === null ? null : await authenticate(head, deps.credentials);
      if (principal !== null && endpoint.permission !== null) authorize(principal, endpoint.permission);
      const params = parseParams(head.params);
      // Probes and browsers add their own parameters to public URLs.
      const query = principal === null ? undefined : parseQuery(endpoint, head.search);
      const length = bodyLimit > 0 ? limitDeclaredLength(head, bodyLimit) : null;
      return {
        body_limit: bodyLimit,
        handle: (body) =>
          guarded(head, () =>
            withBody(head, length ?? bodyLimit, body, async (parsed) =>
              encodeResponse(
                endpoint,
                status,
                await handler({ params, query, body: parsed, principal, base: head.base }),
              ),
            ),
          ),
      };
    });
  }

  async function withBody(
    head: RequestHead,
    length: number,
    body: RequestBody,
    work: (parsed: unknown) => Promise<HttpResponse>,
  ): Promise<HttpResponse> {
    if (endpoint.body === undefined) return work(undefined);
    if (endpoint.body !== 'bytes')
      return work(parseBody(endpoint.body, isAbsent(endpoint.body, body) ? {} : await readJson(head, body, bodyLimit)));
    const release = deps.memory(length);
    try {
      return await work(await readBytes(head, body, bodyLimit));
    } finally {
      release();
    }
  }

  async function guarded<Result>(head: RequestHead, work: () => Promise<Result>): Promise<Result | HttpResponse> {
    try {
      return await work();
    } catch (error) {
      const site: ErrorContext = { method: head.method, base: head.base, route: endpoint.path };
      return encodeError(error, site, deps.logger);
    }
  }
}

/** True for a missing body that counts as `{}`. */
function isAbsent(schema: z.ZodType, { kind }: RequestBody): boolean {
  return kind === 'none' && isBodyOptional(schema);
}
