import type { CallFilter, RecordedCall } from '../call/call-log.ts';
import type { DeliveryAttempt, WebhookSettings } from '../delivery/update-queue.ts';
import type { Person } from '../driver/person.ts';
import type { NewPerson } from '../state/create-person.ts';
import type { BotUser, Update } from '../telegram-objects.ts';
import type { NewBot } from './create-bot.ts';
import type { FaultScript, LatencyScript, ScriptedFault } from './fault-plan.ts';
import type { IdleOptions } from './wait-until-idle.ts';

/** A running fake Telegram. */
export interface FakeTelegram {
  /** The API root for bots, without a slash at the end. In a browser, it shows the chat window. */
  readonly url: string;
  /** The calls to the Bot API, in the order of arrival. */
  readonly calls: readonly RecordedCall[];
  /** The attempts to deliver updates to webhooks, in the order in which they ended. */
  readonly deliveries: readonly Delivery[];
  createBot(bot: NewBot): FakeBot;
  /** Returns the person with this first name. The first call creates it; later calls ignore `details`. */
  user(name: string, details?: Omit<NewPerson, 'first_name'>): Person;
  /** Creates a group with these people and, by default, all bots. */
  group(title: string, people: readonly Person[], options?: GroupOptions): FakeGroup;
  /** Returns the calls that match a filter. */
  callsTo(filter: CallFilter): RecordedCall[];
  /** Lets calls fail. */
  fail(script: FaultScript): ScriptedFault;
  /** Delays calls. */
  latency(script: LatencyScript): ScriptedFault;
  /** Cancels all scripted faults and delays. */
  clearFaults(): void;
  /**
   * Waits until no update is being delivered, no call is in progress and nothing has happened for a moment. A bot that
   * works without calling Telegram looks idle: wait for the bot first.
   */
  idle(options?: IdleOptions): Promise<void>;
  /** Closes all connections and stops all deliveries. */
  close(): Promise<void>;
}

/** A bot account of the fake. */
export interface FakeBot {
  readonly id: number;
  readonly username: string;
  readonly token: string;
  readonly user: BotUser;
  readonly webhook: WebhookSettings | undefined;
  /** Number of updates that the bot has not accepted yet. */
  readonly pending_update_count: number;
  /** Sends an update of any kind with a new `update_id`. Returns undefined if the bot has not requested the kind. */
  pushUpdate(kind: string, payload: unknown): Update | undefined;
  /** Posts each of the next `times` updates that the webhook accepts once more. */
  duplicateUpdates(times: number): void;
  /**
   * Replaces the token, like BotFather's /revoke: calls with the old token fail with 401, and the webhook is removed.
   * Returns the new token.
   */
  revokeToken(): string;
}

/** A group chat of the fake. */
export interface FakeGroup {
  readonly id: number;
  readonly title: string;
  addBot(bot: FakeBot): void;
  removeBot(bot: FakeBot): void;
  /** Makes a bot of the group an administrator. It receives more updates and decides on join requests. */
  promote(bot: FakeBot): void;
  /** Turns the group into a supergroup. Calls with the old ID fail with `migrate_to_chat_id`. */
  migrate(): FakeGroup;
}

export interface GroupOptions {
  bots?: readonly FakeBot[];
  /** A basic group by default. */
  type?: 'group' | 'supergroup';
}

/** One attempt to deliver an update. */
export interface Delivery extends DeliveryAttempt {
  /** The bot's username. */
  bot: string;
}
