import type { Clock } from '../clock.ts';
import type { PendingUpdate, PendingUpdates } from './pending-updates.ts';
import type { PostResult, UpdatePoster } from './post-update.ts';
import { retryDelay } from './retry-schedule.ts';

/** Posts the pending updates of one bot to its webhook. */
export interface WebhookSender {
  /** Queues an update behind the others of its key. */
  add(update: PendingUpdate): void;
  /** No more attempts begin; one that is on its way may still be answered. */
  stop(): void;
}

export interface WebhookSenderOptions {
  clock: Clock;
  pending: PendingUpdates;
  poster: UpdatePoster;
  max_connections: number;
  retryScale: number;
  /** Told of every attempt; answering `true` makes an accepted update be posted once more. */
  onAttempt(update: PendingUpdate, result: PostResult): boolean;
  onExpired(update: PendingUpdate): void;
  /** The endpoint said for 23 hours that it is gone. */
  onGone(): void;
}

/** Updates of one queue key, of which only the first is ever on its way. */
interface Lane {
  readonly key: string;
  readonly updates: PendingUpdate[];
  failures: number;
  cancelRetry: (() => void) | undefined;
}

const goneTimeoutMs = 23 * 60 * 60 * 1000;

/**
 * Delivers like Telegram: one queue a chat (or user), of each only the head, at most `max_connections` at a time.
 * Only twice as many queues are looked at, so enough failing chats stall the whole bot, as in reality.
 */
export function startWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { clock, pending, poster, max_connections } = options;
  const lanes = new Map<string, Lane>();
  const unloadedLanes: Lane[] = [];
  const readyLanes: Lane[] = [];
  const maxLoadedLanes = 2 * max_connections;
  let loadedCount = 0;
  let activeCount = 0;
  let goneSince: number | undefined;
  let isStopped = false;

  function pump(): void {
    while (!isStopped && loadedCount < maxLoadedLanes && unloadedLanes.length > 0) {
      const lane = unloadedLanes.shift();
      if (!lane) break;
      loadedCount += 1;
      readyLanes.push(lane);
    }
    while (!isStopped && activeCount < max_connections && readyLanes.length > 0) {
      const lane = readyLanes.shift();
      const update = lane && nextUpdate(lane);
      if (lane && update) void deliver(lane, update);
      else if (lane) finish(lane);
    }
  }

  /** Skips what was dropped or has expired meanwhile. */
  function nextUpdate(lane: Lane): PendingUpdate | undefined {
    for (let update = lane.updates[0]; update; update = lane.updates[0]) {
      if (pending.has(update.update_id)) {
        if (!pending.isExpired(update)) return update;
        pending.remove(update.update_id);
        options.onExpired(update);
      }
      lane.updates.shift();
      lane.failures = 0;
    }
    return undefined;
  }

  function finish(lane: Lane): void {
    lanes.delete(lane.key);
    loadedCount -= 1;
    pump();
  }

  async function deliver(lane: Lane, update: PendingUpdate): Promise<void> {
    activeCount += 1;
    update.attempts += 1;
    const result = await poster.post(update.body);
    activeCount -= 1;
    const accepted = result.status >= 200 && result.status < 300;
    if (accepted) pending.remove(update.update_id);
    const isDuplicateRequested = options.onAttempt(update, result);
    if (isStopped) return;
    trackGone(result.status);
    if (accepted && !isDuplicateRequested) {
      lane.updates.shift();
      lane.failures = 0;
      readyLanes.push(lane);
    } else if (accepted) {
      requeueDuplicate(lane, update);
    } else {
      lane.failures += 1;
      const delay = retryDelay(lane.failures, result.retry_after, update.update_id) * options.retryScale;
      lane.cancelRetry = clock.schedule(delay, () => {
        lane.cancelRetry = undefined;
        readyLanes.push(lane);
        pump();
      });
    }
    pump();
  }

  /** A duplicate on demand: the update goes back to the head of its queue as if the answer had been lost. */
  function requeueDuplicate(lane: Lane, update: PendingUpdate): void {
    pending.restore(update);
    readyLanes.push(lane);
  }

  function trackGone(status: number): void {
    if (status !== 410) goneSince = undefined;
    else if (goneSince === undefined) goneSince = clock.now();
    else if (clock.now() - goneSince >= goneTimeoutMs) options.onGone();
  }

  return {
    add(update) {
      if (isStopped) return;
      const lane = lanes.get(update.queue_key);
      if (lane) {
        lane.updates.push(update);
        return;
      }
      const added: Lane = { key: update.queue_key, updates: [update], failures: 0, cancelRetry: undefined };
      lanes.set(added.key, added);
      unloadedLanes.push(added);
      pump();
    },
    stop() {
      isStopped = true;
      for (const lane of lanes.values()) lane.cancelRetry?.();
      lanes.clear();
    },
  };
}
