import { randomUUID } from 'node:crypto';
import type { Outbound } from '../outbound/index.ts';
import type { Clock, Logger } from '../ports/index.ts';
import type { OutboxItem, Storage } from '../storage/index.ts';
import type { TelegramApi } from '../telegram/index.ts';
import type { AnyHostStep } from './actions/define-step.ts';
import { createDelayedWake } from './async/create-delayed-wake.ts';
import { Signal } from './async/signal.ts';
import { createBatchProcessor } from './batch/process-batch.ts';
import { BotCache } from './bots/bot-cache.ts';
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
  /** HTTP client for addresses that come from flows. */
  readonly outbound: Outbound;
  /** The host's steps. */
  readonly steps?: readonly AnyHostStep[];
  readonly options: RuntimeOptions;
  /** Returns true if this process has the role now. */
  readonly hasRole: (role: Role) => boolean;
}

/**
 * Owner of rows that are stored by a process that does not send. No instance has this ID, so an instance that sends
 * takes them over, like the rows of an instance that ended.
 */
const UNOWNED = 'nobody';

/** Callback and pre-checkout queries that may be in progress, per concurrent call to Telegram. */
const PENDING_RESPONSES_PER_CALL = 4;

/**
 * Creates the parts of a runtime and connects them. Nothing runs yet.
 *
 * Parts are created from the bottom up and call the parts below them directly. `Signals` are the only connections
 * upward.
 */
export function wire(deps: WireDeps) {
  const signals = createSignals();
  const base = wireBase(deps, signals);
  const sending = wireOutbox(deps, signals, base);
  const direct = wireDirectCalls(deps, base);
  const lanes = wireLanes(deps, signals, { ...base, ...sending, ...direct });
  const jobs = wireJobs(deps, { ...base, ...sending, lanes });
  const { intake, poller } = wireIntake(deps, { ...base, ...sending, ...direct, lanes });
  connectSignals(signals, { ...base, ...sending, lanes, jobs });
  return { ...base, ...sending, ...direct, lanes, jobs, intake, poller };
}

/** Notifications to parts that are created later than their sender. Each one closes a cycle. */
interface Signals {
  /** Lease → dispatcher, row handoff: the rows of the old ID may belong to another instance now. */
  readonly leaseLost: Signal;
  /** Lease → dispatcher, jobs: this instance has received the rows of an instance that ended. */
  readonly rowsTakenOver: Signal;
  /** Lease → dispatcher, jobs: both pause while the lease is not held. */
  readonly leaseRegained: Signal;
  /** Dispatcher → lanes: lanes start no batch while the backlog is full. */
  readonly backlogReduced: Signal;
  /** Dispatcher, lanes → jobs: a job was stored that may be due. */
  readonly jobsDue: Signal;
}

function createSignals(): Signals {
  return {
    leaseLost: new Signal(),
    rowsTakenOver: new Signal(),
    leaseRegained: new Signal(),
    backlogReduced: new Signal(),
    jobsDue: new Signal(),
  };
}

function connectSignals(signals: Signals, { lease, dispatcher, rowHandoff, lanes, jobs }: SignalReceivers): void {
  signals.leaseLost.connect(() => {
    dispatcher.discardAll();
    dispatcher.loadFromTable();
    rowHandoff.relisten(lease.id);
  });
  signals.rowsTakenOver.connect(() => {
    dispatcher.loadFromTable();
    jobs.wake();
  });
  signals.leaseRegained.connect(() => {
    dispatcher.wake();
    jobs.wake();
  });
  signals.backlogReduced.connect(() => {
    lanes.wake();
  });
  signals.jobsDue.connect(() => {
    jobs.wake();
  });
}

interface SignalReceivers extends Pick<Base, 'lease'>, Pick<Sending, 'dispatcher' | 'rowHandoff'> {
  readonly lanes: Lanes;
  readonly jobs: JobRunner;
}

type Base = ReturnType<typeof wireBase>;
type Sending = ReturnType<typeof wireOutbox>;
type DirectCalls = ReturnType<typeof wireDirectCalls>;

/** Events, bots, and the lease of this instance. */
function wireBase({ storage, clock, logger, options, hasRole }: WireDeps, signals: Signals) {
  const events = new RuntimeEvents(logger);
  const bots = new BotCache({ storage, clock, maxBots: options.cachedBots, ttlMs: options.botTtl });
  const lease = new InstanceLease({
    createId: randomUUID,
    name: options.name,
    duration: options.lease,
    instances: storage.instances,
    clock,
    logger,
    shouldTakeOver: () => hasRole('dispatch'),
    onLost: signals.leaseLost.notify,
    onTakeover: signals.rowsTakenOver.notify,
    onRegained: signals.leaseRegained.notify,
  });
  return {
    events,
    bots,
    lease,
    credentials: (bot_id: string) => bots.credentials(bot_id),
    /** Owner of rows and jobs of this instance. It changes when the lease is lost, so do not store it. */
    currentOwner: (): string => lease.id,
    isLeaseHeld: (): boolean => lease.isHeld(),
    /** Owner of outgoing rows that are stored here. */
    senderId: (): string => (hasRole('dispatch') ? lease.id : UNOWNED),
  };
}

