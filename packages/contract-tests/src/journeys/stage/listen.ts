import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import fastify from 'fastify';
import type { HttpApi } from '@botloom/core/http';
import { expressRouter } from '@botloom/express';
import { fastifyPlugin } from '@botloom/fastify';

export type AdapterName = 'express' | 'fastify';

/** A server that listens before it has a handler: Botloom needs its address at creation. */
export interface MountServer {
  readonly url: string;
  /** Mounts Botloom with its adapter. */
  mount(adapter: AdapterName, botloom: { readonly http: HttpApi }): Promise<void>;
  close(): Promise<void>;
}

export async function startMountServer(): Promise<MountServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // The address of a listening TCP server is always an object.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    mount: (adapter, botloom) => MOUNTS[adapter](server, botloom),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const MOUNTS: Readonly<Record<AdapterName, (server: Server, botloom: { readonly http: HttpApi }) => Promise<void>>> = {
  async express(server, botloom) {
    const app = express();
    app.use(expressRouter(botloom));
    server.on('request', app);
  },
  async fastify(server, botloom) {
    const app = fastify({
      serverFactory(handler) {
        server.on('request', handler);
        return server;
      },
    });
    await app.register(fastifyPlugin, { botloom });
    await app.ready();
  },
};
