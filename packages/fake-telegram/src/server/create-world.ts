import { loadBotApi } from '../api-data/bot-api.ts';
import type { Clock } from '../clock.ts';
import { createFileStore } from '../state/file-store.ts';
import type { World, WorldSettings } from '../state/world.ts';

/** Creates a world without bots and people. */
export function createWorld(clock: Clock, settings: WorldSettings): World {
  const sequences = { group: 0, callback: clock.now() };
  const watchers = new Set<() => void>();
  return {
    clock,
    settings,
    activity: {
      watchers,
      touch() {
        for (const watcher of [...watchers]) watcher();
      },
    },
    api: loadBotApi(),
    botsByToken: new Map(),
    botsById: new Map(),
    botsByUsername: new Map(),
    people: new Map(),
    groups: new Map(),
    files: createFileStore(),
    nextId: (sequence) => ++sequences[sequence],
  };
}
