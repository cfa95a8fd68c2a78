import type { JsonObject, JsonValue } from '../model/index.ts';
import type { OutboxItem, OutboxStore, SendOutcome } from '../storage/index.ts';
import type { BotCredentials, TelegramApi } from '../telegram/index.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';
import type { RuntimeEvents } from './runtime-events.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { judgeSendError, type SendVerdict } from './send-policy.ts';
import { SendQueue, type Turn } from './send-queue.ts';
import { Settler } from './settler.ts';

export interface DispatcherDeps {
  readonly owner: string;
  readonly outbox: OutboxStore;
  readonly telegram: TelegramApi;
  /** The bot's credentials; null: the bot is gone or switched off. */
  readonly credentials: (bot_id: string) => BotCredentials | null | Promise<BotCredentials | null>;
  /** Whether this instance may send now: its lease holds. */
  readonly mayServe: () => boolean;
  /** Told whenever rows have left: updates that wait for it may go on. */
  readonly onDrained: () => void;
  readonly events: RuntimeEvents;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly options: RuntimeOptions;
}

const LOAD_RETRY = 1_000;

/**
 * Sends the outgoing rows of this instance: in order per chat, one at a time; bots take turns. Rows come straight from the
 * commit; when there are more than memory may hold, or another instance added some, they come from the table until it is empty.
 */
