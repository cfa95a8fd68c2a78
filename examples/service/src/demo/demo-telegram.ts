import { startFakeTelegram, type FakeTelegram } from '@botloom/fake-telegram';

/** The same in every run, so that the bot in the database stays the one that the fake knows. */
export const DEMO_BOT = {
  telegram_id: 7_000_000_001,
  token: '7000000001:AAdemo-token-of-a-bot-that-is-not-real',
  username: 'botloom_demo_bot',
  first_name: 'Botloom Demo',
} as const;

/** Begin of the time that numbers of messages count from. */
const EPOCH = Date.UTC(2026, 0, 1);

/**
 * A Telegram of our own with one bot, on the port after the service's if that is free.
 *
 * It forgets everything when it ends while our database does not, so its numbers go on with the time: a message of this run must not
 * look like one of the last.
 */
export async function startDemoTelegram(host: string, port: number): Promise<FakeTelegram> {
  const options = { host, allowHttpWebhooks: true, firstMessageId: 1 + Math.floor((Date.now() - EPOCH) / 1000) };
  const telegram = await startFakeTelegram({ ...options, port: port + 1 }).catch((error: unknown) => {
    if (isAddressInUse(error)) return startFakeTelegram({ ...options, port: 0 });
    throw error;
  });
  telegram.createBot({ token: DEMO_BOT.token, username: DEMO_BOT.username, first_name: DEMO_BOT.first_name });
  return telegram;
}

function isAddressInUse(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EADDRINUSE' || error.code === 'ERR_SOCKET_BAD_PORT' || error.code === 'EACCES')
  );
}
