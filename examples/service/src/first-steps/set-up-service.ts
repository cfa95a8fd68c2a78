import type { Bot, Botloom } from '@botloom/core';
import { demoFlows } from '../demo/demo-flows.ts';
import { DEMO_BOT } from '../demo/demo-telegram.ts';
import type { Settings } from '../settings/settings.ts';
import { StartError } from '../start/start-error.ts';
import type { Service } from '../start/start-service.ts';
import { addFirstBot } from './add-first-bot.ts';
import { connectBots, type Connection } from './connect-bots.ts';
import { listAllBots } from './list-all-bots.ts';

/** Result of the setup. */
export interface SetupResult {
  /** The created API key, to be shown once; null if there are API keys or the settings have one. */
  readonly newApiKey: string | null;
  readonly connections: readonly Connection[];
  /** Bots without a flow. They do not reply. */
  readonly silentBots: readonly Bot[];
}

/** Creates an API key and the first bot if they are missing, and connects all bots to their updates. */
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
      `the database of the demo contains real bots, such as @${bots[0]?.username ?? ''}.`,
      'To run these bots, set BOTLOOM_MODE=polling, or PUBLIC_URL for webhooks. To run the demo, remove DATABASE_URL.',
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
