import Fastify, { LogController, type FastifyInstance } from 'fastify';
import { createBotloom, type Botloom } from '@botloom/core';
import type { FakeTelegram } from '@botloom/fake-telegram';
import { fastifyPlugin } from '@botloom/fastify';
import { startDemoTelegram } from '../demo/demo-telegram.ts';
import { createLogStream, REDACTED } from '../log-stream.ts';
import type { Settings } from '../settings/settings.ts';
import { checkPort, localUrl } from './local-address.ts';
import { masterKeys } from './master-keys.ts';
import { openStorage } from './open-storage.ts';

export interface Service {
  readonly botloom: Botloom;
  /** How this machine reaches the service: `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Where Telegram, the real one or the demo's, reaches it; null with polling. */
  readonly webhookUrl: string | null;
  readonly chatWindowUrl: string | null;
  /** Takes no new requests, finishes those under way, leaves the rest durable. */
  stop(): Promise<void>;
}

/** Milliseconds that requests under way may take once the service stops. */
const REQUEST_TIMEOUT_MS = 10_000;

/** Brings everything up, in an order in which nothing has begun before all that can be wrong was looked at. */
export async function startService(settings: Settings): Promise<Service> {
  const { host, mode } = settings;
  const port = await checkPort(host, settings.port);
  const secrets = masterKeys(settings);
  const storage = await openStorage(settings.database);
  const url = localUrl(host, port);
  const webhookUrl = mode === 'polling' ? null : mode === 'demo' ? url : settings.publicUrl;
  const app = createApp(settings);
  const telegram = mode === 'demo' ? await startDemoTelegram(host, port) : null;
  const chatWindowUrl = telegram === null ? null : localUrl(host, Number(new URL(telegram.url).port));
  const apiRoot = chatWindowUrl ?? settings.telegramApiRoot;
  const botloom = createBotloom({
    storage,
    secrets,
    publicUrl: webhookUrl ?? undefined,
    // Only a server of one's own delivers to plain HTTP; the settings have seen to the rest.
    allowInsecureWebhooks: apiRoot !== null,
    telegram: apiRoot === null ? {} : { apiRoot },
    logger: app.log,
  });
  const stop = (): Promise<void> => stopAll(app, botloom, telegram);
  try {
    await app.register(fastifyPlugin, { botloom });
    app.get('/', (_request, reply) => reply.redirect('/api/docs'));
    await botloom.start({ roles: mode === 'polling' ? ['dispatch', 'jobs', 'polling'] : ['dispatch', 'jobs'] });
    await app.listen({ host, port });
  } catch (error) {
    await stop();
    throw error;
  }
  return { botloom, url, webhookUrl, chatWindowUrl, stop };
}

function createApp({ logLevel }: Settings): FastifyInstance {
  const isForPeople = process.stderr.isTTY;
  const stream = createLogStream((text) => process.stderr.write(text), isForPeople);
  return Fastify({
    // While we stop, what comes in on open connections is still served, and answered with `Connection: close`. Fastify's own answer would be
    // a 503 that does not tell Telegram when to come back.
    return503OnClosing: false,
    logger: { level: logLevel, redact: { paths: REDACTED, censor: '[secret]' }, stream },
    logController: new LogController({ disableRequestLogging: logLevel !== 'debug' && logLevel !== 'trace' }),
    // Where orchestrators look for them by custom.
    rewriteUrl: ({ url = '/' }) => (url === '/healthz' || url === '/readyz' ? `/api${url}` : url),
  });
}

async function stopAll(app: FastifyInstance, botloom: Botloom, telegram: FakeTelegram | null): Promise<void> {
  // Requests under way need the runtime, so they come first; a reader who never ends a download does not hold us.
  await Promise.race([app.close(), new Promise((resolve) => setTimeout(resolve, REQUEST_TIMEOUT_MS).unref())]);
  await botloom.stop();
  await telegram?.close();
}
