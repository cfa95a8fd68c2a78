import { Fifo } from '../../async/fifo.ts';
import type { ChatQueue } from './chat-queue.ts';

/** The chats of one bot that have something to send. */
export class BotQueue {
  readonly readyChats = new Fifo<ChatQueue>();
  readonly chats = new Set<ChatQueue>();
  inFlight = 0;
  rowCount = 0;
  /** Number of these rows that belong to parked chats. */
  pausedRowCount = 0;
  /** Chats that Telegram has limited since it last accepted a message of the bot. */
  readonly rateLimitedChats = new Set<ChatQueue>();
  isPaused = false;
  isScheduled = false;
}
