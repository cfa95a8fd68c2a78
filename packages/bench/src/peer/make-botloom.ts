import { createBotloom, type Botloom, type StorageFactory } from '@botloom/core';
import { requireEnv } from './require-env.ts';

/** Creates a Botloom on the database and the Bot API of the shared benchmark, with default options otherwise. */
export async function makeBotloom(): Promise<Botloom> {
  return createBotloom({
    storage: await storage(process.env.DATABASE_URL),
    secrets: 'a key for the benchmark only',
    publicUrl: requireEnv('BASE_URL'),
    allowInsecureWebhooks: true,
    telegram: { apiRoot: requireEnv('TELEGRAM_API_ROOT') },
    logger: { debug() {}, info() {}, warn: say, error: say },
  });
}

/** Only the driver that is used is loaded, so that it alone counts. */
async function storage(url: string | undefined): Promise<StorageFactory> {
  if (url === undefined) return (await import('@botloom/core/sqlite')).sqlite({ file: requireEnv('SQLITE_FILE') });
  return (await import('@botloom/core/postgres')).postgres({ url });
}

function say(data: object, message: string): void {
  process.stderr.write(`${message} ${JSON.stringify(data)}\n`);
}
