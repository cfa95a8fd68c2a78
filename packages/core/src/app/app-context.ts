import type { Clock, Logger } from '../ports/index.ts';
import type { Runtime } from '../runtime/index.ts';
import type { Storage } from '../storage/index.ts';
import type { TelegramApi } from '../telegram/index.ts';
import type { KeyedLock } from './keyed-lock.ts';

/** What the use cases work with. */
export interface AppContext {
  readonly storage: Storage;
  readonly telegram: TelegramApi;
  readonly runtime: Runtime;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Names of the steps that the host defines. */
  readonly actions: ReadonlySet<string>;
  /** Where Telegram reaches the mount, without a trailing slash: `https://bots.example.com`, `https://example.com/bots`. */
  readonly publicUrl: string | null;
  /** Whether a webhook may be plain HTTP: only for a Bot API server of one's own on the same machine or network. */
  readonly allowInsecureWebhooks: boolean;
  /** Milliseconds that an outgoing message is worth sending. */
  readonly messageTtl: number;
  /** Bytes that all uploads of a bot may have together. */
  readonly uploadQuota: number;
  /** Checks that the database is reachable and migrated. @throws STORAGE_UNAVAILABLE */
  readonly readiness: () => Promise<void>;
  /** One change of a bot's webhook at a time. */
  readonly webhookLock: KeyedLock;
}
