import type { Bot, BotSettings, Page, PageRequest, Scope } from '../model/index.ts';

export interface NewBot {
  readonly id: string;
  readonly name: string;
  readonly telegram_id: number;
  readonly username: string;
  readonly owner: string | null;
  readonly token: string;
  readonly webhook_secret: string;
  readonly settings: BotSettings;
}

/** The fields to change. A field that is missing stays as it is. */
export interface BotChange {
  readonly name?: string;
  readonly is_active?: boolean;
  readonly settings?: BotSettings;
  /** A new token, with the profile that Telegram's `getMe` returned for it. */
  readonly token?: { readonly value: string; readonly telegram_id: number; readonly username: string };
}

/** The secrets of a bot, for the runtime only. Must never be logged or returned by the API. */
export interface BotSecrets {
  readonly id: string;
  readonly token: string;
  readonly webhook_secret: string;
  /** Set while the secret is being changed: Telegram may already use this one. */
  readonly pending_webhook_secret: string | null;
  /** The previous secret, for a minute after a change: updates that use it may still arrive. */
  readonly old_webhook_secret: string | null;
}

export interface LoadedBot {
  readonly bot: Bot;
  readonly secrets: BotSecrets;
  readonly revision: number;
}

/** The result of `stageWebhookSecret`. */
export interface StagedWebhookSecret {
  /** The secret that is pending now. */
  readonly secret: string;
  /** True if the pending secret is the one of this call. */
  readonly is_new: boolean;
}

/** Bots and their secrets. Every change of a bot or its flows increments `revision`, which caches compare. */
export interface BotStore {
  /** @throws BOT_TOKEN_TAKEN - when a bot with this token exists */
  create(bot: NewBot): Promise<Bot>;
  get(scope: Scope, id: string): Promise<Bot | null>;
  /** Returns the newest bots first. */
  list(scope: Scope, page: PageRequest): Promise<Page<Bot>>;
  /**
   * Changes a bot and increments its revision.
   *
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   * @throws BOT_TOKEN_TAKEN - when another bot has the new token
   */
  update(scope: Scope, id: string, change: BotChange): Promise<Bot>;
  /**
   * Makes a bot invisible immediately. Its token can be used by a new bot, and a `purge_bot` job removes its rows.
   *
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   */
  delete(scope: Scope, id: string): Promise<void>;
  /** Returns a bot with its secrets, for the runtime. Null if it does not exist or was deleted. */
  load(id: string): Promise<LoadedBot | null>;
  /** Returns the IDs of active bots in ascending order, for polling. `after` is the last ID of the previous page. */
  activeIds(after: string | null, limit: number): Promise<readonly string[]>;
  /**
   * Starts a change of the webhook secret: from now on, updates with either secret are accepted. If an earlier change
   * was interrupted, Telegram may already use its secret. That one then stays pending, and the caller continues with
   * it.
   *
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   */
  stageWebhookSecret(scope: Scope, id: string, secret: string): Promise<StagedWebhookSecret>;
  /** Removes the pending secret, which Telegram has rejected. Does nothing unless it has this digest. */
  unstageWebhookSecret(id: string, pending_secret_digest: string): Promise<void>;
  /**
   * Records that Telegram now uses this secret and this URL. The old secret is accepted until `dropOldWebhookSecret`.
   *
   * @returns null if the secret was changed or removed in the meantime: it is neither the pending secret nor the one
   *   of a webhook that is set. Nothing is changed then.
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   */
  confirmWebhook(scope: Scope, id: string, secret_digest: string, url: string): Promise<Bot | null>;
  /**
   * Ends a change of the webhook secret: from now on, only the confirmed secret is accepted. A job calls it a minute
   * after the change. Does nothing if another change has started.
   */
  dropOldWebhookSecret(id: string, confirmed_secret_digest: string): Promise<void>;
  /** @throws BOT_NOT_FOUND - when the scope has no such bot */
  clearWebhook(scope: Scope, id: string): Promise<Bot>;
  /**
   * Returns the commands and descriptions of the bot that were last sent to Telegram, as `saveSyncedMenu` stored them.
   * Null if nothing was sent. For the runtime.
   */
  syncedMenu(id: string): Promise<string | null>;
  /**
   * Stores the commands and descriptions that were sent to Telegram, if the stored value is still `before`.
   *
   * @returns false if another caller has changed it, or the bot was deleted
   */
  saveSyncedMenu(id: string, before: string | null, after: string): Promise<boolean>;
}
