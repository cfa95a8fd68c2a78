import type { JsonObject, JsonValue } from '../model/index.ts';
import type { TimerPurpose } from './event.ts';
import type { HttpRequest } from './http-request.ts';

/**
 * What `advance` asks the outside to do, as data. The chat and the thread are the session's and are added by the runtime.
 * A new kind is a member here, and the runtime's table of runners does not compile until it handles it.
 */
export interface EffectMap {
  /**
   * A message to the chat of the session: a row in the log and the outbox, sent in order. The methods `editMessageText` and `editMessageMedia` take the place of the
   * message of the payload's `message_id`, or of the flow's last one without; where that cannot be, it is sent as a new one.
   */
  send: {
    readonly method: string;
    /** The message's type in the log: text, photo, … */
    readonly type: string;
    readonly text: string | null;
    /** Parameters of the method without chat_id and message_thread_id. */
    readonly payload: JsonObject;
    readonly flow_id: string;
    /** `at_most_once` is marked before it is sent: lost rather than doubled when the outcome is unknown. */
    readonly delivery: Delivery;
    /** The visit that cannot go on without it, and wants a `result` event when it cannot be sent. */
    readonly token?: string;
  };
  /** A text to another chat of the bot: a row in the log and the outbox like `send`, in that chat's order. What becomes of it is no matter of the session, but a step may not write where `env.isFull`. */
  notify: {
    readonly chat_id: number;
    readonly thread_id: number;
    readonly text: string;
    readonly payload: JsonObject;
    readonly flow_id: string;
  };
  /** The person has these tags and attributes now: all of them, not only what has changed. Written with the session, in one transaction. */
  change_user: { readonly tags: readonly string[]; readonly attributes: JsonObject };
  /** Any other call about the chat (edit, delete, chat action): durable, in order with the messages, deleted when done. */
  call: {
    readonly method: string;
    readonly payload: JsonObject;
    /** Milliseconds that the chat is left in peace after it. */
    readonly pause?: number;
  };
  /** Answers a callback query: first of all, from memory, best effort. */
  answer_callback: { readonly query_id: string; readonly text: string | null; readonly show_alert: boolean };
  /** Wants a `timer` event at a time (milliseconds since 1970). `number` tells several of one token and purpose apart. */
  timer: { readonly token: string; readonly purpose: TimerPurpose; readonly number: number; readonly due_at: number };
  /** Wants a `result` event with `{ status, body }` of an answer. Made at least once; made again when the server was not reached or cannot answer just now. */
  http: { readonly token: string; readonly request: HttpRequest; readonly retries: number };
  /** Wants a `result` event when the Stars of a payment are given back. Asked for at least once; what is given back already counts as done. */
  refund: { readonly token: string; readonly user_id: number; readonly charge: string };
  /** Wants a `result` event with what the host's code gives. Run at least once. */
  action: { readonly token: string; readonly action: string; readonly input: JsonValue };
}

export type Delivery = 'at_least_once' | 'at_most_once';
export type Effect = { [K in keyof EffectMap]: { readonly kind: K } & EffectMap[K] }[keyof EffectMap];
export type EffectOf<K extends keyof EffectMap> = { readonly kind: K } & EffectMap[K];
