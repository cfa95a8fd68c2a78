import { IDLE_SESSION, versionsNeeded } from '../../engine/index.ts';
import { sessionId, type LockedBatch } from '../../storage/index.ts';
import type { CachedBot } from '../bots/bot-cache.ts';
import { eventOf, sessionAddressesOf } from './input-source.ts';
import type { PendingInput } from './pending-input.ts';

/** What must be read before the batch can be decided: bots whose revision has moved, and versions that the program lacks. */
export interface MissingDependencies {
  readonly bots: ReadonlySet<string>;
  readonly versions: ReadonlyMap<string, ReadonlySet<number>>;
}

/** What to read before `decideBatch` may run; null when it may. */
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
    // What has no event goes through no flow: any revision will do, but without the bot it would be dropped.
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
