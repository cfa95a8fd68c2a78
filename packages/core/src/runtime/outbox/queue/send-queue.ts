import type { OutboxItem } from '../../../storage/index.ts';
import { Fifo } from '../../async/fifo.ts';
import { BotQueue } from './bot-queue.ts';
import { chatKey, ChatQueue } from './chat-queue.ts';

/** One row whose turn it is; `end` and `release` must follow. */
export interface Turn {
  readonly item: OutboxItem;
  /** How often this row was tried, this time included. */
  readonly attempt: number;
  readonly chat: ChatQueue;
  readonly bot: BotQueue;
}

export interface SendQueueLimits {
  /** Rows under way at a time. */
  readonly concurrency: number;
  /** Rows of one bot under way at a time. */
  readonly botConcurrency: number;
}

/**
 * Rows to send, and whose turn it is: a chat has one row under way at the most, its rows leave in order, and bots take turns.
 * A parked chat or bot is passed over. Holds no clock and sends nothing.
 */
export class SendQueue {
  readonly #limits: SendQueueLimits;
  readonly #chats = new Map<string, ChatQueue>();
  readonly #bots = new Map<string, BotQueue>();
  readonly #turns = new Fifo<BotQueue>();
  #rows = 0;
  #parkedRows = 0;
  #inFlight = 0;

  constructor(limits: SendQueueLimits) {
    this.#limits = limits;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Rows that wait for no parked chat or bot. */
  get movingRows(): number {
    return this.#rows - this.#parkedRows;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  rowsOf(bot_id: string): number {
    return this.#bots.get(bot_id)?.rows ?? 0;
  }

  /** Rows of a bot that wait for no parked chat of its. */
  movingRowsOf(bot_id: string): number {
    const bot = this.#bots.get(bot_id);
    return bot === undefined ? 0 : bot.rows - bot.parkedRows;
  }

  rowsOfChat(bot_id: string, chat_id: number): number {
    return this.#chats.get(chatKey(bot_id, chat_id))?.length ?? 0;
  }

  add(item: OutboxItem): void {
    const bot = this.#bot(item.bot_id);
    const chat = this.#chat(bot, item.bot_id, item.chat_id);
    chat.insert(item);
    this.#count(bot, chat, 1);
    this.#list(chat, bot);
  }

  /** The next row that may be sent now, if there is one. */
  next(): Turn | null {
    while (this.#inFlight < this.#limits.concurrency) {
      const bot = this.#turns.shift();
      if (bot === undefined) return null;
      bot.isListed = false;
      const chat = bot.isParked ? undefined : bot.ready.shift();
      if (chat === undefined) continue;
      chat.isListed = false;
      const item = chat.isParked || chat.isSending ? undefined : chat.first;
      if (item === undefined) {
        this.#listBot(bot);
        continue;
      }
      chat.isSending = true;
      chat.attempts += 1;
      bot.inFlight += 1;
      this.#inFlight += 1;
      this.#listBot(bot);
      return { item, attempt: chat.attempts, chat, bot };
    }
    return null;
  }

  /** The try is over; the row stays first in its chat until `leave`. */
  end({ chat, bot }: Turn): void {
    chat.isSending = false;
    bot.inFlight -= 1;
    this.#inFlight -= 1;
  }

  /** The row's result is known: it leaves. */
  leave({ chat, bot }: Turn): void {
    this.#count(bot, chat, -1);
    chat.shift();
  }

  /** What waits behind the row, if anything does. */
  firstOf({ chat }: Turn): OutboxItem | undefined {
    return chat.first;
  }

  replace({ chat }: Turn, item: OutboxItem): void {
    chat.replaceFirst(item);
  }

  /** After `end` and what followed it: the chat may have its next turn. */
  release({ chat, bot }: Turn): void {
    this.#list(chat, bot);
    this.#tidy(chat, bot);
  }

  /** Takes everything of the chat out that is not under way. */
  clear(chat: ChatQueue): readonly OutboxItem[] {
    const bot = this.#bots.get(chat.bot_id);
    if (bot === undefined) return [];
    const items = chat.clear();
    this.#count(bot, chat, -items.length);
    this.#tidy(chat, bot);
    return items;
  }

  /** The same of all chats of a bot. */
  clearBot(bot_id: string): readonly OutboxItem[] {
    const bot = this.#bots.get(bot_id);
    return bot === undefined ? [] : [...bot.chats].flatMap((chat) => this.clear(chat));
  }

  clearAll(): readonly OutboxItem[] {
    return [...this.#chats.values()].flatMap((chat) => this.clear(chat));
  }

  parkChat({ chat, bot }: Turn): () => void {
    if (!bot.isParked) this.#parkedRows += chat.length;
    bot.parkedRows += chat.length;
    chat.isParked = true;
    return () => {
      chat.isParked = false;
      bot.parkedRows -= chat.length;
      if (!bot.isParked) this.#parkedRows -= chat.length;
      this.#list(chat, bot);
      this.#tidy(chat, bot);
    };
  }

  /** Telegram took the row: what it refuses is about chats, not about the bot. */
  wasTaken({ bot }: Turn): void {
    bot.refused.clear();
  }

  /** It took nothing for this chat just now; gives of how many chats of the bot this is so, with nothing taken in between. */
  wasTooFast({ chat, bot }: Turn): number {
    return bot.refused.add(chat).size;
  }

  parkBot({ bot }: Turn): void {
    if (bot.isParked) return;
    this.#parkedRows += bot.rows - bot.parkedRows;
    bot.isParked = true;
    bot.refused.clear();
  }

  isBotParked(bot_id: string): boolean {
    return this.#bots.get(bot_id)?.isParked === true;
  }

  unparkBot(bot_id: string): void {
    const bot = this.#bots.get(bot_id);
    if (bot?.isParked !== true) return;
    bot.isParked = false;
    this.#parkedRows -= bot.rows - bot.parkedRows;
    this.#listBot(bot);
    this.#tidyBot(bot_id, bot);
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

  #count(bot: BotQueue, chat: ChatQueue, rows: number): void {
    bot.rows += rows;
    if (chat.isParked) bot.parkedRows += rows;
    this.#rows += rows;
    if (chat.isParked || bot.isParked) this.#parkedRows += rows;
  }

  #list(chat: ChatQueue, bot: BotQueue): void {
    if (!chat.isListed && !chat.isSending && !chat.isParked && chat.length > 0) {
      chat.isListed = true;
      bot.ready.push(chat);
    }
    this.#listBot(bot);
  }

  #listBot(bot: BotQueue): void {
    if (bot.isListed || bot.isParked || bot.ready.length === 0 || bot.inFlight >= this.#limits.botConcurrency) return;
    bot.isListed = true;
    this.#turns.push(bot);
  }

  /** Forgets a chat, and then a bot, that has nothing left; a parked one is remembered until its time is over. */
  #tidy(chat: ChatQueue, bot: BotQueue): void {
    if (chat.length === 0 && !chat.isParked && !chat.isSending) {
      this.#chats.delete(chat.key);
      bot.chats.delete(chat);
    }
    this.#tidyBot(chat.bot_id, bot);
  }

  #tidyBot(bot_id: string, bot: BotQueue): void {
    if (bot.chats.size === 0 && bot.inFlight === 0 && !bot.isParked && this.#bots.get(bot_id) === bot)
      this.#bots.delete(bot_id);
  }
}
