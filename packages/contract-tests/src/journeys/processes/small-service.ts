import fastify from 'fastify';
import { createBotloom, defineStep, type Logger, type StandardSchema, type StorageFactory } from '@botloom/core';
import { fastifyPlugin } from '@botloom/fastify';
import { withCrashPoints } from '../durable/crash-points.ts';

/**
 * A small service that the tests kill. Started by `service-process.ts`, which waits for the line with the address of
 * the API.
 */
const {
  DATABASE_URL = '',
  PUBLIC_URL,
  TELEGRAM_API_ROOT,
  BOTLOOM_SECRET = '',
  BOTLOOM_API_KEY = '',
  LEASE,
  WORK_HOST,
  CRASH_FOLDER,
} = process.env;

const anything: StandardSchema<unknown> = {
  '~standard': { version: 1, vendor: 'tests', validate: (value) => ({ value }) },
};

/** An action of the host. Its effect is visible at the server that it calls. */
const work = defineStep({
  type: 'work',
  summary: 'Asks a server of the tests.',
  schema: anything,
  async run(_input, { idempotency_key }) {
    const response = await fetch(`http://${WORK_HOST}/work`, {
      method: 'POST',
      headers: { 'idempotency-key': idempotency_key },
    });
    return (await response.json()) as { number: number }; // the format of the work server
  },
});

const botloom = createBotloom({
  storage:
    CRASH_FOLDER === undefined
      ? await openStorage()
      : withCrashPoints(await openStorage(), CRASH_FOLDER, (kind, bot_id) =>
          process.stdout.write(`claimed ${kind} for ${bot_id}\n`),
        ),
  secrets: BOTLOOM_SECRET,
  publicUrl: PUBLIC_URL,
  allowInsecureWebhooks: true,
  telegram: { apiRoot: TELEGRAM_API_ROOT },
  runtime: { lease: Number(LEASE), name: `pid ${process.pid}` },
  logger: stderrLogger(),
  steps: [work],
  outbound: { allow: WORK_HOST === undefined ? [] : [WORK_HOST] },
});
await botloom.start();
await botloom.apiKeys.create({ name: 'Tests', permissions: ['admin'], key: BOTLOOM_API_KEY });

const app = fastify();
await app.register(fastifyPlugin, { botloom });
const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`REST API ${address}/api\n`);

process.once('SIGTERM', () => {
  void app.close().then(() => botloom.stop());
});

/** Loads only the required driver: a service is started many times in a run. */
async function openStorage(): Promise<StorageFactory> {
  if (DATABASE_URL.startsWith('sqlite:'))
    return (await import('@botloom/core/sqlite')).sqlite({ file: DATABASE_URL.slice('sqlite:'.length) });
  return (await import('@botloom/core/postgres')).postgres({ url: DATABASE_URL });
}

function stderrLogger(): Logger {
  const write = (level: string) => (data: object, message: string) =>
    void process.stderr.write(`${level} ${message} ${JSON.stringify(data)}\n`);
  return { debug: () => undefined, info: write('info'), warn: write('warn'), error: write('error') };
}
