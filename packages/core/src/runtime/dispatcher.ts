import { errorMessage } from '../errors/index.ts';
import type { JsonValue } from '../model/index.ts';
import type { OutboxItem, SendOutcome } from '../storage/index.ts';
import { Conditions } from './conditions.ts';
import { asNewMessage } from './edit-in-place.ts';
import { OutboxFeed } from './outbox-feed.ts';
import { pauseAfter } from './pause.ts';
import type { RuntimeEvents } from './runtime-events.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { messageIdOf, plainOutcome } from './send-outcome.ts';
import type { SendVerdict } from './send-policy.ts';
import { SendQueue, type Turn } from './send-queue.ts';
import { Settler } from './settler.ts';
import { trySend, type TrySendDeps } from './try-send.ts';

export interface DispatcherDeps extends Omit<TrySendDeps, 'flush'> {
  /** Telegram or the row said no to the bot's credentials: what is cached of it is not to be believed. */
  readonly onRefused: (bot_id: string) => void;
  /** Told whenever rows have left: updates that wait for it may go on. */
  readonly onDrained: () => void;
  readonly events: RuntimeEvents;
  readonly options: RuntimeOptions;
}

/** How long a bot rests that is gone, switched off, or whose credentials could not be read. */
const BOT_PAUSE = 60_000;
/** So many chats of a bot refused one after the other, and it is the bot that is too fast: 30 messages a second in all (docs of the Bot API, "My bot is hitting limits"). */
const FLOODED_CHATS = 3;

/**
 * Sends the outgoing rows of this instance: in order per chat, one at a time; bots take turns. Rows come straight from the
 * commit, or from the table when memory may not hold more or another instance added some: see `OutboxFeed`.
 */
