import { ApiError } from '../call/api-error.ts';
import type { Clock } from '../clock.ts';
import type { Update } from '../telegram-objects.ts';
import type { PendingUpdates } from './pending-updates.ts';

export interface PollRequest {
  /** Updates before it are confirmed. A negative offset counts from the end. */
  offset: number;
  limit: number;
  /** Milliseconds to wait if there are no updates. */
  timeout: number;
  /** Aborted when the client closes the connection. */
  signal: AbortSignal;
}

/** The `getUpdates` requests of one bot. */
export interface LongPoll {
  /** Returns pending updates. Rejects with a 409 when another request replaces this one. */
  poll(request: PollRequest): Promise<Update[]>;
  /** Wakes a waiting request because there is a new update. */
  wake(): void;
  /** Ends a waiting request with a 409. */
  terminate(reason: string): void;
  /** True if a client has polled since the last webhook was removed. */
  readonly hasBeenUsed: boolean;
}

/** Returns pending updates to pollers. A second poller ends the request of the first, as in Telegram. */
export function createLongPoll(clock: Clock, pending: PendingUpdates): LongPoll {
  let waiting: { wake(): void; terminate(reason: string): void } | undefined;
  let hasBeenUsed = false;

  function confirm(offset: number): void {
    const updates = pending.fresh();
    const keepFrom = offset < 0 ? updates[Math.max(0, updates.length + offset)]?.update_id : offset;
    if (keepFrom === undefined) return;
    for (const update of updates) {
      if (update.update_id >= keepFrom) break;
      pending.remove(update.update_id);
    }
  }

  function take(limit: number): Update[] {
    return pending
      .fresh()
      .slice(0, limit)
      .map((entry) => entry.update);
  }

  return {
    get hasBeenUsed() {
      return hasBeenUsed;
    },
    async poll({ offset, limit, timeout, signal }) {
      hasBeenUsed = true;
      waiting?.terminate('terminated by other getUpdates request; make sure that only one bot instance is running');
      if (offset !== 0) confirm(offset);
      const updates = take(limit);
      if (updates.length > 0 || timeout <= 0 || signal.aborted) return updates;
      return await new Promise<Update[]>((resolve, reject) => {
        const finish = (settle: () => void) => {
          waiting = undefined;
          cancelTimer();
          signal.removeEventListener('abort', onAbort);
          settle();
        };
        const onAbort = () => finish(() => resolve([]));
        const cancelTimer = clock.schedule(timeout, () => finish(() => resolve([])));
        signal.addEventListener('abort', onAbort);
        waiting = {
          wake: () => finish(() => resolve(take(limit))),
          terminate: (reason) => finish(() => reject(new ApiError(409, `Conflict: ${reason}`))),
        };
      });
    },
    wake: () => waiting?.wake(),
    terminate(reason) {
      waiting?.terminate(reason);
      hasBeenUsed = false;
    },
  };
}
