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

/** Telegram bots inside your application: everything a host calls. Not confined to an owner; `withScope` gives a view that is. */
export interface Botloom extends UseCases {
  /** The same for one tenant: other owners' bots are as if they were not there. Raises VALIDATION_FAILED for a scope without an owner. */
  withScope(scope: Scope): UseCases;
  /** For an adapter: `@botloom/express`, `@botloom/fastify`, `createFetchHandler`. */
  readonly http: HttpApi;
  /** Listens to what has happened, after the commit; gives a function that ends it. */
  on<Name extends RuntimeEventName>(name: Name, listener: RuntimeListener<Name>): () => void;
  /** Brings the database up to date and begins to work. */
  start(options?: StartOptions): Promise<void>;
  /** Takes no more work, finishes what was accepted or leaves it durable, and lets go of the database. It cannot be started again. */
  stop(options?: StopOptions): Promise<void>;
  /** Resolves when every update is processed and every message sent and recorded. For tests and scripts. */
  idle(): Promise<void>;
}

export interface StartOptions {
  /**
   * What this process does besides answering requests. Default: dispatch and jobs; `polling` needs no public address. A process without
   * `dispatch` sends nothing: one that has it takes its messages from the database, up to a second later.
   */
  readonly roles?: readonly Role[] | undefined;
}

export interface StopOptions {
  /** Milliseconds to wait for sends under way. Default 10,000. */
  readonly patience?: number | undefined;
}

/** A host in plain JavaScript may give anything: a missing or empty owner must never read as "every row". */
const scopeInput = z.object({ owner: z.string().min(1).nullable() });

/**
 * Puts Botloom together. Nothing runs and no connection is made before `start`.
 *
 * @throws OPTIONS_INVALID with everything that is wrong with the options at once.
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

  /** The database may not have been there yet: it can be tried again. */
  function resetStart(error: unknown): never {
    started = null;
    throw error;
  }

  async function stop({ patience }: StopOptions): Promise<void> {
    // A start that failed has said so to its caller.
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
 * Keeps the process alive until something is done. The timers of the runtime do not, and may be all that is waited for once the host's
 * server is closed: Node would end the process in the middle, with sends that are not recorded and would be made again.
 */
async function keepProcessAlive<Result>(work: Promise<Result>): Promise<Result> {
  const timer = setInterval(() => undefined, 60_000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
