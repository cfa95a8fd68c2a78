import { startFakeTelegram, type FakeTelegram } from '@botloom/fake-telegram';

/** The bot of the demo. It is the same in every run, because the database keeps it and the fake Telegram does not. */
export const DEMO_BOT = {
  telegram_id: 7_000_000_001,
  token: '7000000001:AAdemo-token-of-a-bot-that-is-not-real',
  username: 'botloom_demo_bot',
  first_name: 'Botloom Demo',
} as const;

/** Message IDs of the fake Telegram count the seconds since this time. */
const EPOCH = Date.UTC(2026, 0, 1);

/**
 * Starts a fake Telegram with one bot, on the port after the service's port, or on any free port if that one is taken.
 *
 * The fake loses its data when it ends, but the database does not. Its message IDs increase with the time, so a message
 * of this run does not have the ID of a message of an earlier run.
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
