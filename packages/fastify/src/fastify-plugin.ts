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
  /** What `createBotloom` returned. */
  readonly botloom: { readonly http: HttpApi };
}

/**
 * Botloom as a Fastify plugin: `/api/…` below its prefix. It is encapsulated: parsers and error handling of the host stay as they are, and
 * the host's hooks and logs see every route by its pattern.
 *
 * @example
 * await app.register(fastifyPlugin, { botloom, prefix: '/bots' });
 */
export const fastifyPlugin: FastifyPluginCallback<FastifyPluginOptions> = fp(register, {
  fastify: '5.x',
  name: '@botloom/fastify',
  // With it the prefix works and nothing of ours reaches the host.
  encapsulate: true,
});

function register(instance: FastifyInstance, { botloom: { http } }: FastifyPluginOptions, done: () => void): void {
  // Bodies stay unread until a request has been let in. Only in this scope.
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
 * The rest of each namespace of ours: other methods and unknown addresses. Fastify also sends path parameters here that are longer than
 * the host's `maxParamLength` (100 by default, and Telegram's file ids can be longer), so a route is looked for first.
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
    // For documentation plugins of the host, which add `hide` to the type: they would list our routes without their schemas.
    schema: { hide: true } as FastifySchema,
    errorHandler(error, request, reply) {
      const known = isMediaTypeError(error) ? new BotloomError('MEDIA_TYPE_UNSUPPORTED') : error;
      // What a hook of the host has thrown is the host's to answer.
      if (!isBotloomError(known)) throw error;
      sendResponse(request, reply, http.failed(known, heads(request)));
    },
  };
}

/** Without async functions: this is the hot path, and an update needs no turn of the event loop before it is handed over. */
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

/** `/api/bots/` matches `/api/bots/:id` in Fastify, and in no other router. */
function hasEmptyParam({ params }: RequestHead): boolean {
  for (const name in params) if (params[name] === '') return true;
  return false;
}

/** Fastify refuses a Content-Type that is none before any parser is asked. */
function isMediaTypeError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
}

function addHeadMethod(method: HttpRoute['method']): HTTPMethods[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}
