import { isBotloomError, type Bot, type Botloom } from '@botloom/core';

/** Result of connecting a bot to its updates. */
export interface Connection {
  readonly bot: Bot;
  /** The reason why the bot does not receive updates; null if it does. */
  readonly problem: string | null;
}

/** Bots that are connected at the same time. Telegram limits the calls with new tokens per address. */
const MAX_CONCURRENCY = 4;
const MAX_ATTEMPT_COUNT = 3;
const MAX_RETRY_DELAY_MS = 30_000;

export interface ConnectOptions {
  /** URL at which Telegram reaches the service; null with polling. */
  readonly webhookUrl: string | null;
  /** True if Telegram has no webhooks yet: the demo's fake Telegram was started a moment ago. */
  readonly isTelegramNew: boolean;
}

/**
 * Sets the webhook of every active bot to `webhookUrl`, or removes it for polling. Skips bots whose webhook is correct.
 * A failure of one bot does not affect the other bots.
 */
export async function connectBots(
  botloom: Botloom,
  bots: readonly Bot[],
  options: ConnectOptions,
): Promise<Connection[]> {
  const connections: Connection[] = [];
  const waiting = bots.entries();
  const work = async (): Promise<void> => {
    for (const [index, bot] of waiting) connections[index] = await connectBot(botloom, bot, options);
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENCY }, work));
  return connections;
}

async function connectBot(
  { bots }: Botloom,
  bot: Bot,
  { webhookUrl, isTelegramNew }: ConnectOptions,
): Promise<Connection> {
  if (!bot.is_active) return { bot, problem: 'It is not active. Set is_active to true through the API.' };
  const wanted = webhookUrl === null ? null : `${webhookUrl}/api/webhook/${bot.id}`;
  const present = bot.is_webhook_set ? bot.webhook_url : null;
  if (wanted === present && !isTelegramNew) return { bot, problem: null };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { bot: await (wanted === null ? bots.removeWebhook(bot.id) : bots.setWebhook(bot.id)), problem: null };
    } catch (error) {
      if (!isBotloomError(error)) throw error;
      const wait = (error.retryAfter ?? Infinity) * 1000;
      if (attempt === MAX_ATTEMPT_COUNT || wait > MAX_RETRY_DELAY_MS) return { bot, problem: error.message };
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
