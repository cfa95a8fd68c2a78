import type { Clock } from '../clock.ts';

/** How the fake behaves. Every option has a default. */
export interface FakeTelegramOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** 127.0.0.1 if not said. */
  host?: string;
  /** Refuses unknown parameters and wrong types, which Telegram itself may pass over; on by default. */
  strict?: boolean;
  /** Accepts webhooks at http:// URLs, local hosts and any port; off by default, as in reality. */
  allowHttpWebhooks?: boolean;
  /** Multiplies the waits between deliveries: 0.01 makes a 2 s wait 20 ms. 1 if not said. */
  retryScale?: number;
  /** Milliseconds that a webhook may take to answer; 60 000 if not said. */
  webhookTimeout?: number;
  /** Milliseconds that `expectReply` and the like wait; 5000 if not said. */
  expectTimeout?: number;
  /** Time for dates, retries, expiry and long polls; the machine's if not said. */
  clock?: Clock;
  /** The number of the first message in a chat; 1 if not said. Raise it when bots keep messages of an earlier run. */
  firstMessageId?: number;
  /** How many calls and deliveries are remembered at least; 100 000 if not said. */
  historyLimit?: number;
  /** Whether `GET /` shows the chat window; on by default. */
  chatWindow?: boolean;
}
