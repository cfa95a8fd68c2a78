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
  /** Telegram or the row said no to the bot's credentials: what is cached of it is not to be believed. */
  readonly onCredentialsRejected: (bot_id: string) => void;
  /** Told whenever rows have left: updates that wait for it may go on. */
  readonly onBacklogReduced: () => void;
  /** Told when failures are recorded: there may be jobs for those who wait for what has failed. */
  readonly onFailuresRecorded: () => void;
  readonly events: RuntimeEvents;
  readonly options: RuntimeOptions;
}

/**
 * Sends the outgoing rows of this instance: in order per chat, one at a time; bots take turns. Rows come straight from the
 * commit, or from the table when memory may not hold more or another instance added some: see `OutboxLoader`.
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

  /** Unsent rows that are not waiting for a parked chat or bot: what holds new updates back. */
  get backlog(): number {
    return this.#queue.activeRowCount + this.#loader.unloadedRowCount;
  }

  /** The same of one bot. */
  backlogOfBot(bot_id: string): number {
    return this.#queue.activeRowCountOf(bot_id) + this.#loader.unloadedRowCountOf(bot_id);
  }

  /** Of one chat, as far as they are in memory. */
  backlogOfChat(bot_id: string, chat_id: number): number {
    return this.#queue.rowCountOfChat(bot_id, chat_id);
  }

  /** Whether some of the bot's rows stand in the table only. */
  hasUnloadedRows(bot_id: string): boolean {
    return this.#loader.unloadedRowCountOf(bot_id) > 0;
  }

  start(): void {
    this.#isRunning = true;
    this.#loader.open();
  }

  /** Takes rows of a commit of this instance. */
  add(items: readonly OutboxItem[]): void {
    this.#loader.add(items);
    this.#sendReady();
  }

  /** The table has rows of this instance that it was not told of: they come first. */
  loadFromTable(): void {
    this.#loader.requestFullScan();
  }

  /** Something that held sends back has changed: the lease, or a bot. */
  wake(bot_id?: string): void {
    if (bot_id !== undefined) {
      this.#queue.resumeBot(bot_id);
      this.#loader.requestBotScan(bot_id);
    }
    this.#sendReady();
  }

  /** Forgets all that is not under way: the rows may be another instance's now. */
  discardAll(): void {
    this.#loader.discardAll();
    this.#waitUntil.recheck();
  }

  /** Resolves when everything is sent and recorded. */
  idle(): Promise<void> {
    return this.#waitUntil.holds(() => this.#loader.isEmpty);
  }

  /**
   * Sends what can go now, in half of the time there is; then waits for what is under way, whose results must not be lost. The rest,
   * and what waits for a parked chat or bot, stays in the table.
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
        'stopped before all results of sends were recorded: these messages are sent again at the next start',
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
