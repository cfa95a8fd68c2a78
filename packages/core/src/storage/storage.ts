import type { ApiKey, Page, PageRequest, Permission, Scope, Secret } from '../model/index.ts';
import type { AnswerStore } from './answer-store.ts';
import type { BotStore } from './bot-store.ts';
import type { DeadLetterStore } from './dead-letter-store.ts';
import type { FlowStore } from './flow-store.ts';
import type { JobStore } from './job-store.ts';
import type { MessageStore } from './message-store.ts';
import type { OutboxStore } from './outbox-store.ts';
import type { SessionStore } from './session-store.ts';
import type { BatchDecision, BatchInput, BatchOutcome, LockedBatch } from './update-batch.ts';
import type { UploadStore } from './upload-store.ts';
import type { UserStore } from './user-store.ts';

/**
 * The operations that Botloom needs from a database. `sqlite()` and `postgres()` create one. Another implementation
 * must pass the suite `@botloom/testing/storage-conformance`.
 *
 * Rules for all stores:
 *
 * - **Scope**: Every method that a request can reach has a `scope`. Rows of other owners are treated as if they did not
 *   exist: reads return null, and writes throw the NOT_FOUND code.
 * - **Times** are numbers of milliseconds since 1970, or ISO 8601 strings where a record contains them.
 * - **Errors**: Every method throws `STORAGE_UNAVAILABLE` when the database cannot be used. Other codes are documented
 *   at each method. A value that is not a valid ID is treated as the ID of a row that does not exist.
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
  /**
   * Prepares the schema. `auto` applies missing migrations; `check` only verifies that none is missing.
   *
   * @throws STORAGE_NEWER - when a newer version of Botloom has migrated the database
   * @throws STORAGE_UNAVAILABLE - with `check`, when migrations are missing
   * @throws SECRET_UNREADABLE - when the master keys are not those of this database
   */
  migrate(mode: 'auto' | 'check'): Promise<void>;
  /**
   * Resolves if the database responds and is migrated.
   *
   * @throws STORAGE_UNAVAILABLE - otherwise
   */
  ready(): Promise<void>;
  /** Closes the connections that the storage has opened. */
  close(): Promise<void>;
}

/** The hot path: every update and every result of a job is processed by it. */
export interface UpdateStore {
  /**
   * Processes a batch in one short transaction:
   *
   * 1. Claims the inputs, so that each one takes effect once.
   * 2. Creates and locks their users and sessions, sorted by key.
   * 3. Calls `decide` with the rows that it found.
   * 4. Writes what `decide` returned, and commits.
   *
   * It is repeated after a serialization failure or deadlock, so `decide` can be called several times.
   *
   * @param owner - the instance that sends the outgoing rows. If another live instance has unsent rows of a chat, that
   *   instance receives the chat's new rows and is notified, so that the chat stays in order.
   * @param now - milliseconds
   * @param decide - synchronous, because nothing external may happen in a transaction. What it throws is passed on.
   * @throws BatchDataError - when the database rejects a value of the batch (SQLSTATE classes 22, 23 and 54). The
   *   caller then bisects the batch.
   */
  processBatch(
    owner: string,
    inputs: readonly BatchInput[],
    now: number,
    decide: (locked: LockedBatch) => BatchDecision,
  ): Promise<BatchOutcome>;
}

/** Running instances, and their leases. Leases are compared by the clock of the database. */
export interface InstanceStore {
  /**
   * Adds an instance, or renews it.
   *
   * @param lease - milliseconds
   */
  register(id: string, name: string, lease: number): Promise<void>;
  /**
   * Extends the lease of an instance.
   *
   * @param lease - milliseconds from now
   * @returns false if the instance does not exist any more. It must stop sending.
   */
  renew(id: string, lease: number): Promise<boolean>;
  /** Removes an instance with its leases, and releases its jobs. */
  remove(id: string): Promise<void>;
  /**
   * Takes over the rows and jobs of instances whose lease has expired. Only one instance takes over an expired one.
   *
   * @returns the number of rows
   */
  takeOver(id: string): Promise<number>;
  /**
   * Calls a listener when another instance has handed rows to this one. SQLite never calls it: there, instances poll.
   *
   * @returns a function that removes the listener
   */
  onRowHandoff(id: string, listener: () => void): Promise<() => Promise<void>>;
  /**
   * Acquires or extends a named lease, such as that for polling a bot.
   *
   * @param duration - milliseconds
   * @returns false if another live instance holds it
   */
  acquireLease(id: string, name: string, duration: number): Promise<boolean>;
  releaseLease(id: string, name: string): Promise<void>;
}

export interface NewApiKey {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the key, in hexadecimal. The key itself is never stored. */
  readonly hash: string;
  readonly permissions: readonly Permission[];
  readonly owner: string | null;
  readonly expires_at: string | null;
}

export interface ApiKeyStore {
  /** Creates a key. If a key with this hash exists and has not expired, returns that one. */
  create(key: NewApiKey): Promise<ApiKey>;
  /**
   * Returns a key that is valid now.
   *
   * @param hash - SHA-256 of the key, in hexadecimal
   * @returns null if there is no such key, or it was revoked or has expired
   */
  findByHash(hash: string): Promise<ApiKey | null>;
  /** Returns the newest keys first, including expired ones. */
  list(scope: Scope, page: PageRequest): Promise<Page<ApiKey>>;
  /** Removes a key. Returns false if there is no such key. */
  revoke(scope: Scope, id: string): Promise<boolean>;
  count(): Promise<number>;
}

/** Secrets that the flows of a bot use. They are stored encrypted. */
export interface SecretStore {
  /**
   * Creates or replaces a secret.
   *
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   * @throws VALIDATION_FAILED - when the bot has the maximum number of secrets
   */
  set(scope: Scope, bot_id: string, name: string, value: string): Promise<Secret>;
  /**
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   * @throws SECRET_NOT_FOUND - when the bot has no such secret
   */
  remove(scope: Scope, bot_id: string, name: string): Promise<void>;
  /**
   * Returns the secrets ordered by name, without their values.
   *
   * @throws BOT_NOT_FOUND - when the scope has no such bot
   * @throws CURSOR_INVALID - when the cursor is not one of this list
   */
  list(scope: Scope, bot_id: string, page: PageRequest): Promise<Page<Secret>>;
  /**
   * Returns the decrypted values of existing secrets by name, for the runtime only. Values must never be logged, stored
   * or returned by the API.
   */
  open(bot_id: string, names: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export interface MaintenanceStore {
  /**
   * Removes claims that are older than a time.
   *
   * @param before - milliseconds
   * @param limit - the maximum number of claims to remove
   * @returns the number of removed claims
   */
  pruneSeenUpdates(before: number, limit: number): Promise<number>;
  /**
   * Removes rows of a deleted bot.
   *
   * @param limit - the maximum number of rows per table
   * @returns true if nothing is left
   */
  purgeBot(bot_id: string, limit: number): Promise<boolean>;
}

/** The database rejected a value of a batch: one of its inputs is a poison update. */
export class BatchDataError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'BatchDataError';
  }
}
