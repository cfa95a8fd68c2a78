import { IDLE_SESSION, versionsNeeded } from '../../engine/index.ts';
import { sessionId, type LockedBatch } from '../../storage/index.ts';
import type { CachedBot } from '../bots/bot-cache.ts';
import { eventOf, sessionAddressesOf } from './input-source.ts';
import type { PendingInput } from './pending-input.ts';

/**
 * Data that must be loaded before the batch can be decided: bots whose revision has changed, and versions that are not
 * in the program.
 */
export interface MissingDependencies {
  readonly bots: ReadonlySet<string>;
  readonly versions: ReadonlyMap<string, ReadonlySet<number>>;
}

/** Returns what must be loaded before `decideBatch` can run; null if nothing is missing. */
export function findMissingDependencies(
  inputs: readonly PendingInput[],
  bots: ReadonlyMap<string, CachedBot>,
  locked: LockedBatch,
): MissingDependencies | null {
  const staleBots = new Set<string>();
  const versions = new Map<string, Set<number>>();
  for (const [index, { bot_id, source }] of inputs.entries()) {
    const row = locked.bots.get(bot_id);
    const event = eventOf(source);
    if (locked.claimed[index] !== true || row?.is_active !== true) continue;
    const cached = bots.get(bot_id);
    // An input without an event does not run a flow, so any revision will do. Without the bot it would be dropped.
    if (cached === undefined || (event !== null && cached.revision !== row.revision)) {
      staleBots.add(bot_id);
      continue;
    }
    if (event === null) continue;
    for (const { key } of sessionAddressesOf(bot_id, source)) {
      for (const id of versionsNeeded(locked.sessions.get(sessionId(key)) ?? IDLE_SESSION, event)) {
        if (cached.program.versions.has(id) || cached.missing.has(id)) continue;
        versions.set(bot_id, (versions.get(bot_id) ?? new Set()).add(id));
      }
    }
  }
  return staleBots.size === 0 && versions.size === 0 ? null : { bots: staleBots, versions };
}
