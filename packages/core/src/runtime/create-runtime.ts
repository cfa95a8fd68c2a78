import { BotloomError } from '../errors/index.ts';
import type { Clock } from '../ports/index.ts';
import { withTimeout } from './async/with-timeout.ts';
import { holdProcessOpen } from './instance/hold-process-open.ts';
import { dispatchSessionEvent } from './jobs/dispatch-session-event.ts';
import { DEFAULT_RUNTIME_OPTIONS, type RuntimeOptions } from './runtime-options.ts';
import type { Role, Runtime } from './runtime.ts';
import { wire, type WireDeps } from './wire.ts';

export interface RuntimeDeps extends Omit<WireDeps, 'options' | 'hasRole'> {
  readonly options?: Partial<RuntimeOptions>;
}

const ALL_ROLES: readonly Role[] = ['dispatch', 'jobs'];
/** Seconds after which the caller may retry a message for a chat with too many unsent messages. */
const BACKLOG_RETRY_AFTER_SECONDS = 5;
const DEFAULT_STOP_TIMEOUT_MS = 10_000;

/** Creates the runtime. Nothing runs before `start`. */
export function createRuntime(deps: RuntimeDeps): Runtime {
  const { storage, clock } = deps;
  const options: RuntimeOptions = { ...DEFAULT_RUNTIME_OPTIONS, ...deps.options };
  let roles: ReadonlySet<Role> = new Set();
  let stopKeepAlive: (() => void) | null = null;
  const parts = wire({ ...deps, options, hasRole: (role) => roles.has(role) });
  const { events, bots, lease, dispatcher, callbacks, checkouts, jobs, lanes, intake, poller, senderId, send } = parts;

  return {
    get sender_id() {
      return senderId();
    },
    events,
    bots,
    async start(requestedRoles = ALL_ROLES) {
      roles = new Set(requestedRoles);
      await startParts(deps, parts, roles);
      // A worker may have no server and no open database connection, so nothing else keeps the process alive.
      stopKeepAlive ??= holdProcessOpen();
    },
    async stop(timeoutMs = DEFAULT_STOP_TIMEOUT_MS) {
      await stopParts(clock, parts, roles, timeoutMs);
      stopKeepAlive?.();
      stopKeepAlive = null;
    },
    processUpdate: (bot_id, update, bytes = 0) => intake.process(bot_id, update, bytes),
    async sendSessionEvent(call) {
      intake.requireOpen();
      lanes.requireCapacity(call.bot_id, call.places[0]?.chat_id ?? 0);
      return dispatchSessionEvent(call, {
        jobs: storage.jobs,
        owner: lease.id,
        now: clock.now(),
        run: (job) => jobs.runNow(job),
      });
    },
    async requireCapacity(bot_id, chat_id) {
      const { botBacklog, chatBacklog } = options;
      if (
        dispatcher.backlogOfBot(bot_id) <= botBacklog &&
        (await storage.outbox.backlogOfChat(bot_id, chat_id, chatBacklog)) < chatBacklog
      )
        return;
      const message = 'Too many messages of this bot or for this chat are unsent. Try again later.';
      throw new BotloomError('RATE_LIMITED', message, { retryAfter: BACKLOG_RETRY_AFTER_SECONDS });
    },
    send,
    wakeJobs() {
      jobs.wake();
    },
    invalidateBot(bot_id) {
      bots.invalidate(bot_id);
      dispatcher.wake(bot_id);
      if (roles.has('polling')) poller.wake();
    },
    async idle() {
      await lanes.idle();
      await Promise.all([callbacks.idle(), checkouts.idle()]);
      await dispatcher.idle();
    },
  };
}

type Parts = ReturnType<typeof wire>;

async function startParts(
  { storage, clock }: RuntimeDeps,
  { lease, rowHandoff, intake, lanes, dispatcher, jobs, poller }: Parts,
  roles: ReadonlySet<Role>,
): Promise<void> {
  try {
    await storage.jobs.add([
      {
        bot_id: null,
        kind: 'prune_seen_updates',
        payload: {},
        due_at: clock.now(),
        key: 'prune_seen_updates',
        is_background: true,
      },
    ]);
    await lease.start();
  } catch (error) {
    await lease.stop();
    throw error;
  }
  await rowHandoff.listen(lease.id);
  intake.open();
  lanes.open();
  if (roles.has('dispatch')) dispatcher.start();
  if (roles.has('jobs')) jobs.startWaiting();
  if (roles.has('polling')) poller.start();
}

async function stopParts(
  clock: Clock,
  { lease, rowHandoff, intake, lanes, dispatcher, jobs, poller, callbacks, checkouts }: Parts,
  roles: ReadonlySet<Role>,
  timeoutMs: number,
): Promise<void> {
  const deadline = clock.monotonic() + timeoutMs;
  const remainingMs = (): number => Math.max(0, deadline - clock.monotonic());
  if (roles.has('polling')) await poller.stop();
  intake.close();
  await lanes.close(remainingMs() / 2);
  // In parallel: a slow job must not use up the time that the results of sends need.
  await Promise.all([
    jobs.stop(remainingMs()),
    dispatcher.stop(remainingMs()),
    withTimeout(Promise.all([callbacks.idle(), checkouts.idle()]), remainingMs(), clock),
  ]);
  await rowHandoff.unsubscribe();
  await lease.stop();
}
