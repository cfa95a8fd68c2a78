import { DAY_MS } from '../model/index.ts';

/** Bounds of the runtime; every one has a default that suits a small server. Times in milliseconds. */
export interface RuntimeOptions {
  /** A name for this instance, in logs and in the instance table. */
  readonly name: string;
  /** Batches that may be in progress at a time; a chat always belongs to the same one. SQLite has one writer, so 1. */
  readonly lanes: number;
  /** Updates a batch takes at the most. */
  readonly batchSize: number;
  /** Bytes of updates a batch takes at the most. */
  readonly batchBytes: number;
  /** Time in `advance` after which the rest of a batch becomes the next one. */
  readonly batchTime: number;
  /** How long an idle lane gathers at the most before it starts a batch: it starts as soon as a turn of the event loop brings nothing new. 0: with what one turn brings. */
  readonly linger: number;
  /** Updates that may wait in a lane; more are answered 503. */
  readonly maxWaiting: number;
  /** Updates of one chat that may wait or be under way, so that its flood holds up the others by no more than a batch; more are answered 503. */
  readonly chatWaiting: number;
  /** How long an update may wait before it is answered 503. */
  readonly maxWait: number;
  /** Unsent rows of one bot, those of parked chats aside, after which its updates are answered 503. */
  readonly botBacklog: number;
  /** Unsent rows of one chat after which its updates are answered 503, messages from the API for it 429, and steps that write to it from elsewhere fail. */
  readonly chatBacklog: number;
  /** Unsent rows of the whole instance after which all updates wait. */
  readonly backlog: number;
  /** Rows the dispatcher holds in memory; the rest stays in the table. */
  readonly memoryRows: number;
  /** Calls to Telegram under way at a time. */
  readonly concurrency: number;
  /** Calls of one bot under way at a time. */
  readonly botConcurrency: number;
  /** How long results of sends gather before they are written back. */
  readonly settleDelay: number;
  /** How long an outgoing message is worth sending. */
  readonly messageTtl: number;
  /** Length of the instance's lease. */
  readonly lease: number;
  /** Jobs under way at a time; those that nobody waits for (profiles, cleaning up) have a quarter of the places. */
  readonly jobConcurrency: number;
  /** Bots kept in memory. */
  readonly cachedBots: number;
  /** Age after which a cached bot is read again before its secret is trusted. */
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
