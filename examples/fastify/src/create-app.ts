import Fastify, { type FastifyInstance } from 'fastify';
import type { Botloom } from '@botloom/core';
import { fastifyPlugin } from '@botloom/fastify';

/** Creates the app of a clinic with its own body parser, hook, error handler and routes. Botloom is one line. */
export function createApp(botloom: Botloom): FastifyInstance {
  const app = Fastify();
  app.setErrorHandler(async (error, _request, reply) =>
    reply.code(500).send({ error: error instanceof Error ? error.message : 'unknown' }),
  );
  app.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, body, done) => {
    done(null, String(body).split(','));
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-clinic', 'north');
  });

  void app.register(fastifyPlugin, { botloom, prefix: '/bots' });

  app.get('/', async () => 'The clinic is open.');
  app.post('/appointments', async (request) => ({ booked: request.body }));
  app.get('/broken', async () => {
    throw new Error('the lift is stuck');
  });
  return app;
}
