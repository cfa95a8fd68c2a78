import type { Session } from '../engine/index.ts';
import type {
  ApiKey,
  Bot,
  BotSettings,
  BotUser,
  Flow,
  JsonObject,
  Message,
  MessageDirection,
  Page,
  PageRequest,
  Permission,
  PublishedFlow,
  Scope,
  Secret,
  SessionRecord,
  WaitReasonName,
} from '../model/index.ts';
import type { AnswerStore } from './answer-store.ts';
import type { JobStore } from './job-store.ts';
import type { OutboxStore } from './outbox-store.ts';
import type { BatchDecision, BatchInput, BatchOutcome, LockedBatch, SessionKey } from './update-batch.ts';
import type { UploadStore } from './upload-store.ts';

/**
 * What Botloom asks of a database, in the domain's verbs. Every verb that a request can reach takes a `scope`: rows of
 * other owners are as if they were not there (reads give null, writes raise the NOT_FOUND code). Made by `sqlite()` and `postgres()`.
 * Methods raise `STORAGE_UNAVAILABLE` when the database cannot be reached, and the conflict codes named at each.
 */
export interface Storage {
  readonly dialect: 'sqlite' | 'postgres';
  readonly bots: BotStore;
  readonly flows: FlowStore;
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly messages: MessageStore;
  readonly answers: AnswerStore;
  readonly updates: UpdateStore;
  readonly outbox: OutboxStore;
  readonly jobs: JobStore;
  readonly instances: InstanceStore;
  readonly api_keys: ApiKeyStore;
  readonly secrets: SecretStore;
  readonly uploads: UploadStore;
  readonly dead_letters: DeadLetterStore;
  readonly maintenance: MaintenanceStore;
  /** `auto` brings the schema up to date; `check` refuses to start unless it is. Both refuse a newer database (STORAGE_NEWER). */
  migrate(mode: 'auto' | 'check'): Promise<void>;
  /** Resolves when the database answers and is migrated; raises STORAGE_UNAVAILABLE otherwise. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

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

export interface BotChange {
  readonly name?: string;
  readonly is_active?: boolean;
  readonly settings?: BotSettings;
  /** A new token, with the profile that getMe gave for it. */
  readonly token?: { readonly value: string; readonly telegram_id: number; readonly username: string };
}

/** A bot with its secrets, for the runtime only. Must never be logged or encoded. */
export interface BotSecrets {
  readonly id: string;
  readonly token: string;
  readonly webhook_secret: string;
  /** While a change of the secret is under way: Telegram may have this one already. */
  readonly pending_webhook_secret: string | null;
  /** For a minute after a change: updates may be under way with the one before. */
  readonly old_webhook_secret: string | null;
}

export interface LoadedBot {
  readonly bot: Bot;
  readonly secrets: BotSecrets;
  readonly revision: number;
}

export interface BotStore {
  /** Raises BOT_TOKEN_TAKEN. */
  create(bot: NewBot): Promise<Bot>;
  get(scope: Scope, id: string): Promise<Bot | null>;
  /** Newest first. */
  list(scope: Scope, page: PageRequest): Promise<Page<Bot>>;
  /** Raises BOT_NOT_FOUND, BOT_TOKEN_TAKEN. Raises the bot's revision. */
  update(scope: Scope, id: string, change: BotChange): Promise<Bot>;
  /** Invisible at once, its token free again; its rows are removed by a job `purge_bot`. Raises BOT_NOT_FOUND. */
  delete(scope: Scope, id: string): Promise<void>;
  /** With secrets, for the runtime. Null when there is none (or it was deleted). */
  load(id: string): Promise<LoadedBot | null>;
  /** Ids of every active bot, in pages by id, for polling. */
  activeIds(after: string | null, limit: number): Promise<readonly string[]>;
  /**
   * First half of a change of the webhook secret: both are accepted from now on. Where an earlier change was broken off, Telegram may have its secret,
   * so that one stays pending and is the one to go on with. Raises BOT_NOT_FOUND.
   *
   * @returns the pending secret, and whether it is the given one
   */
  stageWebhookSecret(
    scope: Scope,
    id: string,
    secret: string,
  ): Promise<{ readonly secret: string; readonly is_new: boolean }>;
  /** Telegram has refused the pending secret. Nothing happens when another one is pending, or none. */
  unstageWebhookSecret(id: string, pending_secret_digest: string): Promise<void>;
  /**
   * Telegram has this secret and this URL. The old secret stays accepted until `dropOldWebhookSecret`. Raises BOT_NOT_FOUND.
   *
   * @returns null when the secret is neither the pending one nor that of a webhook which is set: it was changed or removed meanwhile, and nothing happens
   */
  confirmWebhook(scope: Scope, id: string, secret_digest: string, url: string): Promise<Bot | null>;
  /** A minute later, by a job: only the confirmed secret is accepted from now on. Nothing happens when another change is under way. */
  dropOldWebhookSecret(id: string, confirmed_secret_digest: string): Promise<void>;
  clearWebhook(scope: Scope, id: string): Promise<Bot>;
  /** What Telegram was told last of the bot's commands and descriptions, as `keepToldMenu` has kept it; null: nothing. For the runtime. */
  syncedMenu(id: string): Promise<string | null>;
  /** Keeps what Telegram has been told, if nobody has since `before`; false: somebody has, or the bot is gone. */
  saveSyncedMenu(id: string, before: string | null, after: string): Promise<boolean>;
}

