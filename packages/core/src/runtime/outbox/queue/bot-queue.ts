import { Fifo } from '../../async/fifo.ts';
import type { ChatQueue } from './chat-queue.ts';

/** The chats of one bot that have something to send. */
export class BotQueue {
  readonly ready = new Fifo<ChatQueue>();
  readonly chats = new Set<ChatQueue>();
  inFlight = 0;
  rows = 0;
  /** Of these, rows of chats that are parked. */
  parkedRows = 0;
  /** Chats that Telegram took nothing for since it last took something. */
  readonly refused = new Set<ChatQueue>();
  isParked = false;
  isListed = false;
}
