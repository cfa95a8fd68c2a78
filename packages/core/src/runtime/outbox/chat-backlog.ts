import { errorMessage } from '../../errors/index.ts';
import type { Clock, Logger } from '../../ports/index.ts';
import type { OutboxStore } from '../../storage/index.ts';
import type { Dispatcher } from './dispatcher.ts';
import { chatKey } from './queue/chat-queue.ts';

export interface ChatBacklogDeps {
  readonly dispatcher: Pick<Dispatcher, 'backlogOfChat' | 'isBehind'>;
  readonly outbox: Pick<OutboxStore, 'backlogOfChat'>;
  /** Unsent rows with which a chat is full. */
  readonly limit: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How long a count of the table is believed. */
const BELIEVED = 5_000;

/**
 * Which chats have so much unsent that flows may not write to them from elsewhere: a slow one would take the room of the whole bot. What is in
 * memory is counted there; what is not (another instance's, or more than memory holds) in the table, after it was written, so that no
 * batch waits for the count: such a chat gets a few rows more than its limit.
 */
export class ChatBacklog {
  readonly #deps: ChatBacklogDeps;
  /** Chats that the table has too much of, and until when that is believed (monotonic milliseconds). */
  readonly #full = new Map<string, number>();
  readonly #underWay = new Set<string>();

  constructor(deps: ChatBacklogDeps) {
    this.#deps = deps;
  }

  /** @param more - rows for the chat that nobody else knows of yet */
  isFull(bot_id: string, chat_id: number, more: number): boolean {
    const { dispatcher, limit, clock } = this.#deps;
    if (dispatcher.backlogOfChat(bot_id, chat_id) + more >= limit) return true;
    const until = this.#full.get(chatKey(bot_id, chat_id));
    return until !== undefined && until > clock.monotonic();
  }

  /** A row for the chat was committed. `isOurs`: this instance sends it. */
  wrote(bot_id: string, chat_id: number, isOurs: boolean): void {
    const key = chatKey(bot_id, chat_id);
    if ((isOurs && !this.#deps.dispatcher.isBehind(bot_id)) || this.#underWay.has(key)) return;
    this.#underWay.add(key);
    void this.#count(bot_id, chat_id, key).finally(() => this.#underWay.delete(key));
  }

  async #count(bot_id: string, chat_id: number, key: string): Promise<void> {
    const { outbox, limit, clock, logger } = this.#deps;
    try {
      const rows = await outbox.backlogOfChat(bot_id, chat_id, limit);
      const now = clock.monotonic();
      for (const [other, until] of this.#full) if (until <= now) this.#full.delete(other);
      if (rows >= limit) this.#full.set(key, now + BELIEVED);
    } catch (error) {
      logger.debug({ bot_id, chat_id, error: errorMessage(error) }, 'what is unsent of a chat could not be counted');
    }
  }
}
