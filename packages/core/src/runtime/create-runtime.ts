import { randomUUID } from 'node:crypto';
import { BotloomError, errorMessage } from '../errors/index.ts';
import type { JsonObject } from '../model/index.ts';
import type { BatchUser, OutboxItem, Storage } from '../storage/index.ts';
import { isUpdate, parseUpdate, readCheckout, type BotCredentials, type TelegramApi } from '../telegram/index.ts';
import type { Outbound } from '../outbound/index.ts';
import type { AnyHostStep } from './actions/define-step.ts';
import { BotCache, type CachedBot } from './bot-cache.ts';
import { CallbackAnswers } from './callback-answers.ts';
import { ChatCounts } from './chat-counts.ts';
import { CheckoutAnswers } from './checkout-answers.ts';
import type { Clock } from './clock.ts';
import { Dispatcher } from './dispatcher.ts';
import { FullChats } from './full-chats.ts';
import { InstanceLease } from './instance-lease.ts';
import { JobRunner } from './job-runner.ts';
import type { Delivered, JobDeps } from './jobs/job-kinds.ts';
import { keepAlive } from './keep-alive.ts';
import { Lane } from './lane.ts';
import type { Logger } from './logger.ts';
import { laneOf } from './lane-of.ts';
import type { PendingInput, SessionOutcome } from './pending-input.ts';
import { Poller } from './poller.ts';
import { createBatchProcessor } from './process-batch.ts';
import { ProfileSchedule } from './profile-schedule.ts';
import { RuntimeEvents } from './runtime-events.ts';
import { DEFAULT_RUNTIME_OPTIONS, type RuntimeOptions } from './runtime-options.ts';
import type { CallResult, Role, Runtime, SessionCall, UpdateResult } from './runtime.ts';
import { tellSessions } from './tell-sessions.ts';

export interface RuntimeDeps {
  readonly storage: Storage;
  readonly telegram: TelegramApi;
  readonly clock: Clock;
  readonly logger: Logger;
  /** For addresses that flows name. */
  readonly outbound: Outbound;
  /** The host's steps. */
  readonly steps?: readonly AnyHostStep[];
  readonly options?: Partial<RuntimeOptions>;
}

const ALL_ROLES: readonly Role[] = ['dispatch', 'jobs'];
/** Owner of rows that a process stores which sends nothing itself. No instance has this id, so one that sends takes them over, as it does those of the dead. */
const NOBODY = 'nobody';
/** Seconds after which a message for a chat with too much unsent may be tried again. */
const FULL_RETRY = 5;
const DEFAULT_PATIENCE = 10_000;
/** How often waiting updates are looked through for such as have waited too long. */
const WAIT_CHECK = 1_000;
const WAKE_LATER = 300;