export class Dispatcher {
  readonly #deps: DispatcherDeps;
  readonly #settler: Settler<SendOutcome>;
  readonly #queue: SendQueue;
  readonly #feed: OutboxFeed;
  #isRunning = false;
  readonly #tries: TrySendDeps;
  readonly #conditions = new Conditions();

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
    const { outbox, clock, logger, options } = deps;
    this.#queue = new SendQueue(options);
    this.#feed = new OutboxFeed({
      get owner() {
        return deps.owner;
      },
      outbox, clock, logger,
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
        this.#conditions.check();
      },
      instead: plainOutcome,
      clock,
      logger,
    });
    this.#tries = {
      get owner() {
        return deps.owner;
      },
      outbox, telegram: deps.telegram, secrets: deps.secrets, credentials: deps.credentials, mayServe: deps.mayServe, clock, logger,
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
    if (this.#isRunning) await this.#within(this.#conditions.when(() => this.#queue.movingRows === 0 && this.#queue.inFlight === 0 && this.#feed.isRead), patience / 2);
    this.#isRunning = false;
    this.#feed.close();
    await this.#within(
      this.#conditions.when(() => this.#queue.inFlight === 0),
      deadline - clock.monotonic(),
    );
    const isRecorded = await this.#settler.flush();
    this.#settler.close();
    const unknown = this.#queue.inFlight;
    if (unknown > 0 || !isRecorded) logger.warn({ under_way: unknown, all_recorded: isRecorded }, 'stopped before all results of sends were recorded: these messages are sent again at the next start');
    this.#feed.forgetAll();
  }

  #within(promise: Promise<void>, patience: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#deps.clock.setTimer(Math.max(0, patience), resolve);
      void promise.then(() => {
        cancel();
        resolve();
      });
    });
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
    if ('result' in outcome) this.#sent(turn, outcome.result);
    else if (generation === this.#feed.generation) this.#apply(outcome.verdict, turn);
    else this.#leaveToOthers(turn);
    this.#queue.release(turn);
    this.#feed.readOn();
    this.#deps.onDrained();
    this.#pump();
    this.#conditions.check();
  }

  /** The lease was lost during the try: who has the row now tries again, not we. */
  #leaveToOthers(turn: Turn): void {
    this.#queue.leave(turn);
    this.#feed.forget([turn.item]);
    this.#feed.readBot(turn.item.bot_id);
  }

  #sent(turn: Turn, result: JsonValue): void {
    const { source, id, bot_id } = turn.item;
    const telegram_message_id = messageIdOf(result);
    const pause = pauseAfter(turn.item);
    this.#queue.wasTaken(turn);
    this.#queue.leave(turn);
    if (pause > 0) this.#later(pause, this.#queue.parkChat(turn));
    this.#settler.add({ source, id, kind: 'sent', telegram_message_id, at: this.#deps.clock.now() });
    if (source === 'message' && this.#deps.events.has('message.sent')) this.#deps.events.emit('message.sent', { bot_id, message_id: id, telegram_message_id });
  }

  #apply(verdict: SendVerdict, turn: Turn): void {
    const { item } = turn;
    switch (verdict.kind) {
      case 'sent':
        this.#sent(turn, null);
        return;
      case 'fail':
        this.#fail(turn, item, verdict.reason);
        if (verdict.chat === 'unreachable') this.#giveUpChat(turn, verdict.reason);
        return;
      case 'retry':
        this.#deps.logger.debug({ bot_id: item.bot_id, id: item.id, delay: verdict.delay, reason: verdict.reason }, 'a send is put off');
        this.#later(verdict.delay, this.#queue.parkChat(turn));
        return;
      case 'too_fast':
        this.#slowDown(turn, verdict.delay, verdict.reason);
        return;
      case 'unauthorized':
        if (!this.#queue.isBotParked(item.bot_id)) {
          this.#deps.logger.error({ bot_id: item.bot_id }, 'Telegram does not accept the token of this bot; it sends nothing until the token is changed');
          this.#deps.events.emit('bot.unauthorized', { bot_id: item.bot_id });
        }
        this.#parkBot(turn, verdict.delay);
        return;
      case 'leave_thread':
        this.#queue.replace(turn, { ...item, thread_id: 0 });
        return;
      case 'send_anew':
        this.#queue.replace(turn, asNewMessage(item));
        return;
      case 'migrate':
        this.#migrate(turn, verdict.chat_id);
        return;
      case 'leave_queued':
        this.#parkBot(turn, BOT_PAUSE);
    }
  }

  #later(delay: number, change: () => void): void {
    this.#deps.clock.setTimer(delay, () => {
      change();
      this.#pump();
    });
  }

  /** The chat rests; if others were refused just before, it is the bot that does, instead of each of its chats being tried. */
  #slowDown(turn: Turn, delay: number, reason: string): void {
    const { bot_id, id } = turn.item;
    const chats = this.#queue.wasTooFast(turn);
    this.#deps.logger.debug({ bot_id, id, delay, chats, reason }, 'a send is put off');
    this.#later(delay, this.#queue.parkChat(turn));
    if (chats < FLOODED_CHATS || this.#queue.isBotParked(bot_id)) return;
    this.#deps.logger.warn({ bot_id, delay }, 'a bot sends faster than Telegram takes; it rests');
    this.#queue.parkBot(turn);
    this.#later(delay, () => {
      this.wake(bot_id);
    });
  }

  /** Its rows stand in the table only until it may try again, with what the bot's row says then. */
  #parkBot(turn: Turn, delay: number): void {
    const { bot_id } = turn.item;
    if (!this.#queue.isBotParked(bot_id)) {
      this.#queue.parkBot(turn);
      this.#deps.onRefused(bot_id);
      this.#later(delay, () => {
        this.wake(bot_id);
      });
    }
    this.#feed.setAside(bot_id);
  }

  #fail(turn: Turn, item: OutboxItem, reason: string): void {
    this.#queue.leave(turn);
    this.#settler.add({ source: item.source, id: item.id, kind: 'failed', reason });
    if (item.source === 'message') this.#deps.events.emit('message.failed', { bot_id: item.bot_id, message_id: item.id, reason });
  }

  /** Nothing else to this chat can succeed: its rows fail with the same reason, here and in the table. */
  #giveUpChat(turn: Turn, reason: string): void {
    const { bot_id, chat_id } = turn.item;
    for (let next = this.#queue.firstOf(turn); next !== undefined; next = this.#queue.firstOf(turn)) this.#fail(turn, next, reason);
    this.#deps.events.emit('user.blocked', { bot_id, chat_id });
    this.#background(this.#deps.outbox.failBlocked(bot_id, chat_id, reason), 'a blocked user could not be marked');
  }

  /** The group has a new id: what is queued for the old one follows, in order. */
  #migrate(turn: Turn, chat_id: number): void {
    const { bot_id, chat_id: old_id } = turn.item;
    this.#feed.forget(this.#queue.clear(turn.chat));
    this.#background(
      this.#deps.outbox.moveChat(bot_id, old_id, chat_id).then(() => {
        this.#feed.readBot(bot_id);
      }),
      'queued messages could not be moved to the new id of a group',
    );
  }

  #background(work: Promise<void>, failure: string): void {
    work.catch((error: unknown) => {
      this.#deps.logger.warn({ error: errorMessage(error) }, failure);
      // What was taken out of memory still stands in the table.
      this.loadFromTable();
    });
  }
}
