import type { Clock } from '../clock.ts';
import type { PendingUpdate, PendingUpdates } from './pending-updates.ts';
import type { PostResult, UpdatePoster } from './post-update.ts';
import { retryDelay } from './retry-schedule.ts';
import { createUpdateLanes, type UpdateLane } from './update-lanes.ts';

/** Posts the pending updates of one bot to its webhook. */
export interface WebhookSender {
  /** Queues an update behind the others of its key. */
  add(update: PendingUpdate): void;
  /** Starts no more attempts. An attempt that has started may still get a response. */
  stop(): void;
}

export interface WebhookSenderOptions {
  clock: Clock;
  pending: PendingUpdates;
  poster: UpdatePoster;
  max_connections: number;
  retryScale: number;
  /** Called after every attempt. If it returns true, an accepted update is posted once more. */
  onAttempt(update: PendingUpdate, result: PostResult): boolean;
  onExpired(update: PendingUpdate): void;
  /** Called when the endpoint has responded with 410 Gone for 23 hours. */
  onGone(): void;
}

const goneTimeoutMs = 23 * 60 * 60 * 1000;

/**
 * Starts delivering to a webhook, like Telegram: one queue per chat (or user), only the head of each queue, at most
 * `max_connections` at a time. Only twice as many queues are loaded, so that enough failing chats stall the whole bot,
 * as in Telegram.
 */
export function startWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const { clock, pending, poster, max_connections } = options;
  const lanes = createUpdateLanes(2 * max_connections);
  let activeCount = 0;
  let goneSince: number | undefined;
  let isStopped = false;

  function pump(): void {
    if (isStopped) return;
    lanes.load();
    while (activeCount < max_connections) {
      const lane = lanes.take();
      if (!lane) return;
      const update = nextUpdate(lane);
      if (update) {
        void deliver(lane, update);
      } else {
        lanes.remove(lane);
        lanes.load();
      }
    }
  }

  /** Returns the next update that was not dropped and has not expired. */
  function nextUpdate(lane: UpdateLane): PendingUpdate | undefined {
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

  async function deliver(lane: UpdateLane, update: PendingUpdate): Promise<void> {
    activeCount += 1;
    update.attempts += 1;
    const result = await poster.post(update.body);
    activeCount -= 1;
    const isAccepted = result.status >= 200 && result.status < 300;
    if (isAccepted) pending.remove(update.update_id);
    const isDuplicateRequested = options.onAttempt(update, result);
    if (isStopped) return;
    trackGone(result.status);
    if (isAccepted && isDuplicateRequested) {
      // The update stays at the head of its queue, as if the response had been lost.
      pending.restore(update);
      lanes.putBack(lane);
    } else if (isAccepted) {
      lane.updates.shift();
      lane.failures = 0;
      lanes.putBack(lane);
    } else {
      lane.failures += 1;
      scheduleRetry(lane, retryDelay(lane.failures, result.retry_after, update.update_id) * options.retryScale);
    }
    pump();
  }

  function scheduleRetry(lane: UpdateLane, delay: number): void {
    lane.cancelRetry = clock.schedule(delay, () => {
      lane.cancelRetry = undefined;
      lanes.putBack(lane);
      pump();
    });
  }

  function trackGone(status: number): void {
    if (status !== 410) goneSince = undefined;
    else if (goneSince === undefined) goneSince = clock.now();
    else if (clock.now() - goneSince >= goneTimeoutMs) options.onGone();
  }

  return {
    add(update) {
      if (!isStopped && lanes.add(update)) pump();
    },
    stop() {
      isStopped = true;
      lanes.clear();
    },
  };
}
