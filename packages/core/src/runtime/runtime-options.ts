import { DAY_MS } from '../model/index.ts';

/** Limits of the runtime. Every one has a default that suits a small server. Times are in milliseconds. */
export interface RuntimeOptions {
  /** Name of this instance, in logs and in the instance table. */
  readonly name: string;
  /** Number of concurrent batches; a chat always uses the same lane. SQLite has one writer, so 1. */
  readonly lanes: number;
  /** Maximum number of updates per batch. */
  readonly batchSize: number;
  /** Maximum size of the updates of a batch, in bytes. */
  readonly batchBytes: number;
  /** Time in `advance` after which the rest of a batch becomes the next one. */
  readonly batchTime: number;
  /**
   * Maximum time for which an idle lane collects updates before it starts a batch. It starts as soon as a turn of the
   * event loop brings nothing new. 0: it starts after one turn.
   */
  readonly linger: number;
  /** Maximum number of updates that wait in a lane; further updates are rejected with 503. */
  readonly maxWaiting: number;
  /**
   * Maximum number of updates of one chat that wait or are in progress, so that a flood from one chat delays other
   * chats by no more than a batch. Further updates are rejected with 503.
   */
  readonly chatWaiting: number;
  /** Time after which a waiting update is rejected with 503. */
  readonly maxWait: number;
  /** Unsent rows of one bot, except those of parked chats, above which its updates are rejected with 503. */
  readonly botBacklog: number;
  /**
   * Unsent rows of one chat at which its updates are rejected with 503, messages for it from the API with 429, and
   * steps of other chats that write to it fail.
   */
  readonly chatBacklog: number;
  /** Unsent rows of the whole instance at which all updates wait. */
  readonly backlog: number;
  /** Maximum number of outgoing rows in memory; the others stay in the table. */
  readonly memoryRows: number;
  /** Maximum number of concurrent calls to Telegram. */
  readonly concurrency: number;
  /** Maximum number of concurrent calls of one bot. */
  readonly botConcurrency: number;
  /** Time for which results of sends are collected before they are recorded. */
  readonly settleDelay: number;
  /** Time after which an unsent message expires. */
  readonly messageTtl: number;
  /** Duration of the lease of the instance. */
  readonly lease: number;
  /** Maximum number of concurrent jobs. Background jobs (profiles, cleanup) have a separate quarter of that number. */
  readonly jobConcurrency: number;
  /** Maximum number of bots in memory. */
  readonly cachedBots: number;
  /** Age after which a cached bot is reloaded before its secret is trusted. */
  readonly botTtl: number;
}

export const DEFAULT_RUNTIME_OPTIONS: RuntimeOptions = {
  name: 'botloom',
  lanes: 1,
  batchSize: 256,
  batchBytes: 1024 * 1024,
  batchTime: 100,
  linger: 5,
  maxWaiting: 10_000,
  chatWaiting: 128,
  maxWait: 20_000,
  botBacklog: 5_000,
  chatBacklog: 1_000,
  backlog: 20_000,
  memoryRows: 10_000,
  concurrency: 128,
  botConcurrency: 64,
  settleDelay: 20,
  messageTtl: DAY_MS,
  lease: 5_000,
  jobConcurrency: 16,
  cachedBots: 5_000,
  botTtl: 15_000,
};
