import { Router, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { isResponse, type HttpApi, type HttpRoute } from '@botloom/core/http';
import { readBody, readHead } from './read-request.ts';
import { writeResponse } from './write-response.ts';

export interface ExpressRouterOptions {
  /** `http` of the result of `createBotloom`. */
  readonly http: HttpApi;
}

/**
 * Returns Botloom as an Express router, with `/api/…` below its mount path. The router detects its mount path, works
 * before and after the host's body parsers, and handles its own errors. Other requests fall through to your routes.
 *
 * @param botloom - the result of `createBotloom`
 * @example
 * const app = express();
 * app.use('/bots', expressRouter(botloom));
 */
export function expressRouter({ http }: ExpressRouterOptions): Router {
  const router = Router({ strict: true, caseSensitive: true });
  for (const route of http.routes) router[METHODS[route.method]](route.path, serve(http, route));
  router.use(handleUnmatched(http));
  router.use(handleUndecodable(http));
  return router;
}

const METHODS = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const satisfies Record<
  HttpRoute['method'],
  string
>;

function serve(http: HttpApi, route: HttpRoute): RequestHandler {
  return (request, response) => {
    handleRequest(route, request, response).catch((error: unknown) => {
      writeResponse(request, response, http.failed(error, readHead(request)));
    });
  };
}

async function handleRequest(route: HttpRoute, request: Request, response: Response): Promise<void> {
  const admitted = await route.admit(readHead(request));
  if (isResponse(admitted)) writeResponse(request, response, admitted);
  else
    writeResponse(
      request,
      response,
      await admitted.handle(admitted.body_limit === 0 ? { kind: 'none' } : readBody(request)),
    );
}

/** Responds to paths in Botloom's namespaces that match no route. Other paths can be routes of the host. */
function handleUnmatched(http: HttpApi): RequestHandler {
  return (request, response, next) => {
    if (isBotloomPath(http, request.path)) writeResponse(request, response, http.notFound(readHead(request)));
    else next();
  };
}

/** Responds if Express could not decode a path parameter. Errors of the host are passed on. */
function handleUndecodable(http: HttpApi): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (error instanceof URIError && isBotloomPath(http, request.path))
      writeResponse(request, response, http.notFound(readHead(request)));
    else next(error);
  };
}

function isBotloomPath(http: HttpApi, path: string): boolean {
  return http.namespaces.some((namespace) => path === namespace || path.startsWith(`${namespace}/`));
}
