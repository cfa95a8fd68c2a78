import { errorMessage } from '../../errors/index.ts';
import type { Clock, Logger } from '../../ports/index.ts';
import type { OutboxStore } from '../../storage/index.ts';
import type { Dispatcher } from './dispatcher.ts';
import { chatKey } from './queue/chat-queue.ts';

export interface ChatBacklogDeps {
  readonly dispatcher: Pick<Dispatcher, 'backlogOfChat' | 'hasUnloadedRows'>;
  readonly outbox: Pick<OutboxStore, 'backlogOfChat'>;
  /** Number of unsent rows at which a chat is full. */
  readonly limit: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Time for which a count of the table is used. */
const COUNT_TTL_MS = 5_000;

/**
 * Knows the chats with so many unsent rows that flows of other chats may not write to them: a slow chat would use up
 * the capacity of the whole bot. Rows in memory are counted there. Other rows (of another instance, or more than memory
 * holds) are counted in the table after a row was written, so that no batch waits for the count. Such a chat can exceed
 * its limit by a few rows.
 */
export class ChatBacklog {
  readonly #deps: ChatBacklogDeps;
  /** Chats that are full by the count of the table, and the end of that count in monotonic milliseconds. */
  readonly #fullUntil = new Map<string, number>();
  readonly #pendingCounts = new Set<string>();

  constructor(deps: ChatBacklogDeps) {
    this.#deps = deps;
  }

  /** @param additionalRows - rows for the chat that are not stored yet */
  isFull(bot_id: string, chat_id: number, additionalRows: number): boolean {
    const { dispatcher, limit, clock } = this.#deps;
    if (dispatcher.backlogOfChat(bot_id, chat_id) + additionalRows >= limit) return true;
    const until = this.#fullUntil.get(chatKey(bot_id, chat_id));
    return until !== undefined && until > clock.monotonic();
  }

  /** Call this when a row for the chat was committed. `isOurs`: this instance sends it. */
  onMessageWritten(bot_id: string, chat_id: number, isOurs: boolean): void {
    const key = chatKey(bot_id, chat_id);
    if ((isOurs && !this.#deps.dispatcher.hasUnloadedRows(bot_id)) || this.#pendingCounts.has(key)) return;
    this.#pendingCounts.add(key);
    void this.#refreshCount(bot_id, chat_id, key).finally(() => this.#pendingCounts.delete(key));
  }

  async #refreshCount(bot_id: string, chat_id: number, key: string): Promise<void> {
    const { outbox, limit, clock, logger } = this.#deps;
    try {
      const rows = await outbox.backlogOfChat(bot_id, chat_id, limit);
      const now = clock.monotonic();
      for (const [other, until] of this.#fullUntil) if (until <= now) this.#fullUntil.delete(other);
      if (rows >= limit) this.#fullUntil.set(key, now + COUNT_TTL_MS);
    } catch (error) {
      logger.debug(
        { bot_id, chat_id, error: errorMessage(error) },
        'the unsent messages of a chat could not be counted; its limit is checked again with its next message',
      );
    }
  }
}
