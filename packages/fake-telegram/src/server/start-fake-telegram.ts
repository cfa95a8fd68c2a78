import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError } from '../call/api-error.ts';
import { sendRefusal } from '../call/send-response.ts';
import { systemClock } from '../clock.ts';
import { createFakeTelegram } from './create-fake-telegram.ts';
import type { FakeTelegramOptions } from './fake-telegram-options.ts';
import type { FakeTelegram } from './fake-telegram.ts';

/**
 * Starts a fake Telegram: the Bot API over HTTP, people who talk to your bots, and a chat window for the browser.
 *
 * @example
 * ```ts
 * import { startFakeTelegram } from '@botloom/fake-telegram';
 *
 * const telegram = await startFakeTelegram({ allowHttpWebhooks: true });
 * const bot = telegram.createBot({ username: 'demo_bot' });
 * // Start your bot with `telegram.url` as its API root and `bot.token` as its token.
 * const ann = telegram.user('Ann');
 * await ann.send('/start');
 * await ann.expectReply('Hello Ann');
 * await telegram.close();
 * ```
 */
export async function startFakeTelegram(options: FakeTelegramOptions = {}): Promise<FakeTelegram> {
  const { port = 0, host = '127.0.0.1' } = options;
  const server = createServer();
  // Longer than clients keep an idle connection, so that no connection is closed during a request.
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
      // Either the caller has closed the connection, or a method of the fake has a bug. Report it if possible.
      if (response.headersSent) response.destroy();
      else sendRefusal(response, new ApiError(500, `Internal Server Error: ${describe(error)}`));
    });
  });
  return fake.telegram;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
