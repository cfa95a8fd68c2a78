import type { JsonObject } from '../../model/index.ts';

/** What the webhook must know of a bot before it reads a byte. */
export interface WebhookBot {
  readonly secrets: {
    readonly webhook_secret: string;
    readonly pending_webhook_secret: string | null;
    readonly old_webhook_secret: string | null;
  };
}

/** Telegram's way into the runtime. */
export interface WebhookGate {
  /** From memory, synchronously, when the bot is known there; null: there is no such bot. Raises STORAGE_UNAVAILABLE. */
  findBot(bot_id: string): WebhookBot | null | Promise<WebhookBot | null>;
  /** Reads the bot anew. */
  reloadBot(bot_id: string): Promise<WebhookBot | null>;
  /** Resolves when the update may be acknowledged. Raises UPDATE_INVALID, UNAVAILABLE, STORAGE_UNAVAILABLE. `bytes`: its length, where that is known. */
  processUpdate(bot_id: string, update: JsonObject, bytes?: number): Promise<unknown>;
}
