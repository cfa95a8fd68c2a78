import type { JsonObject } from '../../model/index.ts';

/** The part of a bot that the webhook needs before it reads the body. */
export interface WebhookBot {
  readonly secrets: {
    readonly webhook_secret: string;
    readonly pending_webhook_secret: string | null;
    readonly old_webhook_secret: string | null;
  };
}

/** The runtime, as the webhook uses it. */
export interface WebhookGate {
  /**
   * Returns a bot, synchronously if it is cached; null for an unknown bot.
   *
   * @throws STORAGE_UNAVAILABLE
   */
  findBot(bot_id: string): WebhookBot | null | Promise<WebhookBot | null>;
  /** Reads the bot from the database. */
  reloadBot(bot_id: string): Promise<WebhookBot | null>;
  /**
   * Resolves when the update can be acknowledged.
   *
   * @param bytes - length of the update, if known
   * @throws UPDATE_INVALID, UNAVAILABLE, STORAGE_UNAVAILABLE
   */
  processUpdate(bot_id: string, update: JsonObject, bytes?: number): Promise<unknown>;
}
