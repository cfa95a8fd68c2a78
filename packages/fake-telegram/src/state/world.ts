import type { BotApi } from '../api-data/bot-api.ts';
import type { Clock } from '../clock.ts';
import type { BotState, Room } from './bot-state.ts';
import type { FileStore } from './file-store.ts';
import type { PersonState } from './person-state.ts';

/** All data of one fake Telegram. */
export interface World {
  readonly clock: Clock;
  readonly api: BotApi;
  readonly settings: WorldSettings;
  readonly botsByToken: Map<string, BotState>;
  readonly botsById: Map<number, BotState>;
  /** By username in lower case. */
  readonly botsByUsername: Map<string, BotState>;
  readonly people: Map<number, PersonState>;
  readonly groups: Map<number, Room>;
  readonly files: FileStore;
  readonly activity: Activity;
  nextId(sequence: 'group' | 'callback'): number;
}

export interface WorldSettings {
  /** True to reject what Telegram silently ignores: unknown parameters and wrong types. */
  strict: boolean;
  /** True to accept webhooks that are not HTTPS on a public port. */
  allowHttpWebhooks: boolean;
  /** Factor for every delay of the webhook sender. */
  retryScale: number;
  /** Milliseconds that a webhook has to respond. */
  webhookTimeout: number;
  /** ID of the first message of a bot or a group. */
  firstMessageId: number;
}

/** Notifies watchers of every change: an event in a room, a queued or delivered update, a started call. */
export interface Activity {
  readonly watchers: Set<() => void>;
  touch(): void;
}

/** Returns the time in seconds since 1970, the unit of Telegram's dates. */
export function unixTime(world: World): number {
  return Math.floor(world.clock.now() / 1000);
}
