import type { ServeHost } from '@botloom/testing/http-conformance';
import { serveExpress } from './express-host.ts';
import { serveFastify } from './fastify-host.ts';

/** The adapters that the REST API is tested through, each at another mount path. */
export const REST_STACKS: readonly {
  readonly name: string;
  readonly serve: ServeHost;
  readonly mount: string;
  readonly base: string;
}[] = [
  { name: 'express at /', serve: serveExpress, mount: '', base: '' },
  { name: 'express at /t/:tenant', serve: serveExpress, mount: '/t/:tenant', base: '/t/acme' },
  { name: 'fastify at /bots', serve: serveFastify, mount: '/bots', base: '/bots' },
];
