import { isBotloomError, type Bot, type Botloom } from '@botloom/core';

/** How a bot gets its updates, or why it does not. */
export interface Connection {
  readonly bot: Bot;
  /** Null: all is well. */
  readonly problem: string | null;
}

/** Bots at a time; Telegram takes only so many tokens it has not seen lately from one address. */
const MAX_CONCURRENCY = 4;
const MAX_ATTEMPT_COUNT = 3;
const MAX_RETRY_DELAY_MS = 30_000;

export interface ConnectOptions {
  /** Where Telegram reaches us; null: we poll. */
  readonly webhookUrl: string | null;
  /** Telegram has forgotten what it was told: the demo's has just been started. */
  readonly isTelegramNew: boolean;
}

/**
 * Has every active bot get its updates our way: a webhook at `webhookUrl`, or none where we poll. What is right already is left alone.
 * A bot that cannot be connected does not keep the others from it.
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
  if (!bot.is_active) return { bot, problem: 'is switched off' };
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
