import type { PendingUpdate } from './pending-updates.ts';

/** The updates of one queue key. Only the first one is being delivered. */
export interface UpdateLane {
  readonly key: string;
  readonly updates: PendingUpdate[];
  failures: number;
  cancelRetry: (() => void) | undefined;
}

/** The lanes of one webhook. Only a limited number of them is loaded; the others wait. */
export interface UpdateLanes {
  /** Queues an update behind the others of its key. Returns true if this starts a new lane. */
  add(update: PendingUpdate): boolean;
  /** Loads waiting lanes while there is room. */
  load(): void;
  /** Returns the loaded lane that has been ready for the longest time. It is not ready again until `putBack`. */
  take(): UpdateLane | undefined;
  /** Marks a loaded lane as ready. */
  putBack(lane: UpdateLane): void;
  /** Removes a loaded lane that has no more updates. */
  remove(lane: UpdateLane): void;
  /** Cancels all retries and removes all lanes. */
  clear(): void;
}

/** Creates an empty set of lanes. */
export function createUpdateLanes(maxLoadedLanes: number): UpdateLanes {
  const lanes = new Map<string, UpdateLane>();
  const unloadedLanes: UpdateLane[] = [];
  const readyLanes: UpdateLane[] = [];
  let loadedCount = 0;
  return {
    add(update) {
      const lane = lanes.get(update.queue_key);
      if (lane) {
        lane.updates.push(update);
        return false;
      }
      const added: UpdateLane = { key: update.queue_key, updates: [update], failures: 0, cancelRetry: undefined };
      lanes.set(added.key, added);
      unloadedLanes.push(added);
      return true;
    },
    load() {
      while (loadedCount < maxLoadedLanes) {
        const lane = unloadedLanes.shift();
        if (!lane) return;
        loadedCount += 1;
        readyLanes.push(lane);
      }
    },
    take: () => readyLanes.shift(),
    putBack: (lane) => void readyLanes.push(lane),
    remove(lane) {
      lanes.delete(lane.key);
      loadedCount -= 1;
    },
    clear() {
      for (const lane of lanes.values()) lane.cancelRetry?.();
      lanes.clear();
    },
  };
}
