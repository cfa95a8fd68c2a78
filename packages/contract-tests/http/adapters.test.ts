import { describeHttpAdapter } from '@botloom/testing/http-conformance';
import { serveExpress } from './express-host.ts';
import { serveFastify } from './fastify-host.ts';

describeHttpAdapter('express', serveExpress);
describeHttpAdapter('fastify', serveFastify);