/** Sends committed rows to Telegram. */
function wireOutbox({ storage, telegram, clock, logger, options }: WireDeps, signals: Signals, base: Base) {
  const { bots, credentials, currentOwner, isLeaseHeld, events } = base;
  const dispatcher = new Dispatcher({
    currentOwner,
    outbox: storage.outbox,
    secrets: storage.secrets,
    uploads: storage.uploads,
    telegram,
    credentials,
    // Another instance may have changed the token, or deactivated the bot.
    onCredentialsRejected: (bot_id) => {
      bots.invalidate(bot_id);
    },
    isLeaseHeld,
    onFailuresRecorded: signals.jobsDue.notify,
    onBacklogReduced: signals.backlogReduced.notify,
    events,
    clock,
    logger,
    options,
  });
  const rowHandoff = new RowHandoff({
    instances: storage.instances,
    onRowsReceived: () => {
      dispatcher.loadFromTable();
    },
    logger,
  });
  const chatBacklog = new ChatBacklog({
    dispatcher,
    outbox: storage.outbox,
    limit: options.chatBacklog,
    clock,
    logger,
  });
  const send = (items: readonly OutboxItem[], in_table: boolean): void => {
    if (in_table) dispatcher.loadFromTable();
    else dispatcher.add(items);
  };
  return { dispatcher, rowHandoff, chatBacklog, send };
}

/** Responses that cannot wait for the outbox. */
function wireDirectCalls({ storage, telegram, clock, logger, options }: WireDeps, { bots, credentials }: Base) {
  const maxPending = options.concurrency * PENDING_RESPONSES_PER_CALL;
  return {
    callbacks: new CallbackResponder({ telegram, bots, credentials, logger, maxPending }),
    checkouts: new CheckoutResponder({ telegram, bots, sessions: storage.sessions, clock, logger, maxPending }),
  };
}

/** The lanes, and the batches that they run. */
function wireLanes(
  { storage, clock, logger, options, hasRole }: WireDeps,
  { jobsDue }: Signals,
  { bots, events, senderId, dispatcher, chatBacklog, send, callbacks }: Base & Sending & DirectCalls,
): Lanes {
  const profiles = new ProfileSchedule(clock);
  const wakeJobsLater = createDelayedWake(clock, jobsDue.notify);
  return new Lanes({
    count: storage.dialect === 'sqlite' ? 1 : options.lanes,
    run: createBatchProcessor({
      currentOwner: senderId,
      storage,
      bots,
      clock,
      logger,
      events,
      messageTtlMs: options.messageTtl,
      batchTimeMs: options.batchTime,
      shouldReadProfile: (user, bot) => bot.bot.settings.read_profiles !== false && profiles.isDue(user),
      isChatBacklogFull: (bot_id, chat_id, additionalRows) => chatBacklog.isFull(bot_id, chat_id, additionalRows),
      onOutboxRows: send,
      onNotificationWritten: (bot_id, chat_id, isOurs) => {
        // An instance that does not send has none of these rows in memory.
        chatBacklog.onMessageWritten(bot_id, chat_id, isOurs && hasRole('dispatch'));
      },
      onCallbackAnswers: (list) => {
        callbacks.send(list);
      },
      onJobs: (list) => {
        profiles.onJobsStored(list);
        if (list.some(({ is_background = false }) => !is_background)) jobsDue.notify();
        else wakeJobsLater();
      },
    }),
    mayStart: () => dispatcher.backlog < options.backlog,
    clock,
    options,
  });
}

/** The job runner. Results of jobs go back to the lanes, like updates. */
function wireJobs(
  { storage, telegram, outbound, steps = [], clock, logger, options }: WireDeps,
  { bots, currentOwner, isLeaseHeld, dispatcher, lanes }: Base & Sending & { readonly lanes: Lanes },
): JobRunner {
  return new JobRunner({
    currentOwner,
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
    mayServe: isLeaseHeld,
    hasForegroundWork: () => dispatcher.backlog > 0 || lanes.hasWaiting,
  });
}

/** The entry of updates, from the webhook or by polling. */
function wireIntake(
  { storage, telegram, clock, logger, options }: WireDeps,
  { bots, currentOwner, dispatcher, checkouts, lanes }: Base & Sending & DirectCalls & { readonly lanes: Lanes },
) {
  const intake = new UpdateIntake({ bots, checkouts, dispatcher, lanes, clock, options });
  const poller = new Poller({
    currentOwner,
    storage,
    telegram,
    bots,
    clock,
    logger,
    process: (bot_id, update) => intake.process(bot_id, update, 0),
  });
  return { intake, poller };
}
