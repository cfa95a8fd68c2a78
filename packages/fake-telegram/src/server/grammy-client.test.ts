import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bot, GrammyError, InlineKeyboard, InputFile, Keyboard, webhookCallback } from 'grammy';
import { afterEach, describe, expect, it } from 'vitest';
import { samplePng, startFakeTelegram, type FakeBot, type FakeTelegram } from '../index.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(): Promise<{ telegram: FakeTelegram; account: FakeBot; bot: Bot }> {
  const telegram = await startFakeTelegram({ allowHttpWebhooks: true, expectTimeout: 15_000 });
  cleanups.push(() => telegram.close());
  const account = telegram.createBot({ username: 'demo_bot' });
  const bot = new Bot(account.token, { client: { apiRoot: telegram.url } });
  return { telegram, account, bot };
}

function addHandlers(bot: Bot): void {
  bot.command('start', (ctx) =>
    ctx.reply(`Hello <b>${ctx.from?.first_name ?? ''}</b>`, {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Yes', 'yes').text('No', 'no'),
    }),
  );
  bot.callbackQuery('yes', async (ctx) => {
    await ctx.answerCallbackQuery('Good choice');
    await ctx.editMessageText('You said yes');
  });
  bot.command('contact', (ctx) =>
    ctx.reply('Your number?', { reply_markup: new Keyboard().requestContact('Share').resized() }),
  );
  bot.on('message:contact', (ctx) =>
    ctx.reply(`Thanks, ${ctx.message.contact.phone_number}`, { reply_markup: { remove_keyboard: true } }),
  );
  bot.on('message:photo', async (ctx) => {
    const file = await ctx.getFile();
    await ctx.replyWithPhoto(new InputFile(samplePng(40, 30), 'thanks.png'), { caption: `Got ${file.file_path}` });
  });
  bot.on('message:text', (ctx) => ctx.reply(`echo ${ctx.message.text}`));
}

describe('grammY as a client', () => {
  it('polls, answers, presses, edits, uploads and downloads', async () => {
    const { telegram, account, bot } = await start();
    addHandlers(bot);
    await bot.api.setMyCommands([{ command: 'start', description: 'Begin' }]);
    const running = bot.start();
    cleanups.push(() => bot.stop().then(() => running));

    const ann = telegram.user('Ann');
    await ann.send('/start');
    const hello = await ann.expectReply('Hello Ann');
    expect(hello.entities).toEqual([{ type: 'bold', offset: 6, length: 3 }]);
    await ann.press('Yes');
    await ann.expectAnswer('Good choice');
    await ann.expectEdit('You said yes');
    await ann.send('/contact');
    await ann.expectReply('Your number?');
    await ann.press('Share');
    await ann.expectReply(/^Thanks, \+1555/);
    await ann.sendPhoto();
    const picture = await ann.expectReply(/^Got photos\/file_\d+\.png$/);
    expect(picture.photo?.at(-1)).toMatchObject({ width: 40, height: 30 });
    const file = await bot.api.getFile(picture.photo?.at(-1)?.file_id ?? '');
    const download = await fetch(`${telegram.url}/file/bot${account.token}/${file.file_path ?? ''}`);
    expect(new Uint8Array(await download.arrayBuffer())).toEqual(samplePng(40, 30));
    await ann.expectNoReply();
    expect(account.pending_update_count).toBe(0);
  });

  it('receives webhooks for several bots', async () => {
    const { telegram, bot } = await start();
    addHandlers(bot);
    const other = telegram.createBot({ username: 'other_bot' });
    const server = createServer(
      webhookCallback(bot, 'http', { secretToken: 'abc' }) as Parameters<typeof createServer>[1],
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await bot.api.setWebhook(url, { secret_token: 'abc', allowed_updates: ['message'] });
    expect(await bot.api.getWebhookInfo()).toMatchObject({
      url,
      pending_update_count: 0,
      allowed_updates: ['message'],
    });

    const ann = telegram.user('Ann').in({ id: (await bot.api.getMe()).id });
    await ann.send('one');
    await ann.send('two');
    await ann.expectReply('echo one');
    await ann.expectReply('echo two');
    expect(telegram.callsTo({ bot: other })).toEqual([]);
  });

  it('receives errors in the format that it expects', async () => {
    const { telegram, bot } = await start();
    const bob = telegram.user('Bob');
    await expect(bot.api.sendMessage(bob.id, 'Hi')).rejects.toThrow("403: Forbidden: bot can't initiate conversation");
    await expect(bot.api.sendMessage(1, 'Hi')).rejects.toThrow('400: Bad Request: chat not found');
    await bob.send('/start');
    telegram.fail({ method: 'sendMessage', with: { status: 429, retry_after: 7 } });
    const error: unknown = await bot.api.sendMessage(bob.id, 'Hi').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(GrammyError);
    expect(error).toMatchObject({ error_code: 429, parameters: { retry_after: 7 } });
    await expect(new Bot('1:wrong', { client: { apiRoot: telegram.url } }).api.getMe()).rejects.toThrow(
      '401: Unauthorized',
    );
  });
});
