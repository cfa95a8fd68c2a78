import type { ChatEventName } from '../flow/index.ts';
import type { JsonObject, JsonValue } from '../model/index.ts';

/** Events of a session. A new kind is a member here, and nothing compiles until every table has it. */
export interface EventMap {
  /**
   * A person sent a message. `text` is the text or caption; `command` is set if the text starts with a command for this
   * bot.
   */
  message: {
    readonly type: string;
    readonly text: string | null;
    readonly command: { readonly name: string; readonly args: string } | null;
    readonly telegram_message_id: number;
    /** The content as Telegram sent it (photo sizes, contact, location …), for steps that ask for it. */
    readonly content: JsonObject;
  };
  /** A person pressed an inline button. */
  callback: {
    readonly query_id: string;
    readonly data: string;
    readonly telegram_message_id: number | null;
  };
  /** Something happened to the person in a chat, other than messages and button presses. */
  chat_event: {
    readonly name: ChatEventName;
    /** When it happened, in milliseconds since 1970. */
    readonly at: number;
    /** The chat; for a join request it is not the chat of the session, which is the private chat with the person. */
    readonly chat: { readonly id: number; readonly title: string | null };
    /** Of a reaction: the added emoji, or the ID of a custom emoji. */
    readonly emoji: string | null;
    /** The invite link that the person used: its name, or the link. */
    readonly invite_link: string | null;
    /** The text that a person writes about themselves in a join request. */
    readonly bio: string | null;
  };
  /** A timer requested by a `timer` effect. Ignored unless the session still waits under this token. */
  timer: { readonly token: string; readonly purpose: TimerPurpose; readonly number: number };
  /**
   * The result of an `http`, `action` or `refund` effect, or of a message that could not be sent. Ignored like a timer
   * unless the token matches.
   */
  result: { readonly token: string; readonly outcome: Outcome };
  /** An event of the host application. A session that waits for it continues. */
  external: { readonly name: string; readonly data: JsonValue };
  /** The host starts a flow, with variables in addition to the flow's own. */
  start: { readonly flow_id: string; readonly variables: JsonObject };
  /** An operator changes the session. */
  operator: { readonly command: OperatorCommand };
  /** A person has paid. The amount is in the smallest units of the currency. */
  payment: {
    readonly currency: string;
    readonly total_amount: number;
    readonly invoice_payload: string;
    readonly telegram_payment_charge_id: string;
    readonly provider_payment_charge_id: string;
    /** Name, phone number, e-mail address and postal address, as far as the invoice asked for them. */
    readonly order_info: JsonObject | null;
  };
}

/** Commands of an operator for a session that is in a flow. Types and no interfaces, since they are stored as JSON. */
export type OperatorCommand =
  /** Move to a step of the current flow. */
  | { readonly kind: 'move'; readonly step_id: string }
  /** Start the flow again. */
  | { readonly kind: 'reset' }
  /** Release the session: its flow continues. */
  | { readonly kind: 'give_back' }
  /** End the flow. */
  | { readonly kind: 'end' };

/**
 * Purpose of a timer: the end of a wait, the no-answer timeout, a reminder to answer, or the end of an answer of
 * several messages.
 */
export type TimerPurpose = (typeof TIMER_PURPOSES)[number];
export const TIMER_PURPOSES = ['wait', 'no_answer', 'reminder', 'collect'] as const;

/** Result of outside work: a value, or the reason why it failed. */
export type Outcome =
  | { readonly kind: 'ok'; readonly value: JsonValue }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

export type EngineEvent = { [K in keyof EventMap]: { readonly kind: K } & EventMap[K] }[keyof EventMap];
export type EventOf<K extends keyof EventMap> = { readonly kind: K } & EventMap[K];
