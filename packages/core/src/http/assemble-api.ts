import { BotloomError } from '../errors/index.ts';
import type { Logger } from '../ports/index.ts';
import { encodeError } from './encode-error.ts';
import type { HttpApi, HttpResponse, HttpRoute, RequestHead } from './http-types.ts';
import { createMatcher } from './match-route.ts';
import { respondEmpty } from './respond.ts';

/** Builds the API for an adapter from a list of routes. */
export function assembleApi(routes: readonly HttpRoute[], logger: Logger): HttpApi {
  const find = createMatcher(routes);
  const methods = [...new Set(routes.map((route) => route.method))];
  return { routes, namespaces: namespacesOf(routes), find, notFound, failed };

  function notFound(head: RequestHead): HttpResponse {
    const allowed = methods
      .filter((method) => find(method, head.path) !== null)
      .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    if (allowed.length === 0) return problem(head, new BotloomError('ROUTE_NOT_FOUND'));
    const allow = [...allowed, 'OPTIONS'].join(', ');
    if (head.method === 'OPTIONS') return respondEmpty(204, { allow });
    const response = problem(head, new BotloomError('METHOD_NOT_ALLOWED', `This route supports ${allow}.`));
    return { ...response, headers: { ...response.headers, allow } };
  }

  function failed(error: unknown, head: RequestHead): HttpResponse {
    return problem(head, error);
  }

  function problem(head: RequestHead, error: unknown): HttpResponse {
    return encodeError(error, { method: head.method, base: head.base, route: '' }, logger);
  }
}

/** Returns the first two parts of each path: `/api/bots`. */
function namespacesOf(routes: readonly HttpRoute[]): readonly string[] {
  return [...new Set(routes.map(({ path }) => path.split('/').slice(0, 3).join('/')))];
}
