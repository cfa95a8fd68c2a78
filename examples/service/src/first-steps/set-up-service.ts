import type { Bot, Botloom } from '@botloom/core';
import { demoFlows } from '../demo/demo-flows.ts';
import { DEMO_BOT } from '../demo/demo-telegram.ts';
import type { Settings } from '../settings/settings.ts';
import { StartError } from '../start/start-error.ts';
import type { Service } from '../start/start-service.ts';
import { addFirstBot } from './add-first-bot.ts';
import { connectBots, type Connection } from './connect-bots.ts';
import { listAllBots } from './list-all-bots.ts';

/** What a started service has found and done. */
export interface SetupResult {
  /** The key that was made just now, to be shown once; null when there were keys, or one is given. */
  readonly newApiKey: string | null;
  readonly connections: readonly Connection[];
  /** Bots without a flow: they say nothing. */
  readonly silentBots: readonly Bot[];
}

/** Sees to an API key, the first bot, and the way of updates of all bots. */
export async function setUpService({ botloom, webhookUrl }: Service, settings: Settings): Promise<SetupResult> {
  if (settings.mode === 'demo') await addDemoBot(botloom, settings);
  else if (settings.botToken !== null) await addFirstBot(botloom, settings.botToken);
  const bots = await listAllBots(botloom);
  const connections = await connectBots(botloom, bots, { webhookUrl, isTelegramNew: settings.mode === 'demo' });
  const silentBots = await findBotsWithoutFlows(botloom, bots);
  return { newApiKey: await ensureApiKey(botloom, settings), connections, silentBots };
}

async function ensureApiKey({ apiKeys }: Botloom, { apiKey }: Settings): Promise<string | null> {
  if (apiKey !== null) {
    await apiKeys.create({ name: 'BOTLOOM_API_KEY', key: apiKey });
    return null;
  }
  if ((await apiKeys.count()) > 0) return null;
  const { key } = await apiKeys.create({ name: 'First key' });
  return key;
}

async function addDemoBot(botloom: Botloom, { isDatabaseGiven }: Settings): Promise<void> {
  const bots = await listAllBots(botloom);
  if (bots.some((bot) => bot.telegram_id === DEMO_BOT.telegram_id)) return;
  if (isDatabaseGiven && bots.length > 0) {
    throw new StartError(
      `the database has bots of real Telegram (@${bots[0]?.username ?? ''}), and the demo would answer for them.`,
      'Set BOTLOOM_MODE=polling, or PUBLIC_URL for webhooks. For the demo, leave DATABASE_URL out.',
    );
  }
  const bot = await botloom.bots.create({ token: DEMO_BOT.token });
  for (const flow of demoFlows) await botloom.flows.create(bot.id, flow);
}

async function findBotsWithoutFlows(botloom: Botloom, bots: readonly Bot[]): Promise<Bot[]> {
  const silent: Bot[] = [];
  for (const bot of bots) if ((await botloom.flows.list(bot.id, { limit: 1 })).items.length === 0) silent.push(bot);
  return silent;
}
