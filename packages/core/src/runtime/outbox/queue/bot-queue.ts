import { Fifo } from '../../async/fifo.ts';
import type { ChatQueue } from './chat-queue.ts';

/** The chats of one bot that have something to send. */
export class BotQueue {
  readonly readyChats = new Fifo<ChatQueue>();
  readonly chats = new Set<ChatQueue>();
  inFlight = 0;
  rowCount = 0;
  /** Of these, rows of chats that are parked. */
  pausedRowCount = 0;
  /** Chats that Telegram took nothing for since it last took something. */
  readonly rateLimitedChats = new Set<ChatQueue>();
  isPaused = false;
  isScheduled = false;
}
