import { once } from 'node:events';
import { createBotloom } from '@botloom/core';
import { sqlite } from '@botloom/core/sqlite';
import { createApp } from './create-app.ts';
import { authenticate } from './session.ts';
import { setUpBot } from './set-up-bot.ts';

const { BOT_TOKEN, BOTLOOM_SECRET, PORT = '3000' } = process.env;
if (BOT_TOKEN === undefined || BOTLOOM_SECRET === undefined) {
  console.error(
    'BOT_TOKEN or BOTLOOM_SECRET is missing. Copy BOT_TOKEN from @BotFather; ' +
      'create BOTLOOM_SECRET with: openssl rand -base64 32',
  );
  process.exit(1);
}

const botloom = createBotloom({ storage: sqlite({ file: 'shop.db' }), secrets: BOTLOOM_SECRET, authenticate });
// Polling needs no HTTPS URL. To use webhooks, set publicUrl above and call botloom.bots.setWebhook(bot.id).
await botloom.start({ roles: ['dispatch', 'jobs', 'polling'] });
const bot = await setUpBot(botloom, BOT_TOKEN);
const server = createApp(botloom, bot.id).listen(Number(PORT), '127.0.0.1');
await once(server, 'listening');
console.log(`The shop is open at http://127.0.0.1:${PORT}. Its bot is @${bot.username}.`);

process.once('SIGTERM', stop);
process.once('SIGINT', stop);

function stop(): void {
  // Active requests use Botloom, so they end first.
  server.close(() => void botloom.stop());
  server.closeIdleConnections();
}
