import type { JsonObject } from '../model/index.ts';

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
}

export type EngineEvent = { [K in keyof EventMap]: { readonly kind: K } & EventMap[K] }[keyof EventMap];
export type EventOf<K extends keyof EventMap> = { readonly kind: K } & EventMap[K];
