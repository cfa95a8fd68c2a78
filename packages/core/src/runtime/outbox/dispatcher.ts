import type { OutboxItem, SendOutcome } from '../../storage/index.ts';
import { BatchedWriter } from '../async/batched-writer.ts';
import { WaitUntil } from '../async/wait-until.ts';
import { withTimeout } from '../async/with-timeout.ts';
import type { RuntimeEvents } from '../runtime-events.ts';
import type { RuntimeOptions } from '../runtime-options.ts';
import { OutboxLoader } from './loader/outbox-loader.ts';
import { SendQueue, type Turn } from './queue/send-queue.ts';
import { withoutExternalText } from './send-outcome.ts';
import { SendResultHandler } from './send-result-handler.ts';
import { trySend, type TrySendDeps } from './try-send.ts';
import { UploadSender, type Uploads } from './uploads/upload-sender.ts';

export interface DispatcherDeps extends Omit<TrySendDeps, 'flush' | 'uploads'> {
  readonly uploads: Uploads;
  /** Called when the credentials of a bot were rejected, by Telegram or by the database: do not trust the cache. */
  readonly onCredentialsRejected: (bot_id: string) => void;
  /** Called when rows have left the queue: waiting updates may continue. */
  readonly onBacklogReduced: () => void;
  /** Called when failures were recorded: there may be jobs that report them to sessions. */
  readonly onFailuresRecorded: () => void;
  readonly events: RuntimeEvents;
  readonly options: RuntimeOptions;
}

/**
 * Sends the outgoing rows of this instance: in order per chat, one at a time; bots take turns. Rows arrive directly
 * from the commit. They are read from the table if memory is full or if another instance added them: see
 * `OutboxLoader`.
 */
