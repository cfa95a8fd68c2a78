import type { OutboxItem, SendOutcome } from '../storage/index.ts';
import { Conditions } from './conditions.ts';
import { OutboxFeed } from './outbox-feed.ts';
import type { RuntimeEvents } from './runtime-events.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { plainOutcome } from './send-outcome.ts';
import { SendQueue, type Turn } from './send-queue.ts';
import { SendResults } from './send-results.ts';
import { Settler } from './settler.ts';
import { trySend, type TrySendDeps } from './try-send.ts';
import { UploadSender, type Uploads } from './uploads/upload-sender.ts';
import { within } from './within.ts';

export interface DispatcherDeps extends Omit<TrySendDeps, 'flush' | 'uploads'> {
  readonly uploads: Uploads;
  /** Telegram or the row said no to the bot's credentials: what is cached of it is not to be believed. */
  readonly onRefused: (bot_id: string) => void;
  /** Told whenever rows have left: updates that wait for it may go on. */
  readonly onDrained: () => void;
  /** Told when failures are recorded: there may be jobs for those who wait for what has failed. */
  readonly onFailed: () => void;
  readonly events: RuntimeEvents;
  readonly options: RuntimeOptions;
}

/**
 * Sends the outgoing rows of this instance: in order per chat, one at a time; bots take turns. Rows come straight from the
 * commit, or from the table when memory may not hold more or another instance added some: see `OutboxFeed`.
 */
export class Dispatcher {
  readonly #deps: DispatcherDeps;
  readonly #settler: Settler<SendOutcome>;
  readonly #queue: SendQueue;
  readonly #feed: OutboxFeed;
  readonly #results: SendResults;
  readonly #tries: TrySendDeps;
  readonly #conditions = new Conditions();
  #isRunning = false;

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
    const { outbox, clock, logger, options } = deps;
    this.#queue = new SendQueue(options);
    this.#feed = new OutboxFeed({
      get owner() {
        return deps.owner;
      },
      outbox,
      clock,
      logger,
      queue: this.#queue,
      memoryRows: options.memoryRows,
      botBacklog: options.botBacklog,
      onRead: () => {
        this.#pump();
        this.#conditions.check();
      },
    });
    this.#settler = new Settler({
      delay: options.settleDelay,
      write: (outcomes) => outbox.settle(deps.owner, outcomes),
      onSettled: (outcomes) => {
        this.#feed.recorded(outcomes);
        if (outcomes.some(({ kind }) => kind === 'failed')) deps.onFailed();
        this.#conditions.check();
      },
      instead: plainOutcome,
      clock,
      logger,
    });
    this.#results = new SendResults({
      queue: this.#queue,
      feed: this.#feed,
      settler: this.#settler,
      outbox,
      clock,
      logger,
      onRefused: deps.onRefused,
      onFailed: deps.onFailed,
      wake: (bot_id) => {
        this.wake(bot_id);
      },
      events: deps.events,
    });
    this.#tries = {
      get owner() {
        return deps.owner;
      },
      outbox,
      telegram: deps.telegram,
      secrets: deps.secrets,
      credentials: deps.credentials,
      mayServe: deps.mayServe,
      clock,
      logger,
      uploads: new UploadSender({ uploads: deps.uploads, telegram: deps.telegram, mayServe: deps.mayServe, logger }),
      flush: () => this.#settler.flush(),
    };
  }

  /** Unsent rows that are not waiting for a parked chat or bot: what holds new updates back. */
  get backlog(): number {
    return this.#queue.movingRows + this.#feed.waitingRows;
  }

  /** The same of one bot. */
  backlogOf(bot_id: string): number {
    return this.#queue.movingRowsOf(bot_id) + this.#feed.waitingRowsOf(bot_id);
  }

  /** Of one chat, as far as they are in memory. */
  backlogOfChat(bot_id: string, chat_id: number): number {
    return this.#queue.rowsOfChat(bot_id, chat_id);
  }

  /** Whether some of the bot's rows stand in the table only. */
  isBehind(bot_id: string): boolean {
    return this.#feed.waitingRowsOf(bot_id) > 0;
  }

  start(): void {
    this.#isRunning = true;
    this.#feed.open();
  }

  /** Takes rows of a commit of this instance. */
  add(items: readonly OutboxItem[]): void {
    this.#feed.add(items);
    this.#pump();
  }

  /** The table has rows of this instance that it was not told of: they come first. */
  loadFromTable(): void {
    this.#feed.readAll();
  }

  /** Something that held sends back has changed: the lease, or a bot. */
  wake(bot_id?: string): void {
    if (bot_id !== undefined) {
      this.#queue.unparkBot(bot_id);
      this.#feed.readBot(bot_id);
    }
    this.#pump();
  }

  /** Forgets all that is not under way: the rows may be another instance's now. */
  forgetAll(): void {
    this.#feed.forgetAll();
    this.#conditions.check();
  }

  /** Resolves when everything is sent and recorded. */
  idle(): Promise<void> {
    return this.#conditions.when(() => this.#feed.isEmpty);
  }

  /**
   * Sends what can go now, in half of the time there is; then waits for what is under way, whose results must not be lost. The rest,
   * and what waits for a parked chat or bot, stays in the table.
   */
  async stop(patience: number): Promise<void> {
    const { clock, logger } = this.#deps;
    const deadline = clock.monotonic() + patience;
    const isSent = (): boolean => this.#queue.movingRows === 0 && this.#queue.inFlight === 0 && this.#feed.isRead;
    if (this.#isRunning) await within(this.#conditions.when(isSent), patience / 2, clock);
    this.#isRunning = false;
    this.#feed.close();
    const isQuiet = (): boolean => this.#queue.inFlight === 0;
    await within(this.#conditions.when(isQuiet), deadline - clock.monotonic(), clock);
    const isRecorded = await this.#settler.flush();
    this.#settler.close();
    const unknown = this.#queue.inFlight;
    if (unknown > 0 || !isRecorded)
      logger.warn(
        { under_way: unknown, all_recorded: isRecorded },
        'stopped before all results of sends were recorded: these messages are sent again at the next start',
      );
    this.#feed.forgetAll();
  }

  #pump(): void {
    while (this.#isRunning && this.#deps.mayServe()) {
      const turn = this.#queue.next();
      if (turn === null) return;
      void this.#send(turn);
    }
  }

  async #send(turn: Turn): Promise<void> {
    const generation = this.#feed.generation;
    const outcome = await trySend(this.#tries, turn);
    this.#queue.end(turn);
    if ('result' in outcome) this.#results.sent(turn, outcome.result);
    else if (generation === this.#feed.generation) this.#results.apply(outcome.verdict, turn);
    else this.#results.leaveToOthers(turn);
    this.#queue.release(turn);
    this.#feed.readOn();
    this.#deps.onDrained();
    this.#pump();
    this.#conditions.check();
  }
}