/** Puts the runtime together. Nothing runs before `start`. */
export function createRuntime({ storage, telegram, clock, logger, outbound, steps = [], options: given }: RuntimeDeps): Runtime {
  const options: RuntimeOptions = { ...DEFAULT_RUNTIME_OPTIONS, ...given };
  const events = new RuntimeEvents(logger);
  const bots = new BotCache({ storage, clock, size: options.cachedBots, ttl: options.botTtl });
  const profiles = new ProfileSchedule(clock);
  const inProgress = new Map<string, Promise<UpdateResult>>();
  const chatCounts = new ChatCounts();
  let isAccepting = false;
  let roles: ReadonlySet<Role> = new Set();

  const credentials = (bot_id: string): BotCredentials | null | Promise<BotCredentials | null> => {
    const cached = bots.peek(bot_id);
    return cached === undefined ? bots.reload(bot_id).then(usable) : usable(cached);
  };

  const lease = new InstanceLease({
    createId: randomUUID,
    name: options.name,
    duration: options.lease,
    instances: storage.instances,
    clock,
    logger,
    takesOver: () => roles.has('dispatch'),
    onLost: () => {
      dispatcher.forgetAll();
      dispatcher.loadFromTable();
      listen().catch((error: unknown) => {
        // Rows that are given all the same are found by looking at the table every few seconds.
        logger.warn({ error: errorMessage(error) }, 'other instances cannot tell this one of rows they give it');
      });
    },
    onTakeover: () => {
      dispatcher.loadFromTable();
      jobs.wake();
    },
    onRegained: () => {
      dispatcher.wake();
      jobs.wake();
    },
  });
  const dispatcher = new Dispatcher({
    get owner() {
      return lease.id;
    },
    outbox: storage.outbox,
    secrets: storage.secrets,
    uploads: storage.uploads,
    telegram,
    credentials,
    // Another instance may have changed the token, or whether the bot is active.
    onRefused: (bot_id) => {
      bots.forget(bot_id);
    },
    mayServe: () => lease.isHeld(),
    onFailed: () => {
      jobs.wake();
    },
    onDrained: () => {
      for (const lane of lanes) if (lane.waiting > 0) lane.wake();
    },
    events,
    clock,
    logger,
    options,
  });
  const fullChats = new FullChats({ dispatcher, outbox: storage.outbox, limit: options.chatBacklog, clock, logger });
  const answers = new CallbackAnswers({ telegram, bots, credentials, logger, limit: options.concurrency * 4 });
  const checkouts = new CheckoutAnswers({ telegram, bots, sessions: storage.sessions, clock, logger, limit: options.concurrency * 4 });
  const jobs = new JobRunner({
    get owner() {
      return lease.id;
    },
    storage,
    telegram,
    bots,
    outbound,
    actions: new Map(steps.map((step) => [step.type, step])),
    backlogOf: (bot_id) => dispatcher.backlogOf(bot_id),
    deliver: (delivery) => deliver(delivery),
    clock,
    logger,
    concurrency: options.jobConcurrency,
    mayServe: () => lease.isHeld(),
    isBusy: () => dispatcher.backlog > 0 || lanes.some(({ waiting }) => waiting > 0),
  });
  const poller = new Poller({
    get owner() {
      return lease.id;
    },
    storage,
    telegram,
    bots,
    clock,
    logger,
    process: (bot_id, update) => processUpdate(bot_id, update),
  });

  const run = createBatchProcessor({
    get owner() {
      return senderId();
    },
    storage,
    bots,
    clock,
    logger,
    events,
    messageTtl: options.messageTtl,
    batchTime: options.batchTime,
    wantsProfile: (user: BatchUser, bot: CachedBot) => bot.bot.settings.read_profiles !== false && profiles.isDue(user),
    isFull: (bot_id, chat_id, more) => fullChats.isFull(bot_id, chat_id, more),
    onRows: (items, in_table) => {
      giveToDispatcher(items, in_table);
    },
    onNotified: (bot_id, chat_id, isOurs) => {
      fullChats.wrote(bot_id, chat_id, isOurs);
    },
    onAnswers: (list) => {
      answers.send(list);
    },
    onJobs: (list) => {
      for (const { kind, payload } of list) if (kind === 'read_profile' && typeof payload.user_id === 'string') profiles.asked(payload.user_id);
      if (list.some(({ is_background = false }) => !is_background)) jobs.wake();
      else wakeLater();
    },
  });
  const lanes = Array.from(
    { length: storage.dialect === 'sqlite' ? 1 : options.lanes },
    () =>
      new Lane<PendingInput>({
        batchSize: options.batchSize,
        batchBytes: options.batchBytes,
        linger: options.linger,
        run,
        mayStart: () => dispatcher.backlog < options.backlog,
        monotonic: () => clock.monotonic(),
      }),
  );
  let isWokenLater = false;
  /** For what nobody waits for: once those who do have their answers. */
  function wakeLater(): void {
    if (isWokenLater) return;
    isWokenLater = true;
    clock.setTimer(WAKE_LATER, () => {
      isWokenLater = false;
      jobs.wake();
    });
  }

  let cancelWaitCheck: (() => void) | null = null;
  let letEnd: (() => void) | null = null;
  let endNotifications: (() => Promise<void>) | null = null;

  /** Who sends what is stored here now. */
  function senderId(): string {
    return roles.has('dispatch') ? lease.id : NOBODY;
  }

  /** Hears of rows that other instances give to this one. */
  async function listen(): Promise<void> {
    await endNotifications?.();
    endNotifications = await storage.instances.onRowsGiven(lease.id, () => {
      dispatcher.loadFromTable();
    });
  }

  function giveToDispatcher(items: readonly OutboxItem[], in_table: boolean): void {
    if (in_table) dispatcher.loadFromTable();
    else dispatcher.add(items);
  }

  async function processUpdate(bot_id: string, update: unknown, bytes = 0): Promise<UpdateResult> {
    if (!isUpdate(update)) throw new BotloomError('UPDATE_INVALID', 'The body is not an update of the Bot API: it must be an object with a whole number `update_id`.');
    const key = `${bot_id}:${update.update_id}`;
    // Telegram sends the same update again while it waits for our answer: both get the same one.
    const same = inProgress.get(key);
    if (same !== undefined) return same.then((result) => (result === 'processed' ? 'duplicate' : result));
    const result = accept(bot_id, update, bytes).finally(() => inProgress.delete(key));
    inProgress.set(key, result);
    return result;
  }

  function requireAccepting(): void {
    if (!isAccepting) throw busy('Botloom is starting or stopping', 1);
  }

  async function accept(bot_id: string, update: JsonObject, bytes: number): Promise<UpdateResult> {
    requireAccepting();
    // What is cached may be old: it is enough to take an update in, but not to drop one.
    const known = bots.peek(bot_id);
    const cached = known?.bot.is_active === true ? known : await bots.reload(bot_id);
    requireAccepting();
    if (cached?.bot.is_active !== true) return 'dropped';
    // Before anything that could hold it up: Telegram waits 10 seconds. That it was asked is stored like any update.
    const checkout = readCheckout(update);
    if (checkout !== null) checkouts.answer(cached, checkout);
    if (dispatcher.backlogOf(bot_id) > options.botBacklog) throw busy('This bot has too much unsent', 3);
    const parsed = parseUpdate(update, { id: bot_id, username: cached.bot.username });
    const chat_id = parsed.chat?.id ?? parsed.user?.chat_id ?? 0;
    if (dispatcher.backlogOfChat(bot_id, chat_id) >= options.chatBacklog) throw busy('This chat has too much unsent', 3);
    const lane = lanes[laneOf(bot_id, chat_id, lanes.length)];
    if (lane === undefined || lane.waiting >= options.maxWaiting) throw busy('Too many updates wait', 2);
    const chat = `${bot_id}:${chat_id}`;
    if (chatCounts.of(chat) >= options.chatWaiting) throw busy('Too many updates of this chat wait', 2);
    const result = new Promise<UpdateResult>((resolve, reject) => {
      lane.push({ bot_id, source: { kind: 'update', update, parsed }, bytes, arrived_at: clock.monotonic(), resolve, reject });
    });
    return chatCounts.during(chat, result);
  }

  /** Also while Botloom stops: what a job under way brings is still committed. */
  function deliver(delivery: Parameters<JobDeps['deliver']>[0]): Promise<Delivered> {
    const [place] = delivery.places;
    const bot_id = place?.key.bot_id ?? '';
    return new Promise((resolve, reject) => {
      const lane = lanes[laneOf(bot_id, place?.key.chat_id ?? 0, lanes.length)];
      const done = (result: UpdateResult, outcomes: readonly SessionOutcome[]): void => {
        resolve({ result, outcomes });
      };
      lane?.push({ bot_id, source: { kind: 'job', ...delivery }, bytes: 0, arrived_at: clock.monotonic(), resolve: done, reject });
    });
  }

  async function tell(call: SessionCall): Promise<CallResult> {
    requireAccepting();
    const lane = lanes[laneOf(call.bot_id, call.places[0]?.chat_id ?? 0, lanes.length)];
    if (lane === undefined || lane.waiting >= options.maxWaiting) throw busy('Too many updates wait', 2);
    return tellSessions(call, { jobs: storage.jobs, owner: lease.id, now: clock.now(), run: (job) => jobs.runNow(job) });
  }

  function scheduleWaitCheck(): void {
    cancelWaitCheck = clock.setTimer(WAIT_CHECK, () => {
      const oldest = clock.monotonic() - options.maxWait;
      for (const lane of lanes) {
        for (const input of lane.withdraw((waiting) => waiting.arrived_at < oldest)) input.reject(busy('The update waited too long for earlier messages to be sent', 3));
        lane.wake();
      }
      scheduleWaitCheck();
    });
  }

  /** Nothing waits in a lane any more: what could not begin in time is delivered again. */
  async function emptyLanes(patience: number): Promise<void> {
    const idle = Promise.all(lanes.map((lane) => lane.idle()));
    await within(idle, patience);
    for (const lane of lanes) for (const input of lane.withdraw(() => true)) input.reject(busy('Botloom is stopping', 1));
    await idle;
    cancelWaitCheck?.();
  }

  function within(work: Promise<unknown>, patience: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.setTimer(patience, resolve);
      void work.then(() => {
        cancel();
        resolve();
      });
    });
  }

  return {
    get sender_id() {
      return senderId();
    },
    events,
    bots,
    async start(wanted = ALL_ROLES) {
      roles = new Set(wanted);
      try {
        await storage.jobs.add([{ bot_id: null, kind: 'prune_seen_updates', payload: {}, due_at: clock.now(), key: 'prune_seen_updates', is_background: true }]);
        await lease.start();
      } catch (error) {
        await lease.stop();
        throw error;
      }
      await listen();
      isAccepting = true;
      scheduleWaitCheck();
      if (roles.has('dispatch')) dispatcher.start();
      if (roles.has('jobs')) jobs.start();
      if (roles.has('polling')) poller.start();
      // A worker, or one that polls, may have no server and a database without connections.
      letEnd ??= keepAlive();
    },
    async stop(patience = DEFAULT_PATIENCE) {
      const deadline = clock.monotonic() + patience;
      const left = (): number => Math.max(0, deadline - clock.monotonic());
      if (roles.has('polling')) await poller.stop();
      isAccepting = false;
      await emptyLanes(left() / 2);
      // Side by side: a slow job must not take the time that results of sends need.
      await Promise.all([jobs.stop(left()), dispatcher.stop(left()), within(Promise.all([answers.idle(), checkouts.idle()]), left())]);
      await endNotifications?.();
      await lease.stop();
      letEnd?.();
      letEnd = null;
    },
    processUpdate,
    tell,
    async requireRoom(bot_id, chat_id) {
      const { botBacklog, chatBacklog } = options;
      if (dispatcher.backlogOf(bot_id) <= botBacklog && (await storage.outbox.backlogOfChat(bot_id, chat_id, chatBacklog)) < chatBacklog) return;
      throw new BotloomError('RATE_LIMITED', 'Too many messages of this bot or for this chat wait to be sent.', { retryAfter: FULL_RETRY });
    },
    send(items, in_table) {
      giveToDispatcher(items, in_table);
    },
    wakeJobs() {
      jobs.wake();
    },
    invalidateBot(bot_id) {
      bots.forget(bot_id);
      dispatcher.wake(bot_id);
      if (roles.has('polling')) poller.wake();
    },
    async idle() {
      await Promise.all(lanes.map((lane) => lane.idle()));
      await Promise.all([answers.idle(), checkouts.idle()]);
      await dispatcher.idle();
    },
  };
}

function usable(bot: CachedBot | null): BotCredentials | null {
  return bot?.bot.is_active === true ? bot.secrets : null;
}

function busy(reason: string, retryAfter: number): BotloomError {
  return new BotloomError('UNAVAILABLE', `${reason}; the update is to be delivered again.`, { retryAfter });
}
