import type { OutboxItem } from '../../../storage/index.ts';

/** The rows of one chat in memory, in sending order. At most one is in flight. */
export class ChatQueue {
  readonly key: string;
  readonly bot_id: string;
  readonly #items: OutboxItem[] = [];
  /** Number of tries of the first row. */
  attempts = 0;
  isSending = false;
  isPaused = false;
  /** True if the chat is in the list of ready chats of its bot. */
  isScheduled = false;

  constructor(bot_id: string, chat_id: number) {
    this.key = chatKey(bot_id, chat_id);
    this.bot_id = bot_id;
  }

  get length(): number {
    return this.#items.length;
  }

  get head(): OutboxItem | undefined {
    return this.#items[0];
  }

  /**
   * Inserts a row by its position: commits can be announced in another order than they were made. The row in flight
   * stays first.
   */
  insertByPosition(item: OutboxItem): void {
    const fixed = this.isSending ? 1 : 0;
    let at = this.#items.length;
    while (at > fixed && isBefore(item, this.#items[at - 1])) at -= 1;
    this.#items.splice(at, 0, item);
  }

  shift(): OutboxItem | undefined {
    this.attempts = 0;
    return this.#items.shift();
  }

  replaceHead(item: OutboxItem): void {
    this.#items[0] = item;
  }

  /** Removes and returns all rows except the one in flight. */
  clear(): readonly OutboxItem[] {
    if (this.isSending) return this.#items.splice(1);
    this.attempts = 0;
    return this.#items.splice(0);
  }
}

export function chatKey(bot_id: string, chat_id: number): string {
  return `${bot_id}:${chat_id}`;
}

function isBefore(a: OutboxItem, b: OutboxItem | undefined): boolean {
  if (b === undefined) return false;
  if (a.position !== b.position) return a.position < b.position;
  // A message is sent before the calls that follow it.
  if (a.source !== b.source) return a.source === 'message';
  return a.id < b.id;
}
