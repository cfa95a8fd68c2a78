import { createBotloom } from '@botloom/core';
import { sqlite } from '@botloom/core/sqlite';
import { setUpBot } from './clinic-bot.ts';
import { createApp } from './create-app.ts';

const { BOT_TOKEN, BOTLOOM_SECRET, PORT = '3000' } = process.env;
if (BOT_TOKEN === undefined || BOTLOOM_SECRET === undefined) {
  console.error(
    'BOT_TOKEN or BOTLOOM_SECRET is missing. Copy BOT_TOKEN from @BotFather; ' +
      'create BOTLOOM_SECRET with: openssl rand -base64 32',
  );
  process.exit(1);
}

const botloom = createBotloom({ storage: sqlite({ file: 'clinic.db' }), secrets: BOTLOOM_SECRET });
const app = createApp(botloom);
// Fastify calls this hook after the active requests, which use Botloom.
app.addHook('onClose', () => botloom.stop());
// Polling needs no HTTPS URL. To use webhooks, set publicUrl above and call botloom.bots.setWebhook(bot.id).
await botloom.start({ roles: ['dispatch', 'jobs', 'polling'] });
const bot = await setUpBot(botloom, BOT_TOKEN);
botloom.on('message.received', ({ type }) => {
  console.log(`@${bot.username} received a message (${type})`);
});
console.log(`The clinic is open at ${await app.listen({ port: Number(PORT) })}. Its bot is @${bot.username}.`);

process.once('SIGTERM', stop);
process.once('SIGINT', stop);

function stop(): void {
  void app.close();
}
