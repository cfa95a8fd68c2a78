import type { JsonObject, JsonValue } from '../model/index.ts';
import type { TimerPurpose } from './event.ts';
import type { HttpRequest } from './http-request.ts';

/**
 * Effects that `advance` asks the runtime to perform, as data. Chat and thread are those of the session and are added
 * by the runtime. A new kind is a member here, and the runtime's table of runners does not compile until it handles it.
 */
export interface EffectMap {
  /**
   * A message to the chat of the session: a row in the log and the outbox, sent in order. The methods `editMessageText`
   * and `editMessageMedia` replace the message with the `message_id` of the payload, or the flow's last message if
   * there is none; if that is not possible, a new message is sent.
   */
  send: {
    readonly method: string;
    /** Type of the message in the log: text, photo, … */
    readonly type: string;
    readonly text: string | null;
    /** Parameters of the method without chat_id and message_thread_id. */
    readonly payload: JsonObject;
    readonly flow_id: string;
    /** `at_most_once` is marked before it is sent: if the outcome is unknown, it is lost rather than sent twice. */
    readonly delivery: Delivery;
    /** The visit that depends on the message and gets a `result` event if it cannot be sent. */
    readonly token?: string;
  };
  /**
   * A text to another chat of the bot: a row in the log and the outbox like `send`, in order within that chat. The
   * session does not learn of its outcome, but a step must not write to a chat for which
   * `env.hasFullBacklog` is true.
   */
  notify: {
    readonly chat_id: number;
    readonly thread_id: number;
    readonly text: string;
    readonly payload: JsonObject;
    readonly flow_id: string;
  };
  /**
   * Sets the person's tags and attributes: all of them, not only the changed ones. Written with the session, in one
   * transaction.
   */
  change_user: { readonly tags: readonly string[]; readonly attributes: JsonObject };
  /**
   * Any other call about the chat (edit, delete, chat action): durable, in order with the messages, deleted when done.
   */
  call: {
    readonly method: string;
    readonly payload: JsonObject;
    /** Pause of the chat after the call, in milliseconds. */
    readonly pause?: number;
  };
  /** Answers a callback query: before everything else, from memory, best effort. */
  answer_callback: { readonly query_id: string; readonly text: string | null; readonly show_alert: boolean };
  /**
   * Requests a `timer` event at a time (milliseconds since 1970). `number` distinguishes several timers of one token
   * and purpose.
   */
  timer: { readonly token: string; readonly purpose: TimerPurpose; readonly number: number; readonly due_at: number };
  /**
   * Requests a `result` event with the `{ status, body }` of a response. Sent at least once; retried if the server was
   * not reached or is temporarily unable to respond.
   */
  http: { readonly token: string; readonly request: HttpRequest; readonly retries: number };
  /**
   * Requests a `result` event when the Stars of a payment are refunded. Requested at least once; an earlier refund
   * counts as success.
   */
  refund: { readonly token: string; readonly user_id: number; readonly charge: string };
  /** Requests a `result` event with the value that the host's code returns. Run at least once. */
  action: { readonly token: string; readonly action: string; readonly input: JsonValue };
}

export type Delivery = 'at_least_once' | 'at_most_once';
export type Effect = { [K in keyof EffectMap]: { readonly kind: K } & EffectMap[K] }[keyof EffectMap];
export type EffectOf<K extends keyof EffectMap> = { readonly kind: K } & EffectMap[K];
