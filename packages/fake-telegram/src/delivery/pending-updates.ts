import type { Clock } from '../clock.ts';
import type { Update } from '../telegram-objects.ts';
import { queueKey, updateRule } from './update-kinds.ts';

/** An update that the bot has not confirmed yet. */
export interface PendingUpdate {
  readonly update_id: number;
  readonly kind: string;
  readonly queue_key: string;
  readonly update: Update;
  /** The update as JSON. */
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly expires_at: number;
  attempts: number;
}

/** The updates of one bot, oldest first. */
export interface PendingUpdates {
  readonly size: number;
  add(kind: string, payload: unknown): PendingUpdate;
  has(updateId: number): boolean;
  remove(updateId: number): void;
  /** Reverts a removal. */
  restore(update: PendingUpdate): void;
  clear(): void;
  /** Returns the updates that have not expired. Removes the others and passes them to `onExpired`. */
  fresh(): PendingUpdate[];
  isExpired(update: PendingUpdate): boolean;
}

/**
 * Creates an empty list of updates.
 *
 * @param firstId - the first `update_id`
 * @param onExpired - called for every update that is dropped because it expired before the bot accepted it
 */
export function createPendingUpdates(
  clock: Clock,
  firstId: number,
  onExpired: (update: PendingUpdate) => void,
): PendingUpdates {
  const updates = new Map<number, PendingUpdate>();
  let nextId = firstId;

  function isExpired(update: PendingUpdate): boolean {
    return clock.now() >= update.expires_at;
  }

  return {
    get size() {
      return updates.size;
    },
    add(kind, payload) {
      const update: Update = { update_id: nextId++, [kind]: payload };
      const pending: PendingUpdate = {
        update_id: update.update_id,
        kind,
        queue_key: queueKey(kind, payload),
        update,
        body: JSON.stringify(update),
        expires_at: clock.now() + updateRule(kind).lifetimeMs,
        attempts: 0,
      };
      updates.set(pending.update_id, pending);
      return pending;
    },
    has: (updateId) => updates.has(updateId),
    remove: (updateId) => void updates.delete(updateId),
    restore: (update) => void updates.set(update.update_id, update),
    clear: () => updates.clear(),
    isExpired,
    fresh() {
      for (const update of updates.values()) {
        if (!isExpired(update)) continue;
        updates.delete(update.update_id);
        onExpired(update);
      }
      return [...updates.values()];
    },
  };
}
