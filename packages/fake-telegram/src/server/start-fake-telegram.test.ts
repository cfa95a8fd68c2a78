import { describe, expect, it } from 'vitest';
import { at, call, startFake, startWebhook } from '../fixtures/fake-for-tests.ts';

describe('the fake Telegram', () => {
  it('carries a dialogue over a webhook', async () => {
    const telegram = await startFake();
    const bot = telegram.createBot({ username: 'demo_bot' });
    const hook = await startWebhook(async ({ update }) => {
      const query = at(update, 'callback_query.id');
      if (query !== undefined) {
        await call(telegram, bot, 'answerCallbackQuery', { callback_query_id: query, text: 'Saved' });
        await call(telegram, bot, 'sendMessage', {
          chat_id: at(update, 'callback_query.message.chat.id'),
          text: 'Thanks',
        });
      } else {
        await call(telegram, bot, 'sendMessage', {
          chat_id: at(update, 'message.chat.id'),
          text: `Hello ${String(at(update, 'message.from.first_name'))}`,
          reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] },
        });
      }
      return 200;
    });
    const set = await call(telegram, bot, 'setWebhook', { url: hook.url, secret_token: 's3cret' });
    expect(set).toEqual({ status: 200, ok: true, result: true, description: 'Webhook was set' });
    expect(await call(telegram, bot, 'SETWEBHOOK', { url: hook.url, secret_token: 's3cret' })).toMatchObject({
      description: 'Webhook is already set',
    });

    const ann = telegram.user('Ann');
    await ann.send('/start');
    await ann.expectReply('Hello Ann');
    await ann.press('Yes');
    await ann.expectAnswer('Saved');
    await ann.expectReply('Thanks');
    await ann.expectNoReply();
    expect(ann.transcript().split('\n')).toEqual([
      'Ann: /start',
      '@demo_bot: Hello Ann [Yes]',
      'Ann presses [Yes]',
      '@demo_bot answers the press: Saved',
      '@demo_bot: Thanks',
    ]);
    expect(telegram.deliveries.map(({ kind, outcome, status }) => [kind, outcome, status])).toEqual([
      ['message', 'accepted', 200],
      ['callback_query', 'accepted', 200],
    ]);
    expect(hook.received.map(({ headers }) => headers['x-telegram-bot-api-secret-token'])).toEqual([
      's3cret',
      's3cret',
    ]);
    expect(hook.received[0]?.update).toMatchObject({
      message: { text: '/start', entities: [{ type: 'bot_command', offset: 0, length: 6 }] },
    });
  });

  it('rejects unknown tokens, methods and paths', async () => {
    const telegram = await startFake();
    const bot = telegram.createBot({ username: 'demo_bot' });
    const get = async (path: string) => (await fetch(telegram.url + path)).json();
    expect(await get('/bot123:wrong/getMe')).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' });
    expect(await get('/botwrong/getMe')).toEqual({ ok: false, error_code: 404, description: 'Not Found' });
    expect(await get(`/bot${bot.token}/getNothing`)).toEqual({
      ok: false,
      error_code: 404,
      description: 'Not Found: method not found',
    });
    expect(await get(`/bot${bot.token}/test/getme`)).toMatchObject({
      ok: true,
      result: { username: 'demo_bot', is_bot: true },
    });
    expect(await get(`/bot${bot.token.replace(':', '%3A')}/getMe`)).toMatchObject({ ok: true });
    expect(await get('/nothing')).toMatchObject({ error_code: 404 });
    expect(() => telegram.createBot({ username: 'Demo_Bot' })).toThrow('A bot with the username @Demo_Bot');
  });

  it('rejects the webhooks that Telegram rejects', async () => {
    const telegram = await startFake({ allowHttpWebhooks: false });
    const bot = telegram.createBot({ username: 'demo_bot' });
    const refusal = async (parameters: Record<string, unknown>) =>
      (await call(telegram, bot, 'setWebhook', parameters)).description;
    expect(await refusal({ url: 'http://a.example/' })).toBe(
      'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
    );
    expect(await refusal({ url: 'https://a.example:3000/' })).toMatch(/only on ports 80, 88, 443 or 8443/);
    expect(await refusal({ url: 'https://127.0.0.1/' })).toMatch(/IP address is reserved/);
    expect(await refusal({ url: 'https://a.example/', secret_token: 'a b' })).toMatch(/unallowed characters/);
    expect(await refusal({ url: 'https://a.example/', secret_token: 'a'.repeat(257) })).toMatch(/too long/);
    expect(await refusal({ url: '' })).toBe('Webhook is already deleted');
  });

  it('applies scripted faults', async () => {
    const telegram = await startFake();
    const bot = telegram.createBot({ username: 'demo_bot' });
    const ann = telegram.user('Ann');
    await ann.send('hi');
    const send = (text: string) => call(telegram, bot, 'sendMessage', { chat_id: ann.id, text });

    telegram.fail({ method: 'sendMessage', with: { status: 429, retry_after: 3 } });
    expect(await send('1')).toMatchObject({ status: 429, parameters: { retry_after: 3 } });
    telegram.fail({ bot, chat_id: ann.id, times: 2, with: 'reset' });
    await expect(send('2')).rejects.toThrow();
    await expect(send('3')).rejects.toThrow();
    telegram.fail({ with: 'accepted_then_reset' });
    await expect(send('4')).rejects.toThrow();
    await ann.expectReply('4');
    telegram.fail({ with: 'html_502' });
    await expect(send('5')).rejects.toThrow(SyntaxError);
    telegram.fail({
      with: { status: 400, description: 'Bad Request: chat not found' },
      when: (one) => one.parameters.text === '7',
    });
    expect(await send('6')).toMatchObject({ ok: true });
    expect(await send('7')).toMatchObject({ error_code: 400 });
    const waiting = telegram.fail({ with: 'timeout' });
    const giveUp = new AbortController();
    const unanswered = fetch(`${telegram.url}/bot${bot.token}/getMe`, { signal: giveUp.signal });
    await expect.poll(() => waiting.hits).toBe(1);
    giveUp.abort();
    await expect(unanswered).rejects.toThrow('aborted');
    expect(
      telegram.callsTo({ method: 'sendMessage' }).map(({ fault, applied, status }) => [fault, applied, status]),
    ).toEqual([
      ['429', false, 429],
      ['reset', false, 0],
      ['reset', false, 0],
      ['accepted_then_reset', true, 0],
      ['html_502', false, 502],
      [undefined, true, 200],
      ['400', false, 400],
    ]);
  });

  it('serves the scripts of the chat window without their types', async () => {
    const telegram = await startFake();
    for (const name of ['app.js', 'thread.ts']) {
      const response = await fetch(`${telegram.url}/chat-window/${name}`);
      expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect(await response.text()).not.toMatch(/\binterface\b|: string\b/);
    }
    for (const name of ['nothing.js', 'README.md', '..%2f..%2f123.ts']) {
      expect((await fetch(`${telegram.url}/chat-window/${name}`)).status).toBe(404);
    }
  });

  it('never sends a token to the chat window', async () => {
    const telegram = await startFake();
    const bot = telegram.createBot({ username: 'demo_bot' });
    const page = await fetch(`${telegram.url}/`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const bots = await (await fetch(`${telegram.url}/chat-window/bots`)).text();
    expect(JSON.parse(bots)).toEqual([{ id: bot.id, username: 'demo_bot', first_name: 'demo bot' }]);
    expect(bots + (await page.text())).not.toContain(bot.token.split(':')[1]);
    const act = (headers: Record<string, string>) =>
      fetch(`${telegram.url}/chat-window/act`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ bot: bot.id, person: 'Ann', action: { kind: 'text', text: 'hi' } }),
      });
    expect((await act({ 'Content-Type': 'text/plain' })).status).toBe(400);
    expect((await act({ 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await act({ 'Content-Type': 'application/json' })).status).toBe(200);
    expect(telegram.user('Ann').transcript()).toBe('Ann: hi');
  });
});
