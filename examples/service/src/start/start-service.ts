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
  /** URL at which this machine reaches the service: `http://127.0.0.1:3000`. */
  readonly url: string;
  /** URL at which Telegram, or the demo's fake Telegram, reaches the service; null with polling. */
  readonly webhookUrl: string | null;
  /** URL of the demo's chat window; null without the demo. */
  readonly chatWindowUrl: string | null;
  /** Accepts no new requests and completes the active ones. Remaining work stays in the database. */
  stop(): Promise<void>;
}

/** Maximum time that the service waits for active requests when it stops. */
const REQUEST_TIMEOUT_MS = 10_000;

/** Starts the service. Checks the port, the master keys and the database before it starts anything. */
export async function startService(settings: Settings): Promise<Service> {
  const { host, mode } = settings;
  const port = await checkPort(host, settings.port);
  const secrets = masterKeys(settings);
  const storage = await openStorage(settings.database);
  const url = localUrl(host, port);
  const webhookUrl = { polling: null, demo: url, webhook: settings.publicUrl }[mode];
  const app = createApp(settings);
  const telegram = mode === 'demo' ? await startDemoTelegram(host, port) : null;
  const chatWindowUrl = telegram === null ? null : localUrl(host, Number(new URL(telegram.url).port));
  const apiRoot = chatWindowUrl ?? settings.apiRoot;
  const botloom = createBotloom({
    storage,
    secrets,
    publicUrl: webhookUrl ?? undefined,
    // Only a self-hosted Bot API server and the fake deliver to plain HTTP. The settings are validated for this.
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
  const isTerminal = process.stderr.isTTY;
  const stream = createLogStream((text) => process.stderr.write(text), isTerminal);
  return Fastify({
    // During a stop, requests on open connections are still served, and the responses have `Connection: close`.
    // Fastify's default is a 503 without a `Retry-After` for Telegram.
    return503OnClosing: false,
    logger: { level: logLevel, redact: { paths: REDACTED, censor: '[secret]' }, stream },
    logController: new LogController({ disableRequestLogging: logLevel !== 'debug' && logLevel !== 'trace' }),
    // Orchestrators expect the health checks at these paths.
    rewriteUrl: ({ url = '/' }) => (url === '/healthz' || url === '/readyz' ? `/api${url}` : url),
  });
}

async function stopAll(app: FastifyInstance, botloom: Botloom, telegram: FakeTelegram | null): Promise<void> {
  // Active requests need the runtime, so they end first. A client that never completes a download does not block this.
  await Promise.race([app.close(), new Promise((resolve) => setTimeout(resolve, REQUEST_TIMEOUT_MS).unref())]);
  await botloom.stop();
  await telegram?.close();
}
