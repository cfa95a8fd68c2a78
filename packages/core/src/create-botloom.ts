import { z } from 'zod';
import {
  bindUseCases,
  checkInput,
  createKeyedLock,
  createRedactingLogger,
  shareForASecond,
  type AppContext,
  type UseCases,
} from './app/index.ts';
import { createHttpApi, type HttpApi } from './http/index.ts';
import { EVERY_ROW, UPLOAD_LIMITS, type Scope } from './model/index.ts';
import { checkOptions, isTelegramApi, type BotloomOptions } from './options.ts';
import { createOutbound } from './outbound/index.ts';
import { silentLogger, systemClock } from './ports/index.ts';
import {
  createRuntime,
  DEFAULT_RUNTIME_OPTIONS,
  type Role,
  type RuntimeEventName,
  type RuntimeListener,
} from './runtime/index.ts';
import { createSecretBox } from './storage/index.ts';
import { createTelegramApi } from './telegram/index.ts';

/**
 * Telegram bots inside your application. The functions work on the bots of all owners; `withScope` confines them to
 * one.
 */
export interface Botloom extends UseCases {
  /**
   * Returns the functions for one tenant. To them, bots of other owners do not exist.
   *
   * @throws VALIDATION_FAILED - for a scope without an owner
   */
  withScope(scope: Scope): UseCases;
  /** The HTTP API for an adapter: `@botloom/express`, `@botloom/fastify` or `createFetchHandler`. */
  readonly http: HttpApi;
  /** Adds a listener for an event, which is called after the commit. Returns a function that removes it. */
  on<Name extends RuntimeEventName>(name: Name, listener: RuntimeListener<Name>): () => void;
  /** Migrates the database and starts to work. */
  start(options?: StartOptions): Promise<void>;
  /**
   * Accepts no more work, finishes accepted work or leaves it durable, and closes the database. It cannot be started
   * again.
   */
  stop(options?: StopOptions): Promise<void>;
  /** Resolves when every update is processed and every message is sent and recorded. For tests and scripts. */
  idle(): Promise<void>;
}

export interface StartOptions {
  /**
   * The roles of this process, besides serving requests. Default: `dispatch` and `jobs`. `polling` needs no public URL.
   * A process without `dispatch` sends nothing; another one that has it loads the messages from the database, up to a
   * second later.
   */
  readonly roles?: readonly Role[] | undefined;
}

export interface StopOptions {
  /** Time to wait for sends in progress, in milliseconds. Default: 10,000. */
  readonly patience?: number | undefined;
}

/** A host in plain JavaScript can pass anything: a missing or empty owner must never mean "all owners". */
const scopeInput = z.object({ owner: z.string().min(1).nullable() });

/**
 * Creates Botloom. Nothing runs and no connection is opened before `start`.
 *
 * @throws OPTIONS_INVALID - with every problem of the options
 * @example
 * const botloom = createBotloom({ storage: sqlite({ file: 'bots.db' }), secrets: process.env.BOTLOOM_SECRET });
 * await botloom.start();
 */
export function createBotloom(given: BotloomOptions): Botloom {
  const options = checkOptions(given);
  const logger = createRedactingLogger(options.logger ?? silentLogger);
  const clock = options.clock ?? systemClock;
  const storage = options.storage({ secretBox: createSecretBox(options.secrets) });
  const isOwnTelegram = !isTelegramApi(options.telegram);
  const telegram = isTelegramApi(options.telegram) ? options.telegram : createTelegramApi(options.telegram);
  const runtime = createRuntime({
    storage,
    telegram,
    clock,
    logger,
    outbound: createOutbound(options.outbound),
    steps: options.steps ?? [],
    ...(options.runtime === undefined ? {} : { options: options.runtime }),
  });
  const context: AppContext = {
    storage,
    telegram,
    runtime,
    clock,
    logger,
    actions: new Set((options.steps ?? []).map(({ type }) => type)),
    publicUrl: options.publicUrl ?? null,
    allowInsecureWebhooks: options.allowInsecureWebhooks ?? false,
    messageTtl: options.runtime?.messageTtl ?? DEFAULT_RUNTIME_OPTIONS.messageTtl,
    uploadQuota: options.uploadQuota ?? UPLOAD_LIMITS.quota,
    readiness: shareForASecond(clock, () => storage.ready()),
    webhookLock: createKeyedLock(),
  };
  let started: Promise<void> | null = null;
  let stopped: Promise<void> | null = null;

  async function start({ roles }: StartOptions): Promise<void> {
    await storage.migrate(options.migrate ?? 'auto');
    await runtime.start(roles);
  }

  /** Allows another `start` after a failure, for example because the database was not reachable yet. */
  function resetStart(error: unknown): never {
    started = null;
    throw error;
  }

  async function stop({ patience }: StopOptions): Promise<void> {
    // A failed start was reported to its caller.
    const isRunning =
      (await started?.then(
        () => true,
        () => false,
      )) ?? false;
    if (isRunning) await runtime.stop(patience);
    if (isOwnTelegram) await telegram.close();
    await storage.close();
  }

  return {
    ...bindUseCases(context, EVERY_ROW),
    withScope: (scope) => bindUseCases(context, checkInput(scopeInput, scope)),
    http: createHttpApi({ context, authenticate: options.authenticate }),
    on: (name, listener) => runtime.events.on(name, listener),
    start: (startOptions = {}) => (started ??= start(startOptions).catch(resetStart)),
    stop: (stopOptions = {}) => (stopped ??= keepProcessAlive(stop(stopOptions))),
    idle: () => keepProcessAlive(runtime.idle()),
  };
}

/**
 * Keeps the process alive until the work is done. The timers of the runtime do not keep it alive. Once the host's
 * server is closed, Node could end the process in the middle, and sends that were not recorded would be repeated.
 */
async function keepProcessAlive<Result>(work: Promise<Result>): Promise<Result> {
  const timer = setInterval(() => undefined, 60_000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
