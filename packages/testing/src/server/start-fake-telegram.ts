import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock, type Clock } from '../state/clock.ts';
import { sendRefusal } from './answer-call.ts';
import { ApiError } from './api-error.ts';
import { createFakeTelegram } from './create-fake-telegram.ts';
import type { FakeTelegram } from './fake-telegram.ts';

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

/**
 * Starts a Telegram of your own: the Bot API over HTTP, people to talk to your bots, and a chat window in the browser.
 *
 * @example
 * ```ts
 * import { startFakeTelegram } from '@botloom/testing';
 *
 * const telegram = await startFakeTelegram({ allowHttpWebhooks: true });
 * const bot = telegram.createBot({ username: 'demo_bot' });
 * // … let your program use `telegram.url` as its API root and `bot.token` as its token …
 * const ann = telegram.user('Ann');
 * await ann.send('/start');
 * await ann.expectReply('Hello Ann');
 * await telegram.close();
 * ```
 */
export async function startFakeTelegram(options: FakeTelegramOptions = {}): Promise<FakeTelegram> {
  const { port = 0, host = '127.0.0.1' } = options;
  const server = createServer();
  // Longer than any client keeps an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 120_000;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // A TCP server that listens has an address object.
  const address = server.address() as AddressInfo;
  const urlHost = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  const fake = createFakeTelegram({
    options,
    clock: options.clock ?? systemClock(),
    url: `http://${urlHost}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  server.on('request', (request, response) => {
    fake.serve(request, response).catch((error: unknown) => {
      // The caller is gone, or a method of the fake is wrong: either way the caller learns what it can.
      if (response.headersSent) response.destroy();
      else sendRefusal(response, new ApiError(500, `Internal Server Error: ${describe(error)}`));
    });
  });
  return fake.telegram;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
