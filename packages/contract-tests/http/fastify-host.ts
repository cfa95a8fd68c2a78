import { fastify } from 'fastify';
import { fastifyPlugin } from '@botloom/fastify';
import type { ServeHost } from '@botloom/testing/http-conformance';

/** A Fastify application with its own routes and Botloom. */
export const serveFastify: ServeHost = async ({ http, mount, parsers }) => {
  const app = fastify({ forceCloseConnections: true });
  if (parsers === 'none') app.removeAllContentTypeParsers();
  const addParser = (): void => {
    app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => {
      done(null, body);
    });
  };
  app.setErrorHandler((_error, _request, reply) => reply.code(418).send({ host: 'error' }));
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ host: 'not found' }));
  if (parsers === 'before') {
    addParser();
    // A host can replace the stream with its parsed content.
    app.addHook('preHandler', async (request) => {
      const body = request.body;
      if (request.headers['content-type'] === 'application/json' && isStream(body)) request.body = await parse(body);
    });
  }
  app.post('/host/echo', (request, reply) => reply.send({ host: parsers === 'none' ? null : request.body }));
  app.get('/host/fail', () => {
    throw new Error('of the host');
  });
  await app.register(fastifyPlugin, { botloom: { http }, prefix: mount });
  if (parsers === 'after') addParser();
  if (parsers === 'none') {
    app.addContentTypeParser('application/json', (_request, payload, done) => {
      payload.resume();
      done(null);
    });
  }
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return { origin, close: () => app.close() };
};

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

async function parse(stream: AsyncIterable<Uint8Array>): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