export class Dispatcher {
  readonly #deps: DispatcherDeps;
  readonly #writer: BatchedWriter<SendOutcome>;
  readonly #queue: SendQueue;
  readonly #loader: OutboxLoader;
  readonly #resultHandler: SendResultHandler;
  readonly #sendDeps: TrySendDeps;
  readonly #waitUntil = new WaitUntil();
  #isRunning = false;

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
    const { outbox, clock, logger, options } = deps;
    this.#queue = new SendQueue(options);
    this.#loader = new OutboxLoader({
      currentOwner: deps.currentOwner,
      outbox,
      clock,
      logger,
      queue: this.#queue,
      memoryRows: options.memoryRows,
      botBacklog: options.botBacklog,
      onRead: () => {
        this.#sendReady();
        this.#waitUntil.recheck();
      },
    });
    this.#writer = new BatchedWriter({
      delayMs: options.settleDelay,
      write: (outcomes) => outbox.recordOutcomes(deps.currentOwner(), outcomes),
      onWritten: (outcomes) => {
        this.#loader.onRecorded(outcomes);
        if (outcomes.some(({ kind }) => kind === 'failed')) deps.onFailuresRecorded();
        this.#waitUntil.recheck();
      },
      toFallback: withoutExternalText,
      clock,
      logger,
    });
    this.#resultHandler = new SendResultHandler({
      queue: this.#queue,
      loader: this.#loader,
      writer: this.#writer,
      outbox,
      clock,
      logger,
      onCredentialsRejected: deps.onCredentialsRejected,
      onFailuresRecorded: deps.onFailuresRecorded,
      wake: (bot_id) => {
        this.wake(bot_id);
      },
      events: deps.events,
    });
    this.#sendDeps = {
      currentOwner: deps.currentOwner,
      outbox,
      telegram: deps.telegram,
      secrets: deps.secrets,
      credentials: deps.credentials,
      isLeaseHeld: deps.isLeaseHeld,
      clock,
      logger,
      uploads: new UploadSender({ uploads: deps.uploads, telegram: deps.telegram, mayServe: deps.isLeaseHeld, logger }),
      flush: () => this.#writer.flush(),
    };
  }

  /** Unsent rows, except those of parked chats and bots. New updates wait while there are too many. */
  get backlog(): number {
    return this.#queue.activeRowCount + this.#loader.unloadedRowCount;
  }

  /** Unsent rows of one bot, except those of its parked chats. */
  backlogOfBot(bot_id: string): number {
    return this.#queue.activeRowCountOf(bot_id) + this.#loader.unloadedRowCountOf(bot_id);
  }

  /** Unsent rows of one chat that are in memory. */
  backlogOfChat(bot_id: string, chat_id: number): number {
    return this.#queue.rowCountOfChat(bot_id, chat_id);
  }

  /** True if some rows of the bot are only in the table. */
  hasUnloadedRows(bot_id: string): boolean {
    return this.#loader.unloadedRowCountOf(bot_id) > 0;
  }

  start(): void {
    this.#isRunning = true;
    this.#loader.open();
  }

  /** Adds the rows of a commit of this instance. */
  add(items: readonly OutboxItem[]): void {
    this.#loader.add(items);
    this.#sendReady();
  }

  /** Call this when the table may have unknown rows of this instance. They are sent before new rows. */
  loadFromTable(): void {
    this.#loader.requestFullScan();
  }

  /** Call this when a reason not to send may be gone: the lease was regained, or a bot was changed. */
  wake(bot_id?: string): void {
    if (bot_id !== undefined) {
      this.#queue.resumeBot(bot_id);
      this.#loader.requestBotScan(bot_id);
    }
    this.#sendReady();
  }

  /** Removes all rows that are not in flight from memory: they may belong to another instance now. */
  discardAll(): void {
    this.#loader.discardAll();
    this.#waitUntil.recheck();
  }

  /** Resolves when everything is sent and recorded. */
  idle(): Promise<void> {
    return this.#waitUntil.holds(() => this.#loader.isEmpty);
  }

  /**
   * Sends what can be sent in half of the time. Then waits for the calls in flight, whose results must not be lost. All
   * other rows, and those of parked chats and bots, stay in the table.
   *
   * @param timeoutMs - milliseconds
   */
  async stop(timeoutMs: number): Promise<void> {
    const { clock, logger } = this.#deps;
    const deadline = clock.monotonic() + timeoutMs;
    const isDrained = (): boolean =>
      this.#queue.activeRowCount === 0 && this.#queue.inFlight === 0 && this.#loader.isCaughtUp;
    if (this.#isRunning) await withTimeout(this.#waitUntil.holds(isDrained), timeoutMs / 2, clock);
    this.#isRunning = false;
    this.#loader.close();
    const isIdle = (): boolean => this.#queue.inFlight === 0;
    await withTimeout(this.#waitUntil.holds(isIdle), deadline - clock.monotonic(), clock);
    const isRecorded = await this.#writer.flush();
    this.#writer.close();
    const unknown = this.#queue.inFlight;
    if (unknown > 0 || !isRecorded)
      logger.warn(
        { under_way: unknown, all_recorded: isRecorded },
        'stopped before all results of sends were recorded; these messages will be sent again after the next start',
      );
    this.#loader.discardAll();
  }

  #sendReady(): void {
    while (this.#isRunning && this.#deps.isLeaseHeld()) {
      const turn = this.#queue.next();
      if (turn === null) return;
      void this.#send(turn);
    }
  }

  async #send(turn: Turn): Promise<void> {
    const generation = this.#loader.generation;
    const outcome = await trySend(this.#sendDeps, turn);
    this.#queue.endAttempt(turn);
    if ('result' in outcome) this.#resultHandler.onSent(turn, outcome.result);
    else if (generation === this.#loader.generation) this.#resultHandler.apply(outcome.decision, turn);
    else this.#resultHandler.yieldToNewOwner(turn);
    this.#queue.release(turn);
    this.#loader.scanIfNeeded();
    this.#deps.onBacklogReduced();
    this.#sendReady();
    this.#waitUntil.recheck();
  }
}
