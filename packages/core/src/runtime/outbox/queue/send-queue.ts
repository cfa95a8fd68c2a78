import type { OutboxItem } from '../../../storage/index.ts';
import { Fifo } from '../../async/fifo.ts';
import { BotQueue } from './bot-queue.ts';
import { chatKey, ChatQueue } from './chat-queue.ts';

/** A row to send now. Call `endAttempt` and then `release` for it. */
export interface Turn {
  readonly item: OutboxItem;
  /** Number of tries of this row, including this one. */
  readonly attempt: number;
  readonly chat: ChatQueue;
  readonly bot: BotQueue;
}

export interface SendQueueLimits {
  /** Maximum number of rows in flight. */
  readonly concurrency: number;
  /** Maximum number of rows of one bot in flight. */
  readonly botConcurrency: number;
}

/**
 * The rows to send, and their turns: a chat has at most one row in flight, its rows are sent in order, and bots take
 * turns. Parked chats and bots are skipped. Has no clock and sends nothing itself.
 */
export class SendQueue {
  readonly #limits: SendQueueLimits;
  readonly #chats = new Map<string, ChatQueue>();
  readonly #bots = new Map<string, BotQueue>();
  readonly #turns = new Fifo<BotQueue>();
  #rowCount = 0;
  #pausedRowCount = 0;
  #inFlight = 0;

  constructor(limits: SendQueueLimits) {
    this.#limits = limits;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Rows that do not belong to a parked chat or bot. */
  get activeRowCount(): number {
    return this.#rowCount - this.#pausedRowCount;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  rowCountOf(bot_id: string): number {
    return this.#bots.get(bot_id)?.rowCount ?? 0;
  }

  /** Rows of a bot that do not belong to one of its parked chats. */
  activeRowCountOf(bot_id: string): number {
    const bot = this.#bots.get(bot_id);
    return bot === undefined ? 0 : bot.rowCount - bot.pausedRowCount;
  }

  rowCountOfChat(bot_id: string, chat_id: number): number {
    return this.#chats.get(chatKey(bot_id, chat_id))?.length ?? 0;
  }

  add(item: OutboxItem): void {
    const bot = this.#bot(item.bot_id);
    const chat = this.#chat(bot, item.bot_id, item.chat_id);
    chat.insertByPosition(item);
    this.#adjustCounts(bot, chat, 1);
    this.#schedule(chat, bot);
  }

  /** Returns the next row that may be sent now, or null if every row must wait. */
  next(): Turn | null {
    while (this.#inFlight < this.#limits.concurrency) {
      const bot = this.#turns.shift();
      if (bot === undefined) return null;
      bot.isScheduled = false;
      const chat = bot.isPaused ? undefined : bot.readyChats.shift();
      if (chat === undefined) continue;
      chat.isScheduled = false;
      const item = chat.isPaused || chat.isSending ? undefined : chat.head;
      if (item === undefined) {
        this.#scheduleBot(bot);
        continue;
      }
      chat.isSending = true;
      chat.attempts += 1;
      bot.inFlight += 1;
      this.#inFlight += 1;
      this.#scheduleBot(bot);
      return { item, attempt: chat.attempts, chat, bot };
    }
    return null;
  }

  /** Ends the try. The row stays first in its chat until `removeHead`. */
  endAttempt({ chat, bot }: Turn): void {
    chat.isSending = false;
    bot.inFlight -= 1;
    this.#inFlight -= 1;
  }

  /** Removes the row, whose result is known. */
  removeHead({ chat, bot }: Turn): void {
    this.#adjustCounts(bot, chat, -1);
    chat.shift();
  }

  /** Returns the first row of the chat, after `removeHead` the next one. */
  headOf({ chat }: Turn): OutboxItem | undefined {
    return chat.head;
  }

  replaceHead({ chat }: Turn, item: OutboxItem): void {
    chat.replaceHead(item);
  }

  /** Call this after `endAttempt`, when the result was applied: the chat may have its next turn. */
  release({ chat, bot }: Turn): void {
    this.#schedule(chat, bot);
    this.#removeIfEmpty(chat, bot);
  }

  /** Takes everything of the chat out that is not under way. */
  clear(chat: ChatQueue): readonly OutboxItem[] {
    const bot = this.#bots.get(chat.bot_id);
    if (bot === undefined) return [];
    const items = chat.clear();
    this.#adjustCounts(bot, chat, -items.length);
    this.#removeIfEmpty(chat, bot);
    return items;
  }

  /** Removes and returns the rows of all chats of a bot, except those in flight. */
  clearBot(bot_id: string): readonly OutboxItem[] {
    const bot = this.#bots.get(bot_id);
    return bot === undefined ? [] : [...bot.chats].flatMap((chat) => this.clear(chat));
  }

  clearAll(): readonly OutboxItem[] {
    return [...this.#chats.values()].flatMap((chat) => this.clear(chat));
  }

  pauseChat({ chat, bot }: Turn): () => void {
    if (!bot.isPaused) this.#pausedRowCount += chat.length;
    bot.pausedRowCount += chat.length;
    chat.isPaused = true;
    return () => {
      chat.isPaused = false;
      bot.pausedRowCount -= chat.length;
      if (!bot.isPaused) this.#pausedRowCount -= chat.length;
      this.#schedule(chat, bot);
      this.#removeIfEmpty(chat, bot);
    };
  }

  /** Telegram accepted a row: rate limits concern chats, not the bot. */
  onAccepted({ bot }: Turn): void {
    bot.rateLimitedChats.clear();
  }

  /**
   * Telegram limited the rate of this chat. Returns the number of chats of the bot that were limited since it last
   * accepted a row.
   */
  onRateLimited({ chat, bot }: Turn): number {
    return bot.rateLimitedChats.add(chat).size;
  }

  pauseBot({ bot }: Turn): void {
    if (bot.isPaused) return;
    this.#pausedRowCount += bot.rowCount - bot.pausedRowCount;
    bot.isPaused = true;
    bot.rateLimitedChats.clear();
  }

  isBotPaused(bot_id: string): boolean {
    return this.#bots.get(bot_id)?.isPaused === true;
  }

  resumeBot(bot_id: string): void {
    const bot = this.#bots.get(bot_id);
    if (bot?.isPaused !== true) return;
    bot.isPaused = false;
    this.#pausedRowCount -= bot.rowCount - bot.pausedRowCount;
    this.#scheduleBot(bot);
    this.#removeBotIfEmpty(bot_id, bot);
  }

  #bot(bot_id: string): BotQueue {
    let bot = this.#bots.get(bot_id);
    if (bot === undefined) this.#bots.set(bot_id, (bot = new BotQueue()));
    return bot;
  }

  #chat(bot: BotQueue, bot_id: string, chat_id: number): ChatQueue {
    const key = chatKey(bot_id, chat_id);
    let chat = this.#chats.get(key);
    if (chat === undefined) {
      chat = new ChatQueue(bot_id, chat_id);
      this.#chats.set(key, chat);
      bot.chats.add(chat);
    }
    return chat;
  }