export class Dispatcher {
  readonly #deps: DispatcherDeps;
  readonly #settler: Settler<SendOutcome>;
  readonly #queue: SendQueue;
  /** Rows that are here, under way, or sent and not yet recorded. */
  readonly #known = new Set<string>();
  #isRunning = false;
  #fromTable = false;
  /** While rows come from the table: whether it got new ones since the last look. */
  #isDirty = false;
  #isLoading = false;
  /** While a load is under way: rows that were recorded meanwhile. It may have read them before that, as unsent. */
  #overtaken: Set<string> | null = null;
  /** Counts how often all was forgotten: a load that was under way then may show rows that are another instance's now. */
  #forgotten = 0;
  #listeners: { readonly isMet: () => boolean; readonly tell: () => void }[] = [];

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
    this.#queue = new SendQueue(deps.options);
    this.#settler = new Settler({
      delay: deps.options.settleDelay,
      write: (outcomes) => deps.outbox.settle(deps.owner, outcomes),
      onSettled: (outcomes) => {
        for (const outcome of outcomes) {
          this.#known.delete(rowKey(outcome));
          this.#overtaken?.add(rowKey(outcome));
        }
        if (this.#fromTable) this.#load();
        this.#tellListeners();
      },
      clock: deps.clock,
      logger: deps.logger,
    });
  }

  /** Unsent rows that are not waiting for a parked chat or bot: what holds new updates back. */
  get backlog(): number {
    return this.#queue.movingRows;
  }

  backlogOf(bot_id: string): number {
    return this.#queue.rowsOf(bot_id);
  }

  start(): void {
    this.#isRunning = true;
    this.loadFromTable();
  }

  /** Takes rows of a commit of this instance. */
  add(items: readonly OutboxItem[]): void {
    if (!this.#isRunning) return;
    if (this.#fromTable || this.#queue.rows + items.length > this.#deps.options.memoryRows) {
      this.loadFromTable();
      return;
    }
    for (const item of items) this.#take(item);
    this.#pump();
  }

  /** The table has rows of this instance that it was not told of: they come first. */
  loadFromTable(): void {
    this.#fromTable = true;
    this.#isDirty = true;
    this.#load();
  }

  /** Something that held sends back has changed: the lease, or a bot's token. */
  wake(bot_id?: string): void {
    if (bot_id !== undefined) this.#queue.unparkBot(bot_id);
    this.#pump();
  }

  /** Forgets all that is not under way: the rows may be another instance's now. */
  forgetAll(): void {
    this.#forgotten += 1;
    for (const chat of [...this.#queue.chats]) this.#forget(this.#queue.clear(chat));
  }

  /** Resolves when everything is sent and recorded. */
  idle(): Promise<void> {
    return this.#when(() => this.#known.size === 0 && !this.#fromTable);
  }

  /** Sends what is there, in the time there is; then waits for what is under way and records its results. The rest stays in the table. */
  async stop(patience: number): Promise<void> {
    const deadline = this.#deps.clock.monotonic() + patience;
    if (this.#isRunning) await this.#within(this.idle(), patience);
    this.#isRunning = false;
    await this.#within(
      this.#when(() => this.#queue.inFlight === 0),
      deadline - this.#deps.clock.monotonic(),
    );
    await this.#settler.flush();
  }

  #when(isMet: () => boolean): Promise<void> {
    return new Promise((tell) => {
      this.#listeners.push({ isMet, tell });
      this.#tellListeners();
    });
  }

  #tellListeners(): void {
    if (this.#listeners.length === 0) return;
    const met = this.#listeners.filter((listener) => listener.isMet());
    this.#listeners = this.#listeners.filter((listener) => !met.includes(listener));
    for (const listener of met) listener.tell();
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

  #load(): void {
    if (this.#isLoading || !this.#isRunning || this.#queue.rows > this.#deps.options.memoryRows / 2) return;
    this.#isLoading = true;
    void this.#loadOnce();
  }

  async #loadOnce(): Promise<void> {
    // Rows that are known stand in the table too until they are recorded, so the page must reach beyond them.
    const limit = this.#known.size + Math.ceil(this.#deps.options.memoryRows / 4);
    const overtaken = (this.#overtaken = new Set<string>());
    const forgotten = this.#forgotten;
    this.#isDirty = false;
    try {
      const items = await this.#deps.outbox.load(this.#deps.owner, null, limit);
      const isStale = forgotten !== this.#forgotten;
      for (const item of items) if (!isStale && !overtaken.has(rowKey(item))) this.#take(item);
      this.#fromTable = items.length === limit || isStale || this.#hasNews();
      this.#isLoading = false;
    } catch (error) {
      this.#deps.logger.warn({ error: describe(error) }, 'the outbox could not be read; trying again');
      this.#deps.clock.setTimer(LOAD_RETRY, () => {
        this.#isLoading = false;
        this.#load();
      });
      return;
    } finally {
      this.#overtaken = null;
    }
    this.#pump();
    if (this.#fromTable) this.#load();
    this.#tellListeners();
  }

  /** Whether the table got rows while it was read. */
  #hasNews(): boolean {
    return this.#isDirty;
  }

  #take(item: OutboxItem): void {
    const row = rowKey(item);
    if (this.#known.has(row)) return;
    this.#known.add(row);
    this.#queue.add(item);
  }

  #forget(items: readonly OutboxItem[]): void {
    for (const item of items) this.#known.delete(rowKey(item));
    this.#tellListeners();
  }

  #pump(): void {
    while (this.#isRunning && this.#deps.mayServe()) {
      const turn = this.#queue.next();
      if (turn === null) return;
      void this.#send(turn);
    }
  }

  async #send(turn: Turn): Promise<void> {
    const { item } = turn;
    let result: JsonValue = null;
    let verdict: SendVerdict | null = null;
    try {
      const found = this.#deps.credentials(item.bot_id);
      const credentials = found instanceof Promise ? await found : found;
      if (credentials === null) verdict = { kind: 'leave_queued' };
      else if (item.was_attempted) verdict = { kind: 'fail', reason: 'the outcome of an earlier try is unknown, and it may be sent at most once', chat: 'goes on' };
      else {
        if (item.delivery === 'at_most_once') await this.#deps.outbox.markAttempted(this.#deps.owner, item.id);
        result = await this.#deps.telegram.call(credentials, item.method, parameters(item));
      }
    } catch (error) {
      verdict = judgeSendError(error, item, turn.attempt, this.#deps.clock.now());
    }
    this.#queue.end(turn);
    if (verdict === null) this.#sent(turn, result);
    else this.#apply(verdict, turn);
    this.#queue.release(turn);
    this.#deps.onDrained();
    this.#pump();
    if (this.#fromTable) this.#load();
    this.#tellListeners();
  }

  #sent(turn: Turn, result: JsonValue): void {
    const { source, id, bot_id } = turn.item;
    const telegram_message_id = messageId(result);
    this.#queue.leave(turn);
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
        this.#unparkLater(this.#queue.parkChat(turn), verdict.delay);
        return;
      case 'unauthorized':
        this.#deps.logger.error({ bot_id: item.bot_id }, 'Telegram does not accept the token of this bot; it sends nothing until the token is changed');
        this.#deps.events.emit('bot.unauthorized', { bot_id: item.bot_id });
        this.#unparkLater(this.#queue.parkBot(turn), verdict.delay);
        return;
      case 'leave_thread':
        this.#queue.replace(turn, { ...item, thread_id: 0 });
        return;
      case 'migrate':
        this.#migrate(turn, verdict.chat_id);
        return;
      case 'leave_queued':
        this.#forget(this.#queue.clear(turn.chat));
    }
  }

  #unparkLater(unpark: () => void, delay: number): void {
    this.#deps.clock.setTimer(delay, () => {
      unpark();
      this.#pump();
    });
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
    const rest = this.#queue.clear(turn.chat);
    this.#forget(rest);
    this.#background(
      this.#deps.outbox.moveChat(bot_id, old_id, chat_id).then(() => {
        this.loadFromTable();
      }),
      'queued messages could not be moved to the new id of a group',
    );
  }

  #background(work: Promise<void>, failure: string): void {
    work.catch((error: unknown) => {
      this.#deps.logger.warn({ error: describe(error) }, failure);
      // What was taken out of memory still stands in the table.
      this.loadFromTable();
    });
  }
}

function rowKey(row: { readonly source: SendOutcome['source']; readonly id: number }): string {
  return row.source === 'message' ? `m${row.id}` : `c${row.id}`;
}

function parameters(item: OutboxItem): JsonObject {
  if (item.source === 'call') return { chat_id: item.chat_id, ...item.payload };
  return item.thread_id === 0 ? { chat_id: item.chat_id, ...item.payload } : { chat_id: item.chat_id, message_thread_id: item.thread_id, ...item.payload };
}

function messageId(result: JsonValue): number | null {
  if (typeof result !== 'object' || result === null || !('message_id' in result)) return null;
  return typeof result.message_id === 'number' ? result.message_id : null;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
