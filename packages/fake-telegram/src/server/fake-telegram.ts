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
  /** The API root for bots, without a slash at its end; in a browser, the chat window. */
  readonly url: string;
  /** Every call to the Bot API, in the order of arrival. */
  readonly calls: readonly RecordedCall[];
  /** Every attempt to deliver an update to a webhook, in the order in which they ended. */
  readonly deliveries: readonly Delivery[];
  createBot(bot: NewBot): FakeBot;
  /** The person of this first name, made when first asked for. `details` count at that moment only. */
  user(name: string, details?: Omit<NewPerson, 'first_name'>): Person;
  /** A new group with these people, and these bots or, if not said, all there are. */
  group(title: string, people: readonly Person[], options?: GroupOptions): FakeGroup;
  /** The calls that fit a filter. */
  callsTo(filter: CallFilter): RecordedCall[];
  /** Makes calls go wrong. */
  fail(script: FaultScript): ScriptedFault;
  /** Makes calls slow. */
  latency(script: LatencyScript): ScriptedFault;
  /** Ends all scripted faults and latencies. */
  clearFaults(): void;
  /**
   * Waits until no update is on its way, no call is open and nothing has happened for a moment. A bot that thinks
   * without calling anybody looks idle; wait for its own quiet first.
   */
  idle(options?: IdleOptions): Promise<void>;
  /** Ends all connections and deliveries. */
  close(): Promise<void>;
}

/** A bot account of the fake. */
export interface FakeBot {
  readonly id: number;
  readonly username: string;
  readonly token: string;
  readonly user: BotUser;
  readonly webhook: WebhookSettings | undefined;
  /** Updates nobody has taken yet. */
  readonly pending_update_count: number;
  /** Sends an update of any kind to the bot, under a fresh `update_id`; undefined if the bot did not ask for its kind. */
  pushUpdate(kind: string, payload: unknown): Update | undefined;
  /** Posts each of the next `times` updates that the webhook accepts once more. */
  duplicateUpdates(times: number): void;
  /**
   * What BotFather's /revoke does: the token in force is a new one, the old is refused with 401, and the webhook is
   * gone. Answers the new one.
   */
  revokeToken(): string;
}

/** A group chat of the fake. */
export interface FakeGroup {
  readonly id: number;
  readonly title: string;
  addBot(bot: FakeBot): void;
  removeBot(bot: FakeBot): void;
  /** Makes a bot of the group an administrator, who is told of more and decides on requests to join. */
  promote(bot: FakeBot): void;
  /** Turns the group into a supergroup; calls to the old id are refused with `migrate_to_chat_id`. */
  migrate(): FakeGroup;
}

export interface GroupOptions {
  bots?: readonly FakeBot[];
  /** A basic group if not said. */
  type?: 'group' | 'supergroup';
}

/** One attempt to deliver an update. */
export interface Delivery extends DeliveryAttempt {
  /** The bot's username. */
  bot: string;
}
