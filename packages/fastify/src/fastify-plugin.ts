import type {
  FastifyInstance,
  FastifyPluginCallback,
  FastifyReply,
  FastifyRequest,
  FastifySchema,
  HTTPMethods,
  RouteOptions,
} from 'fastify';
import fp from 'fastify-plugin';
import {
  BotloomError,
  isBotloomError,
  isResponse,
  type Admission,
  type HttpApi,
  type HttpResponse,
  type HttpRoute,
  type RequestHead,
} from '@botloom/core/http';
import { createHeadReader, readBody, type HeadReader } from './read-request.ts';
import { sendResponse } from './send-response.ts';

export interface FastifyPluginOptions {
  /** The result of `createBotloom`. */
  readonly botloom: { readonly http: HttpApi };
}

/**
 * Botloom as a Fastify plugin, with `/api/…` below its prefix. It is encapsulated: parsers and error handling of the
 * host do not change, and the host's hooks and logs see the pattern of every route.
 *
 * @example
 * await app.register(fastifyPlugin, { botloom, prefix: '/bots' });
 */
export const fastifyPlugin: FastifyPluginCallback<FastifyPluginOptions> = fp(register, {
  fastify: '5.x',
  name: '@botloom/fastify',
  // Required for the prefix, and keeps Botloom's parsers and handlers away from the host.
  encapsulate: true,
});

function register(instance: FastifyInstance, { botloom: { http } }: FastifyPluginOptions, done: () => void): void {
  // Bodies remain unread until a request is admitted. This applies to this scope only.
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('*', (_request, payload, parsed) => {
    parsed(null, payload);
  });
  const heads = createHeadReader(instance.prefix);
  const options = sharedOptions(http, heads);
  for (const route of http.routes) {
    instance.route({
      ...options,
      method: addHeadMethod(route.method),
      url: route.path,
      handler: (request, reply) => serve(http, route, heads(request), request, reply),
    });
  }
  registerRest(instance, http, heads, options);
  done();
}

/**
 * Registers the rest of Botloom's namespaces: other methods and unknown paths. Requests with a path parameter longer
 * than the host's `maxParamLength` also arrive here (100 by default; file IDs of Telegram can be longer), so the
 * handler looks for a route first.
 */
function registerRest(
  instance: FastifyInstance,
  http: HttpApi,
  heads: HeadReader,
  options: Partial<RouteOptions>,
): void {
  const taken = new Map<string, HTTPMethods[]>();
  for (const { path, method } of http.routes) taken.set(path, [...(taken.get(path) ?? []), ...addHeadMethod(method)]);
  const urls = new Set([...taken.keys(), ...http.namespaces.flatMap((namespace) => [namespace, `${namespace}/*`])]);
  for (const url of urls) {
    const method = instance.supportedMethods.filter(
      (name): name is HTTPMethods => !(taken.get(url) ?? []).includes(name),
    );
    if (method.length > 0) instance.route({ ...options, method, url, handler });
  }

  function handler(request: FastifyRequest, reply: FastifyReply): void {
    const head = heads(request);
    const found = http.find(head.method === 'HEAD' ? 'GET' : head.method, head.path);
    if (found === null) sendResponse(request, reply, http.notFound(head));
    else serve(http, found.route, { ...head, params: found.params }, request, reply);
  }
}

function sharedOptions(http: HttpApi, heads: HeadReader): Partial<RouteOptions> {
  return {
    exposeHeadRoute: false,
    // Documentation plugins of the host would list Botloom's routes without their schemas. They add `hide` to the type.
    schema: { hide: true } as FastifySchema,
    errorHandler(error, request, reply) {
      const known = isMediaTypeError(error) ? new BotloomError('MEDIA_TYPE_UNSUPPORTED') : error;
      // The host handles errors that its hooks throw.
      if (!isBotloomError(known)) throw error;
      sendResponse(request, reply, http.failed(known, heads(request)));
    },
  };
}

/**
 * Serves a request without async functions: on this hot path, an update reaches the runtime in the same turn of the
 * event loop.
 */
function serve(http: HttpApi, route: HttpRoute, head: RequestHead, request: FastifyRequest, reply: FastifyReply): void {
  const fail = (error: unknown): void => {
    sendResponse(request, reply, http.failed(error, head));
  };
  const proceed = (admitted: HttpResponse | Admission): void => {
    if (isResponse(admitted)) sendResponse(request, reply, admitted);
    else
      admitted.handle(admitted.body_limit === 0 ? NO_BODY : readBody(request)).then((response) => {
        sendResponse(request, reply, response);
      }, fail);
  };
  try {
    const admitted = hasEmptyParam(head) ? http.notFound(head) : route.admit(head);
    if (admitted instanceof Promise) admitted.then(proceed, fail);
    else proceed(admitted);
  } catch (error) {
    fail(error);
  }
}

const NO_BODY = { kind: 'none' } as const;

/** True for an empty path parameter: only in Fastify does `/api/bots/` match `/api/bots/:id`. */
function hasEmptyParam({ params }: RequestHead): boolean {
  for (const name in params) if (params[name] === '') return true;
  return false;
}

/** True for Fastify's error for a malformed Content-Type, which it throws before it calls a parser. */
function isMediaTypeError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
}

function addHeadMethod(method: HttpRoute['method']): HTTPMethods[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}
