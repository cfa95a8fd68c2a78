/** The service under test: what the runner of the shared benchmark starts. */
import Fastify from 'fastify';
import { fastifyPlugin } from '@botloom/fastify';
import { makeBotloom } from './make-botloom.ts';
import { requireEnv } from './require-env.ts';

const botloom = await makeBotloom();
await botloom.start();
const app = Fastify({ logger: false });
await app.register(fastifyPlugin, { botloom });
await app.listen({ port: Number(requireEnv('PORT')), host: '127.0.0.1' });
process.on('SIGTERM', () => {
  void app
    .close()
    .then(() => botloom.stop())
    .then(() => process.exit(0));
});
