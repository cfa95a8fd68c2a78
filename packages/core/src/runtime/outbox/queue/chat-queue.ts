import type { OutboxItem } from '../../../storage/index.ts';

/** The rows of one chat in memory, in the order in which they must leave. At most one is under way. */
export class ChatQueue {
  readonly key: string;
  readonly bot_id: string;
  readonly #items: OutboxItem[] = [];
  /** How often the first row was tried. */
  attempts = 0;
  isSending = false;
  isPaused = false;
  /** Whether it stands in its bot's list of chats to serve. */
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

  /** At its place by position: two commits may be told in another order than they were made. The row under way stays first. */
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

  /** Takes all out but a row that is under way. */
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
  // Of a message and the calls that come after it, the message leaves first.
  if (a.source !== b.source) return a.source === 'message';
  return a.id < b.id;
}