export interface NewFlow {
  readonly bot_id: string;
  readonly name: string;
  readonly flow_data: JsonObject;
  readonly trigger_command: string | null;
  readonly is_default: boolean;
  readonly is_active: boolean;
}

export type FlowChange = Partial<Omit<NewFlow, 'bot_id'>>;

export interface FlowStore {
  /** Publishes version 1. Raises BOT_NOT_FOUND, FLOW_COMMAND_TAKEN, FLOW_DEFAULT_TAKEN. Raises the bot's revision, as every write here does. */
  create(scope: Scope, flow: NewFlow): Promise<Flow>;
  get(scope: Scope, bot_id: string, id: string): Promise<Flow | null>;
  /** Oldest first. Raises BOT_NOT_FOUND. */
  list(scope: Scope, bot_id: string, page: PageRequest): Promise<Page<Flow>>;
  /** A changed `flow_data` publishes a new version; sessions stay on theirs. Raises FLOW_NOT_FOUND and the conflicts of `create`. */
  update(scope: Scope, bot_id: string, id: string, change: FlowChange): Promise<Flow>;
  /** Sessions inside go idle when they are next touched; its versions are removed. Raises FLOW_NOT_FOUND. */
  delete(scope: Scope, bot_id: string, id: string): Promise<void>;
  /** Of every active flow of the bot the version in force, with the revision they belong to (read in one snapshot). */
  published(bot_id: string): Promise<{ readonly revision: number; readonly flows: readonly PublishedFlow[] }>;
  /** Older versions by id, for sessions and buttons that are pinned to them; missing ones are left out. */
  versions(bot_id: string, version_ids: readonly number[]): Promise<readonly PublishedFlow[]>;
}

export interface UserFilter {
  /** Matches the beginning of username, first name or last name, without case; `%` and `_` are plain characters. */
  readonly search?: string | undefined;
  readonly is_blocked?: boolean | undefined;
  /** Only people who have the tag. */
  readonly tag?: string | undefined;
}

export interface UserStore {
  get(scope: Scope, bot_id: string, id: string): Promise<BotUser | null>;
  /** Last active first; of a tag in the order of their ids, in which nobody moves while it is read. Raises BOT_NOT_FOUND, CURSOR_INVALID. */
  list(scope: Scope, bot_id: string, filter: UserFilter, page: PageRequest): Promise<Page<BotUser>>;
  /**
   * Gives a person other tags and attributes: `make` gets the person as they are, locked, and gives all they have from now on. What it throws
   * changes nothing and passes through. Raises USER_NOT_FOUND.
   */
  change(
    scope: Scope,
    bot_id: string,
    id: string,
    updateUser: (user: BotUser) => Pick<BotUser, 'tags' | 'attributes'>,
  ): Promise<BotUser>;
  /** People who have not blocked the bot, by Telegram's id of them, in which nobody moves while they are read; those after one, or from the first (null). For the runtime. */
  listReachable(bot_id: string, after: number | null, limit: number): Promise<readonly { readonly chat_id: number }[]>;
  /** How many were active since a time (milliseconds). */
  countActive(bot_id: string, since: number): Promise<number>;
}

export interface SessionFilter {
  readonly user_id?: string | undefined;
  /** `person`: sessions that wait for the person only. */
  readonly wait_reason?: WaitReasonName | undefined;
}

export interface SessionStore {
  /**
   * Returns a session as it was last committed, for the runtime. It is not locked, so it may change a moment later.
   * Null: it does not exist.
   */
  find(key: SessionKey): Promise<Session | null>;
  /** Returns a session, also one that is in no flow. Null: it does not exist, or the scope does not include the bot. */
  get(scope: Scope, bot_id: string, key: Omit<SessionKey, 'bot_id'>): Promise<SessionRecord | null>;
  /**
   * Returns sessions that are in a flow, ordered by chat, topic and person. A page may contain fewer than its limit, or
   * none, and still have a next page.
   *
   * @throws BOT_NOT_FOUND
   */
  list(scope: Scope, bot_id: string, filter: SessionFilter, page: PageRequest): Promise<Page<SessionRecord>>;
}

export interface MessageFilter {
  readonly user_id?: string | undefined;
  readonly direction?: MessageDirection | undefined;
  readonly type?: string | undefined;
  /** ISO-8601; from inclusive, to exclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface MessageStore {
  /** Newest first. Raises BOT_NOT_FOUND. */
  list(scope: Scope, bot_id: string, filter: MessageFilter, page: PageRequest): Promise<Page<Message>>;
  get(scope: Scope, bot_id: string, id: number): Promise<Message | null>;
  /** Totals and days (UTC, oldest first) from the counters. */
  counts(
    bot_id: string,
    since_day: string,
  ): Promise<{
    readonly incoming: number;
    readonly outgoing: number;
    readonly days: readonly { readonly day: string; readonly incoming: number; readonly outgoing: number }[];
    readonly last_activity: string | null;
  }>;
}

