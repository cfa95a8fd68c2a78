import {
  createBotloom,
  type Bot,
  type Botloom,
  type BotloomOptions,
  type Clock,
  type Flow,
  type RuntimeOptions,
  type StorageFactory,
} from '@botloom/core';
import { startFakeTelegram, type FakeBot, type FakeTelegram, type FakeTelegramOptions } from '@botloom/fake-telegram';
import { connectApi, type Api } from './api.ts';
import { startMountServer, type AdapterName } from './listen.ts';
import { createRecordingLogger, type RecordingLogger } from './recording-logger.ts';

/** A complete Botloom in this process, with a fake Telegram. It replaces a service. */
export interface TestHarness {
  readonly telegram: FakeTelegram;
  readonly botloom: Botloom;
  readonly api: Api;
  readonly log: RecordingLogger;
  /** Creates a bot with its flows through the REST API, and sets its webhook. */
  createBot(bot?: BotPlan): Promise<HarnessBot>;
  /** Resolves when every update is processed and every reply has arrived. */
  quiet(): Promise<void>;
  /** Stops everything that the harness has started. */
  stop(): Promise<void>;
}

export interface TestHarnessOptions {
  readonly adapter: AdapterName;
  readonly storage: StorageFactory;
  readonly runtime?: Partial<RuntimeOptions>;
  readonly telegram?: FakeTelegramOptions;
  readonly clock?: Clock;
  readonly steps?: BotloomOptions['steps'];
  readonly outbound?: BotloomOptions['outbound'];
  /** Timeout of a call to Telegram, in milliseconds. */
  readonly callTimeout?: number;
}

export interface BotPlan {
  readonly username?: string;
  readonly flows?: readonly FlowPlan[];
  /** Sets the webhook; defaults to true. */
  readonly webhook?: boolean;
}

/** The body of POST /api/bots/{id}/flows, with a generated name if none is given. */
export interface FlowPlan {
  readonly name?: string;
  readonly flow_data: object;
  readonly trigger_command?: string;
  readonly is_default?: boolean;
}

/** A bot, with its record in our API and its account at Telegram. */
export interface HarnessBot {
  /** Our ID. */
  readonly id: string;
  /** Its path in the API. */
  readonly path: string;
  readonly fake: FakeBot;
  /** In the order of the plan. */
  readonly flows: readonly Flow[];
}

/** Starts a harness without bots. */
export async function startTestHarness(options: TestHarnessOptions): Promise<TestHarness> {
  const telegram = await startFakeTelegram({
    allowHttpWebhooks: true,
    retryScale: 0.01,
    expectTimeout: 60_000,
    ...options.telegram,
  });
  const server = await startMountServer();
  const log = createRecordingLogger();
  const botloom = createBotloom({
    storage: options.storage,
    secrets: 'a master key of the tests without any value',
    publicUrl: server.url,
    allowInsecureWebhooks: true,
    telegram: { apiRoot: telegram.url, ...(options.callTimeout === undefined ? {} : { timeout: options.callTimeout }) },
    logger: log,
    runtime: options.runtime,
    clock: options.clock,
    steps: options.steps,
    outbound: options.outbound,
  });
  await botloom.start();
  await server.mount(options.adapter, botloom);
  const { key } = await botloom.apiKeys.create({ name: 'Stage hand', permissions: ['admin'] });
  const api = connectApi(server.url, key);
  let bots = 0;

  return {
    telegram,
    botloom,
    api,
    log,
    async createBot({ username, flows = [], webhook = true } = {}) {
      bots += 1;
      const fake = telegram.createBot({ username: username ?? `journey_${bots}_bot` });
      return createBotByApi(api, fake, flows, webhook);
    },
    async quiet() {
      // A chain of messages may start again while one of the two conditions is awaited.
      await telegram.idle({ quiet: 20 });
      await botloom.idle();
      await telegram.idle({ quiet: 20 });
    },
    async stop() {
      await api.close();
      await botloom.stop();
      await server.close();
      await telegram.close();
    },
  };
}

/** Creates a bot with flows through the REST API. */
export async function createBotByApi(
  api: Api,
  fake: FakeBot,
  flows: readonly FlowPlan[],
  webhook: boolean,
): Promise<HarnessBot> {
  const { id } = await api.call<Bot>('POST', '/api/bots', { token: fake.token });
  const path = `/api/bots/${id}`;
  const made: Flow[] = [];
  for (const [index, flow] of flows.entries())
    made.push(await api.call<Flow>('POST', `${path}/flows`, { name: `Flow ${index + 1}`, ...flow }));
  if (webhook) await api.call('POST', `${path}/webhook`);
  return { id, path, fake, flows: made };
}
