import { createServer } from 'node:http';
import express, { Router, type ErrorRequestHandler } from 'express';
import type { HttpApi } from '@botloom/core/http';
import { expressRouter } from '@botloom/express';
import type { ServeHost } from '@botloom/testing/http-conformance';
import { listen } from './listen.ts';

/** An Express application with its own routes and Botloom: in a nested router if it has a mount path. */
export const serveExpress: ServeHost = async ({ http, mount, parsers }) => {
  const app = express();
  if (parsers === 'before') app.use(express.json({ limit: '2mb' }), express.urlencoded(), express.text());
  mountBotloom(app, http, mount);
  if (parsers === 'after') app.use(express.json(), express.urlencoded(), express.text());
  app.post('/host/echo', (request, response) => {
    const body: unknown = request.body;
    response.json({ host: body ?? null });
  });
  app.get('/host/fail', () => {
    throw new Error('of the host');
  });
  app.use((_request, response) => {
    response.status(404).json({ host: 'not found' });
  });
  const onError: ErrorRequestHandler = (_error, _request, response, _next) => {
    response.status(418).json({ host: 'error' });
  };
  app.use(onError);
  return listen(createServer(app));
};

function mountBotloom(app: ReturnType<typeof express>, http: HttpApi, mount: string): void {
  const [, first = '', ...rest] = mount.split('/');
  if (rest.length === 0) {
    app.use(mount === '' ? '/' : mount, expressRouter({ http }));
    return;
  }
  const outer = Router();
  outer.use(`/${rest.join('/')}`, expressRouter({ http }));
  app.use(`/${first}`, outer);
}
