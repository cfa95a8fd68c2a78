import type { JsonObject, JsonValue } from '../model/index.ts';
import type { OutboxItem, OutboxStore, SendOutcome } from '../storage/index.ts';
import type { BotCredentials, TelegramApi } from '../telegram/index.ts';
import { ChatQueue, chatKey } from './chat-queue.ts';
import type { Clock } from './clock.ts';
import { Fifo } from './fifo.ts';
import type { Logger } from './logger.ts';
import type { RuntimeEvents } from './runtime-events.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { judgeSendError, type SendVerdict } from './send-policy.ts';
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

/** The chats of one bot that have something to send. */
class BotQueue {
  readonly ready = new Fifo<ChatQueue>();
  inFlight = 0;
  rows = 0;
  isParked = false;
  isListed = false;
}

const LOAD_RETRY = 1_000;

/**
 * Sends the outgoing rows of this instance: in order per chat, one at a time; bots take turns. Rows come straight from the
 * commit; when there are more than memory may hold, or another instance added some, they come from the table until it is empty.
 */
export class Dispatcher {
  readonly #deps: DispatcherDeps;
  readonly #settler: Settler;
  readonly #chats = new Map<string, ChatQueue>();
  readonly #bots = new Map<string, BotQueue>();
  readonly #turns = new Fifo<BotQueue>();
  /** Rows that are here, under way, or sent and not yet recorded. */
  readonly #known = new Set<string>();
  #inFlight = 0;
  #rows = 0;
  #parkedRows = 0;
  #isRunning = false;
  #fromTable = false;
  #isDirty = false;
  #isLoading = false;
  #onIdle: (() => void)[] = [];

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
    this.#settler = new Settler({
      delay: deps.options.settleDelay,
      write: (outcomes) => deps.outbox.settle(deps.owner, outcomes),
      onSettled: (outcomes) => {
        for (const outcome of outcomes) this.#known.delete(rowKey(outcome));
        if (this.#fromTable) this.#load();
        this.#checkIdle();
      },
      clock: deps.clock,
      logger: deps.logger,
    });
  }

  /** Unsent rows that are not waiting for a parked chat or bot: what holds new updates back. */
  get backlog(): number {
    return this.#rows - this.#parkedRows;
  }

  backlogOf(bot_id: string): number {
    return this.#bots.get(bot_id)?.rows ?? 0;
  }

  start(): void {
    this.#isRunning = true;
    this.loadFromTable();
  }

  /** Takes rows of a commit of this instance. */
  add(items: readonly OutboxItem[]): void {
    if (!this.#isRunning) return;
    if (this.#fromTable) {
      this.#isDirty = true;
      return;
    }
    if (this.#rows + items.length > this.#deps.options.memoryRows) {
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

  /** Something that held sends back has changed: the lease, a bot's token. */
  wake(bot_id?: string): void {
    if (bot_id !== undefined) {
      const bot = this.#bots.get(bot_id);
      if (bot?.isParked === true) this.#unparkBot(bot);
    }
    this.#pump();
  }

  /** Forgets all that has not been begun: the rows belong to another instance now. */
  forgetAll(): void {
    for (const chat of this.#chats.values()) this.#dropWaiting(chat);
    this.#checkIdle();
  }

  /** No new sends; waits for those under way and for their results to be written, at most so long. */
  async stop(patience: number): Promise<void> {
    const deadline = this.#deps.clock.monotonic() + patience;
    if (this.#isRunning) await this.#within(this.idle(), patience);
    this.#isRunning = false;
    while (this.#inFlight > 0 && this.#deps.clock.monotonic() < deadline) await this.#within(this.#nextChange(), deadline - this.#deps.clock.monotonic());
    await this.#settler.flush();
  }

  /** Resolves when everything is sent and recorded. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle.push(resolve);
      this.#checkIdle();
    });
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

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#onSendEnd = resolve;
    });
  }
  #onSendEnd: (() => void) | null = null;

  #checkIdle(): void {
    if (this.#known.size > 0 || this.#fromTable || this.#onIdle.length === 0) return;
    const listeners = this.#onIdle;
    this.#onIdle = [];
    for (const listener of listeners) listener();
  }

  #load(): void {
    if (this.#isLoading || !this.#isRunning || this.#rows > this.#deps.options.memoryRows / 2) return;
    this.#isLoading = true;
    void this.#loadOnce();
  }

  async #loadOnce(): Promise<void> {
    // Rows that are known stand in the table too until they are recorded, so the page must reach beyond them.
    const limit = this.#known.size + Math.ceil(this.#deps.options.memoryRows / 4);
    this.#isDirty = false;
    try {
      const items = await this.#deps.outbox.load(this.#deps.owner, null, limit);
      for (const item of items) this.#take(item);
      if (items.length < limit && !this.#isDirty) this.#fromTable = false;
      this.#isLoading = false;
      this.#pump();
      this.#checkIdle();
      if (this.#fromTable) this.#load();
    } catch (error) {
      this.#deps.logger.warn({ error: error instanceof Error ? error.message : String(error) }, 'the outbox could not be read; trying again');
      this.#deps.clock.setTimer(LOAD_RETRY, () => {
        this.#isLoading = false;
        this.#load();
      });
    }
  }

  #take(item: OutboxItem): void {
    const row = rowKey(item);
    if (this.#known.has(row)) return;
    this.#known.add(row);
    const key = chatKey(item.bot_id, item.chat_id);
    let chat = this.#chats.get(key);
    if (chat === undefined) this.#chats.set(key, (chat = new ChatQueue(item.bot_id, item.chat_id)));
    let bot = this.#bots.get(item.bot_id);
    if (bot === undefined) this.#bots.set(item.bot_id, (bot = new BotQueue()));
    chat.insert(item);
    bot.rows += 1;
    this.#rows += 1;
    if (chat.isParked || bot.isParked) this.#parkedRows += 1;
    this.#list(chat, bot);
  }

  /** Puts the chat into its bot's list, and the bot into the round, where they belong there. */
  #list(chat: ChatQueue, bot: BotQueue): void {
    if (!chat.isListed && !chat.isSending && !chat.isParked && chat.length > 0) {
      chat.isListed = true;
      bot.ready.push(chat);
    }
    this.#listBot(bot);
  }

  #listBot(bot: BotQueue): void {
    if (bot.isListed || bot.isParked || bot.ready.length === 0 || bot.inFlight >= this.#deps.options.botConcurrency) return;
    bot.isListed = true;
    this.#turns.push(bot);
  }

  #pump(): void {
    if (!this.#isRunning || !this.#deps.mayServe()) return;
    while (this.#inFlight < this.#deps.options.concurrency) {
      const bot = this.#turns.shift();
      if (bot === undefined) return;
      bot.isListed = false;
      if (bot.isParked) continue;
      const chat = bot.ready.shift();
      if (chat === undefined) continue;
      chat.isListed = false;
      const item = chat.first;
      if (item !== undefined && !chat.isParked && !chat.isSending) {
        chat.isSending = true;
        chat.attempts += 1;
        bot.inFlight += 1;
        this.#inFlight += 1;
        void this.#send(chat, bot, item);
      }
      this.#listBot(bot);
    }
  }

  async #send(chat: ChatQueue, bot: BotQueue, item: OutboxItem): Promise<void> {
    let verdict: SendVerdict | null = null;
    let result: JsonValue = null;
    try {
      const found = this.#deps.credentials(item.bot_id);
      const credentials = found instanceof Promise ? await found : found;
      if (credentials === null) {
        this.#ended(chat, bot);
        this.#dropWaiting(chat);
        return;
      }
      if (item.delivery === 'at_most_once') {
        if (item.was_attempted) verdict = { kind: 'fail', reason: 'the outcome of an earlier try is unknown, and it may be sent at most once', chat: 'goes on' };
        else await this.#deps.outbox.markAttempted(this.#deps.owner, item.id);
      }
      if (verdict === null) result = await this.#deps.telegram.call(credentials, item.method, parameters(item));
    } catch (error) {
      verdict = judgeSendError(error, item, chat.attempts, this.#deps.clock.now());
    }
    this.#ended(chat, bot);
    if (verdict === null) this.#sent(chat, bot, item, result);
    else this.#apply(verdict, chat, bot, item);
    this.#deps.onDrained();
    this.#list(chat, bot);
    if (chat.length === 0 && !chat.isParked) this.#chats.delete(chat.key);
    if (bot.rows === 0 && bot.inFlight === 0 && !bot.isParked && !bot.isListed) this.#bots.delete(item.bot_id);
    this.#pump();
  }

  #ended(chat: ChatQueue, bot: BotQueue): void {
    chat.isSending = false;
    bot.inFlight -= 1;
    this.#inFlight -= 1;
    const listener = this.#onSendEnd;
    this.#onSendEnd = null;
    listener?.();
  }

  #sent(chat: ChatQueue, bot: BotQueue, item: OutboxItem, result: JsonValue): void {
    const telegram_message_id = messageId(result);
    this.#leave(chat, bot);
    this.#settler.add({ source: item.source, id: item.id, kind: 'sent', telegram_message_id, at: this.#deps.clock.now() });
    if (item.source === 'message' && this.#deps.events.has('message.sent')) {
      this.#deps.events.emit('message.sent', { bot_id: item.bot_id, message_id: item.id, telegram_message_id });
    }
  }

  #apply(verdict: SendVerdict, chat: ChatQueue, bot: BotQueue, item: OutboxItem): void {
    switch (verdict.kind) {
      case 'sent':
        this.#sent(chat, bot, item, null);
        return;
      case 'fail':
        this.#fail(chat, bot, item, verdict.reason);
        if (verdict.chat === 'unreachable') this.#giveUpChat(chat, bot, item, verdict.reason);
        return;
      case 'retry':
        this.#deps.logger.debug({ bot_id: item.bot_id, id: item.id, delay: verdict.delay, reason: verdict.reason }, 'a send is put off');
        if (verdict.park === 'chat') this.#parkChat(chat, bot, verdict.delay);
        else this.#parkBot(bot, verdict.delay);
        return;
      case 'unauthorized':
        this.#deps.logger.error({ bot_id: item.bot_id }, 'Telegram does not accept the token of this bot; it sends nothing until the token is changed');
        this.#deps.events.emit('bot.unauthorized', { bot_id: item.bot_id });
        this.#parkBot(bot, verdict.delay);
        return;
      case 'leave_thread':
        chat.replaceFirst({ ...item, thread_id: 0 });
        return;
      case 'migrate':
        this.#migrate(chat, bot, item, verdict.chat_id);
    }
  }

  #fail(chat: ChatQueue, bot: BotQueue, item: OutboxItem, reason: string): void {
    this.#leave(chat, bot);
    this.#settler.add({ source: item.source, id: item.id, kind: 'failed', reason });
    if (item.source === 'message') this.#deps.events.emit('message.failed', { bot_id: item.bot_id, message_id: item.id, reason });
  }

  /** Nothing else to this chat can succeed: its rows fail with the same reason, here and in the table. */
  #giveUpChat(chat: ChatQueue, bot: BotQueue, item: OutboxItem, reason: string): void {
    for (let next = chat.first; next !== undefined; next = chat.first) this.#fail(chat, bot, next, reason);
    this.#deps.events.emit('user.blocked', { bot_id: item.bot_id, chat_id: item.chat_id });
    this.#background(this.#deps.outbox.failBlocked(item.bot_id, item.chat_id, reason), 'a blocked user could not be marked');
  }

  /** The group has a new id: what is queued for the old one follows, before anything else is sent there. */
  #migrate(chat: ChatQueue, bot: BotQueue, item: OutboxItem, chat_id: number): void {
    const rest = this.#dropWaiting(chat);
    this.#background(
      this.#deps.outbox.moveChat(item.bot_id, item.chat_id, chat_id).then(() => {
        if (this.#fromTable) this.#isDirty = true;
        else for (const moved of rest) this.#take({ ...moved, chat_id });
        this.#list(chat, bot);
        this.#pump();
      }),
      'queued messages could not be moved to the new id of a group',
    );
  }

  #background(work: Promise<void>, failure: string): void {
    work.catch((error: unknown) => {
      this.#deps.logger.warn({ error: error instanceof Error ? error.message : String(error) }, failure);
    });
  }

  /** Takes the first row out: its result is known. */
  #leave(chat: ChatQueue, bot: BotQueue): void {
    if (chat.isParked || bot.isParked) this.#parkedRows -= 1;
    chat.shift();
    bot.rows -= 1;
    this.#rows -= 1;
  }

  /** Forgets the rows that wait; they stay queued in the table. */
  #dropWaiting(chat: ChatQueue): readonly OutboxItem[] {
    const bot = this.#bots.get(chat.bot_id);
    if (bot === undefined || chat.isSending) return [];
    const items = chat.clear();
    for (const item of items) this.#known.delete(rowKey(item));
    bot.rows -= items.length;
    this.#rows -= items.length;
    if (chat.isParked || bot.isParked) this.#parkedRows -= items.length;
    if (!chat.isParked) this.#chats.delete(chat.key);
    this.#checkIdle();
    return items;
  }

  #parkChat(chat: ChatQueue, bot: BotQueue, delay: number): void {
    if (!bot.isParked) this.#parkedRows += chat.length;
    chat.isParked = true;
    this.#deps.clock.setTimer(delay, () => {
      chat.isParked = false;
      if (!bot.isParked) this.#parkedRows -= chat.length;
      if (chat.length === 0) this.#chats.delete(chat.key);
      this.#list(chat, bot);
      this.#pump();
    });
  }

  #parkBot(bot: BotQueue, delay: number): void {
    if (bot.isParked) return;
    this.#countParked(bot, 1);
    bot.isParked = true;
    this.#deps.clock.setTimer(delay, () => {
      this.#unparkBot(bot);
      this.#pump();
    });
  }

  #unparkBot(bot: BotQueue): void {
    if (!bot.isParked) return;
    bot.isParked = false;
    this.#countParked(bot, -1);
    this.#listBot(bot);
  }

  /** Rows of a bot's parked chats count already. */
  #countParked(bot: BotQueue, sign: 1 | -1): void {
    for (const chat of this.#chats.values()) {
      if (this.#bots.get(chat.bot_id) === bot && !chat.isParked) this.#parkedRows += sign * chat.length;
    }
  }
}

function rowKey(row: { readonly source: SendOutcome['source']; readonly id: number }): string {
  return row.source === 'message' ? `m${row.id}` : `c${row.id}`;
}

function parameters(item: OutboxItem): JsonObject {
  return item.thread_id === 0 ? { chat_id: item.chat_id, ...item.payload } : { chat_id: item.chat_id, message_thread_id: item.thread_id, ...item.payload };
}

function messageId(result: JsonValue): number | null {
  if (typeof result !== 'object' || result === null || !('message_id' in result)) return null;
  return typeof result.message_id === 'number' ? result.message_id : null;
}
