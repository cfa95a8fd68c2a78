import type { BotApi } from '../api-data/bot-api.ts';
import type { Clock } from '../clock.ts';
import type { BotState, Room } from './bot-state.ts';
import type { FileStore } from './file-store.ts';
import type { PersonState } from './person-state.ts';

/** Everything one fake Telegram knows. */
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
  /** Refuse what Telegram would quietly ignore: unknown parameters, wrong types. */
  strict: boolean;
  /** Accept webhooks that are not HTTPS on a public port. */
  allowHttpWebhooks: boolean;
  /** Every delay of the webhook sender is multiplied by this. */
  retryScale: number;
  /** Milliseconds that a webhook may take to answer. */
  webhookTimeout: number;
  /** The number of the first message of a bot or a group. */
  firstMessageId: number;
}

/** Tells everybody who watches that something happened: an event in a room, an update queued or gone, a call begun. */
export interface Activity {
  readonly watchers: Set<() => void>;
  touch(): void;
}

/** Seconds since 1970, as Telegram's dates count. */
export function unixTime(world: World): number {
  return Math.floor(world.clock.now() / 1000);
}
