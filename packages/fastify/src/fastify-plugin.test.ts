import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { assembleApi, type HttpRoute } from '@botloom/core/http';
import { fastifyPlugin } from './fastify-plugin.ts';

const routes: HttpRoute[] = [
  {
    method: 'GET',
    path: '/api/x/:name',
    admit: ({ base, params }) => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ base, params }),
    }),
  },
];
const log = (): void => undefined;
const http = assembleApi(routes, { debug: log, info: log, warn: log, error: log });

it('lets hooks of the host see the pattern of the route and the status', async () => {
  const app = fastify();
  const seen: unknown[] = [];
  app.addHook('onResponse', (request, reply, done) => {
    seen.push([request.routeOptions.url, reply.statusCode]);
    done();
  });
  await app.register(fastifyPlugin, { botloom: { http }, prefix: '/bots' });
  await app.inject('/bots/api/x/ann');
  await app.inject('/bots/api/x/ann/more');
  expect(seen).toEqual([
    ['/bots/api/x/:name', 200],
    ['/bots/api/x/*', 404],
  ]);
});

it('leaves errors that a hook of the host throws to the host', async () => {
  const app = fastify();
  app.addHook('preHandler', () => Promise.reject(new Error('not you')));
  app.setErrorHandler((error, _request, reply) =>
    reply.code(403).send({ host: error instanceof Error ? error.message : '' }),
  );
  await app.register(fastifyPlugin, { botloom: { http } });
  const answer = await app.inject('/api/x/ann');
  expect([answer.statusCode, answer.json()]).toEqual([403, { host: 'not you' }]);
});

it('can be registered at two prefixes, also with a parameter that both the prefix and a route have', async () => {
  const app = fastify();
  await app.register(fastifyPlugin, { botloom: { http }, prefix: '/one' });
  await app.register(fastifyPlugin, { botloom: { http }, prefix: '/:name/two' });
  expect((await app.inject('/one/api/x/ann')).json()).toEqual({ base: '/one', params: { name: 'ann' } });
  expect((await app.inject('/bob/two/api/x/ann')).json()).toEqual({ base: '/bob/two', params: { name: 'ann' } });
});

it('does not disturb a host that documents its routes', async () => {
  const app = fastify();
  const hidden: unknown[] = [];
  app.addHook('onRoute', ({ schema }) => {
    hidden.push(schema);
  });
  await app.register(fastifyPlugin, { botloom: { http } });
  expect(hidden.length).toBeGreaterThan(0);
  for (const schema of hidden) expect(schema).toMatchObject({ hide: true });
});