/** The hot path: see design section 3, step 3. */
export interface UpdateStore {
  /**
   * One short transaction: claims the inputs, creates and locks users and sessions (sorted by key), calls `decide` with what it found
   * (synchronous: nothing external may happen in a transaction), writes, commits. Runs itself again on a serialization failure or deadlock.
   * Raises BatchDataError for data that the database refuses (SQLSTATE 22, 23), so that the caller bisects the batch; what `decide` throws passes through.
   * @param owner the instance that will send; rows of a chat whose unsent rows a live other instance has go to that one (and it is notified).
   */
  processBatch(
    owner: string,
    inputs: readonly BatchInput[],
    now: number,
    decide: (locked: LockedBatch) => BatchDecision,
  ): Promise<BatchOutcome>;
}

export interface InstanceStore {
  register(id: string, name: string, lease: number): Promise<void>;
  /** Extends the lease by `lease` milliseconds of database time; false when the row is gone: the instance must stop sending. */
  renew(id: string, lease: number): Promise<boolean>;
  remove(id: string): Promise<void>;
  /** Takes over rows and jobs of instances whose lease has ended, one taker a dead instance. Gives how many rows it took. */
  takeOver(id: string): Promise<number>;
  /** Calls back when another instance gave this one rows. SQLite: never (it polls). Gives a function that ends it. */
  onRowHandoff(id: string, listener: () => void): Promise<() => Promise<void>>;
  /** Takes or extends a named lease (polling of a bot); false when a live other instance has it. */
  acquireLease(id: string, name: string, duration: number): Promise<boolean>;
  releaseLease(id: string, name: string): Promise<void>;
}

export interface ApiKeyStore {
  /** Where a key of this hash is known and has not expired, gives that one. */
  create(key: {
    readonly id: string;
    readonly name: string;
    readonly hash: string;
    readonly permissions: readonly Permission[];
    readonly owner: string | null;
    readonly expires_at: string | null;
  }): Promise<ApiKey>;
  /** By the SHA-256 of the key, in hex; null when there is none, it was revoked or has expired. */
  findByHash(hash: string): Promise<ApiKey | null>;
  /** Newest first, also those that have expired. */
  list(scope: Scope, page: PageRequest): Promise<Page<ApiKey>>;
  /** False: there is no such key. */
  revoke(scope: Scope, id: string): Promise<boolean>;
  count(): Promise<number>;
}

export interface SecretStore {
  /** Keeps it, sealed, or changes it. Raises BOT_NOT_FOUND; VALIDATION_FAILED for more than a bot can have. */
  set(scope: Scope, bot_id: string, name: string, value: string): Promise<Secret>;
  /** Raises BOT_NOT_FOUND, SECRET_NOT_FOUND. */
  remove(scope: Scope, bot_id: string, name: string): Promise<void>;
  /** By name. Raises BOT_NOT_FOUND, CURSOR_INVALID. */
  list(scope: Scope, bot_id: string, page: PageRequest): Promise<Page<Secret>>;
  /** Values by name, of those that there are; for the runtime only. Must never be logged, stored or encoded. */
  open(bot_id: string, names: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export interface DeadLetter {
  readonly id: number;
  readonly bot_id: string | null;
  /** `update` or `job`. */
  readonly kind: string;
  readonly update_id: number | null;
  readonly payload: JsonObject;
  readonly reason: string;
  readonly created_at: string;
}

export interface DeadLetterStore {
  /** Claims the update at the same time, in one transaction, so that a redelivery changes nothing. False: it was claimed already. */
  add(letter: {
    readonly bot_id: string;
    readonly update_id: number;
    readonly payload: JsonObject;
    readonly reason: string;
  }): Promise<boolean>;
  list(scope: Scope, bot_id: string, page: PageRequest): Promise<Page<DeadLetter>>;
  /**
   * Removes the claim, so that the update can be processed anew, once: what a replay that broke off has claimed stays claimed. The letter stays until `endReplay`.
   * A letter of a job becomes that job again, due at once. Null when it is gone.
   */
  beginReplay(scope: Scope, bot_id: string, id: number): Promise<DeadLetter | null>;
  /** Removes a letter whose update was processed. */
  endReplay(bot_id: string, id: number): Promise<void>;
}

export interface MaintenanceStore {
  /** Removes claims older than a time, at most `limit`; gives how many. */
  pruneSeenUpdates(before: number, limit: number): Promise<number>;
  /** Removes rows of a deleted bot, at most `limit` a table; true when nothing of it is left. */
  purgeBot(bot_id: string, limit: number): Promise<boolean>;
}

/** The database refuses a value of the batch: one of its inputs is poison. */
export class BatchDataError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'BatchDataError';
  }
}
