import type { Clock } from '../clock.ts';

/** Options of the fake. Every option has a default. */
export interface FakeTelegramOptions {
  /** Port to listen on; 0, the default, selects a free one. */
  port?: number;
  /** Address to listen on; 127.0.0.1 by default. */
  host?: string;
  /** Rejects unknown parameters and wrong types, which Telegram itself may ignore; true by default. */
  strict?: boolean;
  /** Accepts webhooks at http:// URLs, local hosts and any port; false by default, as in Telegram. */
  allowHttpWebhooks?: boolean;
  /** Factor for the delays between deliveries: 0.01 turns 2 s into 20 ms. 1 by default. */
  retryScale?: number;
  /** Milliseconds that a webhook has to respond; 60 000 by default. */
  webhookTimeout?: number;
  /** Milliseconds that `expectReply` and the other expectations wait; 5000 by default. */
  expectTimeout?: number;
  /** Clock for dates, retries, expiry and long polls; the system clock by default. */
  clock?: Clock;
  /** ID of the first message in a chat; 1 by default. Use a larger one if bots store messages of an earlier run. */
  firstMessageId?: number;
  /** Number of the newest calls and deliveries that are always available; 100 000 by default. */
  historyLimit?: number;
  /** True if `GET /` serves the chat window; true by default. */
  chatWindow?: boolean;
}
