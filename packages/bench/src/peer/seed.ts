/**
 * Creates the bots and flows of the shared benchmark and writes their ids and secrets to BOTS_FILE for the load
 * generator.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { FLOWS } from './flows.ts';
import { makeBotloom } from './make-botloom.ts';
import { requireEnv } from './require-env.ts';

interface BenchBot {
  uuid: string;
  readonly token: string;
  secret: string;
}

const botsFile = requireEnv('BOTS_FILE');
// Written by the runner, which is trusted here.
const bots = JSON.parse(await readFile(botsFile, 'utf8')) as BenchBot[];
const botloom = await makeBotloom();
await botloom.start({ roles: [] });
for (const bot of bots) {
  const { id } = await botloom.bots.create({ token: bot.token });
  for (const flow of FLOWS) await botloom.flows.create(id, flow);
  await botloom.bots.setWebhook(id);
  bot.uuid = id;
}
// Only Telegram learns a webhook's secret; the benchmark's stand-in for it tells what it was given.
const answer = await fetch(`${requireEnv('TELEGRAM_API_ROOT')}/__stats?webhooks=1`);
const { webhooks } = (await answer.json()) as {
  readonly webhooks: Readonly<Record<string, { readonly secret_token: string }>>;
};
for (const bot of bots) {
  const webhook = webhooks[bot.token.split(':')[0] ?? ''];
  if (webhook === undefined) throw new Error('the Bot API was not given a webhook for one of the bots');
  bot.secret = webhook.secret_token;
}
await botloom.stop();
await writeFile(botsFile, JSON.stringify(bots));
