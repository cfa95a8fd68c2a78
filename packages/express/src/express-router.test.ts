import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { Router, type ErrorRequestHandler } from 'express';
import { afterEach, expect, it } from 'vitest';
import { assembleApi, type HttpRoute } from '@botloom/core/http';
import { expressRouter } from './express-router.ts';

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
const open: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close().closeAllConnections();
});

async function get(app: ReturnType<typeof express>, path: string): Promise<{ status: number; body: unknown }> {
  const server = createServer(app);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a string.
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  return { status: response.status, body: await response.json() };
}

it('detects its mount path in nested routers', async () => {
  const app = express();
  app.use('/a', Router().use('/:b', Router({ mergeParams: true }).use('/c', expressRouter({ http }))));
  expect(await get(app, '/a/x/c/api/x/ann')).toEqual({
    status: 200,
    body: { base: '/a/x/c', params: { name: 'ann' } },
  });
});

it('passes errors of the host on and handles its own', async () => {
  const app = express();
  app.use((request, _response, next) => {
    next(request.path.endsWith('fail') ? new Error('of the host') : undefined);
  });
  app.use(expressRouter({ http }));
  const onError: ErrorRequestHandler = (error, _request, response, _next) => {
    response.status(418).json({ host: error instanceof Error ? error.message : '' });
  };
  app.use(onError);
  expect(await get(app, '/api/x/fail')).toEqual({ status: 418, body: { host: 'of the host' } });
  expect(await get(app, '/api/x/%E0%A4%A')).toMatchObject({ status: 404, body: { code: 'ROUTE_NOT_FOUND' } });
});

it('works when mounted twice', async () => {
  const app = express();
  const router = expressRouter({ http });
  app.use('/one', router).use('/two', router);
  expect(await get(app, '/two/api/x/ann')).toMatchObject({ body: { base: '/two' } });
});
