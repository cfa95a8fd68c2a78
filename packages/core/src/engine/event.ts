import type { ChatEventName } from '../flow/index.ts';
import type { JsonObject, JsonValue } from '../model/index.ts';

/** What can happen to a session. A new kind is a member here, and nothing compiles until every table knows it. */
export interface EventMap {
  /** A person sent something. `text` is the text or caption; `command` is set when the text starts with one that is meant for this bot. */
  message: {
    readonly type: string;
    readonly text: string | null;
    readonly command: { readonly name: string; readonly args: string } | null;
    readonly telegram_message_id: number;
    /** The content as Telegram gave it (photo sizes, contact, location …), for steps that ask for it. */
    readonly content: JsonObject;
  };
  /** A person pressed an inline button. */
  callback: {
    readonly query_id: string;
    readonly data: string;
    readonly telegram_message_id: number | null;
  };
  /** Something happened to the person in a chat besides messages and presses. */
  chat_event: {
    readonly name: ChatEventName;
    /** When, in milliseconds since 1970. */
    readonly at: number;
    /** Where; for a request to join it is not the chat of the session, which is the person's own. */
    readonly chat: { readonly id: number; readonly title: string | null };
    /** Of a reaction: the emoji that was added, or a custom emoji's id. */
    readonly emoji: string | null;
    /** By which the person came or wants to come: its name, or the link. */
    readonly invite_link: string | null;
    /** What a person who asks to join says of themself. */
    readonly bio: string | null;
  };
  /** A time has come that a `timer` effect asked for. Stale, and without effect, unless the session still waits under this token. */
  timer: { readonly token: string; readonly purpose: TimerPurpose; readonly number: number };
  /** What came of an `http` or `action` effect. Stale like a timer. */
  result: { readonly token: string; readonly outcome: Outcome };
  /** The host's own: something happened outside, and whoever waits for it goes on. */
  external: { readonly name: string; readonly data: JsonValue };
  /** The program starts a flow, with variables besides the flow's own. */
  start: { readonly flow_id: string; readonly variables: JsonObject };
  /** Somebody who runs the bot changes where the session stands. */
  operator: { readonly command: OperatorCommand };
  /** A person has paid. The amount is in the smallest units of the currency. */
  payment: {
    readonly currency: string;
    readonly total_amount: number;
    readonly invoice_payload: string;
    readonly telegram_payment_charge_id: string;
    readonly provider_payment_charge_id: string;
    /** Name, phone number, e-mail and address, as far as the invoice asked for them. */
    readonly order_info: JsonObject | null;
  };
}

/** What an operator does to a session that is in a flow. Types of their own and no interfaces, since they are stored as they are. */
export type OperatorCommand =
  /** It goes to a step of the flow that it is in. */
  | { readonly kind: 'move'; readonly step_id: string }
  /** It begins again. */
  | { readonly kind: 'reset' }
  /** The human who has it gives it back to its flow. */
  | { readonly kind: 'give_back' }
  /** It is in no flow any more. */
  | { readonly kind: 'end' };

/** What a timer is for: the end of a wait, the end of patience with an answer, a reminder to give one, or that an answer of several messages is complete. */
export type TimerPurpose = (typeof TIMER_PURPOSES)[number];
export const TIMER_PURPOSES = ['wait', 'no_answer', 'reminder', 'collect'] as const;

/** What came of work outside: a value, or why there is none. */
export type Outcome =
  | { readonly kind: 'ok'; readonly value: JsonValue }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

export type EngineEvent = { [K in keyof EventMap]: { readonly kind: K } & EventMap[K] }[keyof EventMap];
export type EventOf<K extends keyof EventMap> = { readonly kind: K } & EventMap[K];
