import { randomUUID } from 'node:crypto';
import type { Outbound } from '../outbound/index.ts';
import type { Clock, Logger } from '../ports/index.ts';
import type { BatchUser, OutboxItem, Storage } from '../storage/index.ts';
import type { TelegramApi } from '../telegram/index.ts';
import type { AnyHostStep } from './actions/define-step.ts';
import { createDelayedWake } from './async/create-delayed-wake.ts';
import { createBatchProcessor } from './batch/process-batch.ts';
import { BotCache, type CachedBot } from './bots/bot-cache.ts';
import { CallbackResponder } from './direct-calls/callback-responder.ts';
import { CheckoutResponder } from './direct-calls/checkout-responder.ts';
import { InstanceLease } from './instance/instance-lease.ts';
import { RowHandoff } from './instance/row-handoff.ts';
import { Lanes } from './intake/lanes.ts';
import { Poller } from './intake/poller.ts';
import { UpdateIntake } from './intake/update-intake.ts';
import { deliverJobResult } from './jobs/deliver-job-result.ts';
import { JobRunner } from './jobs/job-runner.ts';
import { ProfileSchedule } from './jobs/profile-schedule.ts';
import { ChatBacklog } from './outbox/chat-backlog.ts';
import { Dispatcher } from './outbox/dispatcher.ts';
import { RuntimeEvents } from './runtime-events.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import type { Role } from './runtime.ts';

export interface WireDeps {
  readonly storage: Storage;
  readonly telegram: TelegramApi;
  readonly clock: Clock;
  readonly logger: Logger;
  /** For addresses that flows name. */
  readonly outbound: Outbound;
  /** The host's steps. */
  readonly steps?: readonly AnyHostStep[];
  readonly options: RuntimeOptions;
  /** Whether this process has the role now. */
  readonly hasRole: (role: Role) => boolean;
}

/** Owner of rows that a process stores which sends nothing itself. No instance has this id, so one that sends takes them over, as it does those of the dead. */
const UNOWNED = 'nobody';

/** Makes the parts of a runtime, each of which knows the others only by what it is told here. Nothing runs yet. */
export function wire({ storage, telegram, clock, logger, outbound, steps = [], options, hasRole }: WireDeps) {
  const events = new RuntimeEvents(logger);
  const bots = new BotCache({ storage, clock, maxBots: options.cachedBots, ttlMs: options.botTtl });
  const profiles = new ProfileSchedule(clock);
  const credentials = (bot_id: string) => bots.credentials(bot_id);

  const lease = new InstanceLease({
    createId: randomUUID,
    name: options.name,
    duration: options.lease,
    instances: storage.instances,
    clock,
    logger,
    shouldTakeOver: () => hasRole('dispatch'),
    onLost: () => {
      dispatcher.discardAll();
      dispatcher.loadFromTable();
      rowHandoff.relisten(lease.id);
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
  /** Who sends what is stored here now. */
  const senderId = (): string => (hasRole('dispatch') ? lease.id : UNOWNED);
  const rowHandoff = new RowHandoff({
    instances: storage.instances,
    onRowsReceived: () => {
      dispatcher.loadFromTable();
    },
    logger,
  });
  const dispatcher: Dispatcher = new Dispatcher({
    get owner() {
      return lease.id;
    },
    outbox: storage.outbox,
    secrets: storage.secrets,
    uploads: storage.uploads,
    telegram,
    credentials,
    // Another instance may have changed the token, or whether the bot is active.
    onCredentialsRejected: (bot_id) => {
      bots.invalidate(bot_id);
    },
    isLeaseHeld: () => lease.isHeld(),
    onFailuresRecorded: () => {
      jobs.wake();
    },
    onBacklogReduced: () => {
      lanes.wake();
    },
    events,
    clock,
    logger,
    options,
  });
  const send = (items: readonly OutboxItem[], in_table: boolean): void => {
    if (in_table) dispatcher.loadFromTable();
    else dispatcher.add(items);
  };
  const chatBacklog = new ChatBacklog({
    dispatcher,
    outbox: storage.outbox,
    limit: options.chatBacklog,
    clock,
    logger,
  });
  const answers = new CallbackResponder({ telegram, bots, credentials, logger, maxPending: options.concurrency * 4 });
  const checkouts = new CheckoutResponder({
    telegram,
    bots,
    sessions: storage.sessions,
    clock,
    logger,
    maxPending: options.concurrency * 4,
  });
  const jobs: JobRunner = new JobRunner({
    get owner() {
      return lease.id;
    },
    storage,
    telegram,
    bots,
    outbound,
    actions: new Map(steps.map((step) => [step.type, step])),
    backlogOfBot: (bot_id) => dispatcher.backlogOfBot(bot_id),
    deliver: (delivery) => deliverJobResult(delivery, { lanes, clock }),
    clock,
    logger,
    concurrency: options.jobConcurrency,
    mayServe: () => lease.isHeld(),
    hasForegroundWork: () => dispatcher.backlog > 0 || lanes.hasWaiting,
  });
  const wakeJobsLater = createDelayedWake(clock, () => {
    jobs.wake();
  });
  const lanes: Lanes = new Lanes({
    count: storage.dialect === 'sqlite' ? 1 : options.lanes,
    run: createBatchProcessor({
      get owner() {
        return senderId();
      },
      storage,
      bots,
      clock,
      logger,
      events,
      messageTtlMs: options.messageTtl,
      batchTimeMs: options.batchTime,
      shouldReadProfile: (user: BatchUser, bot: CachedBot) =>
        bot.bot.settings.read_profiles !== false && profiles.isDue(user),
      isChatBacklogFull: (bot_id, chat_id, more) => chatBacklog.isFull(bot_id, chat_id, more),
      onOutboxRows: send,
      onNotificationWritten: (bot_id, chat_id, isOurs) => {
        // An instance that sends nothing has none of it in memory.
        chatBacklog.onMessageWritten(bot_id, chat_id, isOurs && hasRole('dispatch'));
      },
      onCallbackAnswers: (list) => {
        answers.send(list);
      },
      onJobs: (list) => {
        profiles.onJobsStored(list);
        if (list.some(({ is_background = false }) => !is_background)) jobs.wake();
        else wakeJobsLater();
      },
    }),
    mayStart: () => dispatcher.backlog < options.backlog,
    clock,
    options,
  });
  const intake = new UpdateIntake({ bots, checkouts, dispatcher, lanes, clock, options });
  const poller = new Poller({
    get owner() {
      return lease.id;
    },
    storage,
    telegram,
    bots,
    clock,
    logger,
    process: (bot_id, update) => intake.process(bot_id, update, 0),
  });
  return {
    events,
    bots,
    lease,
    givenRows: rowHandoff,
    dispatcher,
    answers,
    checkouts,
    jobs,
    lanes,
    intake,
    poller,
    senderId,
    send,
  };
}
