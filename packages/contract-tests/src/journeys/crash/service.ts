import { createBotloom, type Logger } from '@botloom/core';
import { postgres } from '@botloom/core/postgres';
import { sqlite } from '@botloom/core/sqlite';
import { fastifyPlugin } from '@botloom/fastify';
import fastify from 'fastify';

/** A small service that the tests kill. Run by `child-process.ts`, which it tells its port. */
const { DATABASE_URL = '', PUBLIC_URL, TELEGRAM_API_ROOT, API_KEY = '', LEASE } = process.env;

const botloom = createBotloom({
  storage: DATABASE_URL.startsWith('sqlite:') ? sqlite({ file: DATABASE_URL.slice('sqlite:'.length) }) : postgres({ url: DATABASE_URL }),
  secrets: 'a master key for tests only, of no value to anybody',
  publicUrl: PUBLIC_URL,
  allowInsecureWebhooks: true,
  telegram: { apiRoot: TELEGRAM_API_ROOT },
  runtime: { lease: Number(LEASE), name: `pid ${process.pid}` },
  logger: stderrLogger(),
});
await botloom.start();
await botloom.apiKeys.create({ name: 'Tests', permissions: ['admin'], key: API_KEY });

const app = fastify({ forceCloseConnections: 'idle' });
await app.register(fastifyPlugin, { botloom });
const address = await app.listen({ host: '127.0.0.1', port: 0 });

process.once('SIGTERM', () => {
  // Botloom first: what still comes in while it stops is answered 503 with Retry-After.
  void botloom
    .stop()
    .then(() => app.close())
    .then(() => process.disconnect());
});

process.send?.(new URL(address).port);

function stderrLogger(): Logger {
  const write = (level: string) => (data: object, message: string) => void process.stderr.write(`${level} ${message} ${JSON.stringify(data)}\n`);
  return { debug: () => undefined, info: write('info'), warn: write('warn'), error: write('error') };
}