  #adjustCounts(bot: BotQueue, chat: ChatQueue, rowCount: number): void {
    bot.rowCount += rowCount;
    if (chat.isPaused) bot.pausedRowCount += rowCount;
    this.#rowCount += rowCount;
    if (chat.isPaused || bot.isPaused) this.#pausedRowCount += rowCount;
  }

  #schedule(chat: ChatQueue, bot: BotQueue): void {
    if (!chat.isScheduled && !chat.isSending && !chat.isPaused && chat.length > 0) {
      chat.isScheduled = true;
      bot.readyChats.push(chat);
    }
    this.#scheduleBot(bot);
  }

  #scheduleBot(bot: BotQueue): void {
    if (bot.isScheduled || bot.isPaused || bot.readyChats.length === 0 || bot.inFlight >= this.#limits.botConcurrency)
      return;
    bot.isScheduled = true;
    this.#turns.push(bot);
  }

  /** Removes a chat that has no rows, then its bot. A parked chat is remembered until its pause ends. */
  #removeIfEmpty(chat: ChatQueue, bot: BotQueue): void {
    if (chat.length === 0 && !chat.isPaused && !chat.isSending) {
      this.#chats.delete(chat.key);
      bot.chats.delete(chat);
    }
    this.#removeBotIfEmpty(chat.bot_id, bot);
  }

  #removeBotIfEmpty(bot_id: string, bot: BotQueue): void {
    if (bot.chats.size === 0 && bot.inFlight === 0 && !bot.isPaused && this.#bots.get(bot_id) === bot)
      this.#bots.delete(bot_id);
  }
}
