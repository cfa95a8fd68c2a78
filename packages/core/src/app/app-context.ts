import type { Clock, Logger } from '../ports/index.ts';
import type { Runtime } from '../runtime/index.ts';
import type { Storage } from '../storage/index.ts';
import type { TelegramApi } from '../telegram/index.ts';
import type { KeyedLock } from './keyed-lock.ts';

/** The parts that use cases work with. */
export interface AppContext {
  readonly storage: Storage;
  readonly telegram: TelegramApi;
  readonly runtime: Runtime;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Types of the steps that the host defines. */
  readonly actions: ReadonlySet<string>;
  /** Public URL of the mount, without a trailing slash: `https://bots.example.com`, `https://example.com/bots`. */
  readonly publicUrl: string | null;
  /** True to allow webhooks over plain HTTP, for a self-hosted Bot API server on the same machine or network. */
  readonly allowInsecureWebhooks: boolean;
  /** Time after which an outgoing message is no longer sent, in milliseconds. */
  readonly messageTtl: number;
  /** Maximum size of all uploads of a bot together, in bytes. */
  readonly uploadQuota: number;
  /** Resolves if the database is reachable and migrated, else rejects with STORAGE_UNAVAILABLE. */
  readonly readiness: () => Promise<void>;
  /** Allows one change of a bot's webhook at a time. */
  readonly webhookLock: KeyedLock;
}
