import { describe, expect, it } from 'vitest';
import { createManualClock } from '../clock.ts';
import { at, call, startFake, startWebhook } from '../fixtures/fake-for-tests.ts';

describe('webhook delivery', () => {
  it('keeps the order within a chat, but not between chats or between messages and button presses', async () => {
    const telegram = await startFake();
    const bot = telegram.createBot({ username: 'demo_bot' });
    const ann = telegram.user('Ann');
    const bob = telegram.user('Bob');
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const hook = await startWebhook(async ({ update }) => {
      if (at(update, 'message.text') === 'slow') await gate;
      return 200;
    });
    await ann.send('hello');
    await call(telegram, bot, 'sendMessage', {
      chat_id: ann.id,
      text: '?',
      reply_markup: { inline_keyboard: [[{ text: 'Yes', callback_data: 'y' }]] },
    });
    await call(telegram, bot, 'setWebhook', { url: hook.url, drop_pending_updates: true });
    await ann.send('slow');
    await ann.send('after');
    await ann.press('Yes');
    await bob.send('quick');
    await expect.poll(() => hook.received.length).toBe(3);
    expect(hook.received.map(({ update }) => at(update, 'message.text') ?? 'press').sort()).toEqual([
      'press',
      'quick',
      'slow',
    ]);
    release();
    await telegram.idle();
    expect(at(hook.received[3]?.update, 'message.text')).toBe('after');
    expect(bot.pending_update_count).toBe(0);
  });

  it('respects max_connections', async () => {
    const telegram = await startFake();
    const bot = telegram.createBot({ username: 'demo_bot' });
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const hook = await startWebhook(async () => {
      await gate;
      return 200;
    });
    await call(telegram, bot, 'setWebhook', { url: hook.url, max_connections: 3 });
    await Promise.all(Array.from({ length: 30 }, (_, index) => telegram.user(`Person ${index}`).send('hi')));
    await expect.poll(() => hook.received.length).toBe(3);
    // One more round trip, during which a fourth delivery would arrive.
    await call(telegram, bot, 'getMe');
    expect(hook.received).toHaveLength(3);
    release();
    await telegram.idle();
    expect(hook.received).toHaveLength(30);
  });

  it('retries until the update is accepted, even if no server is listening', async () => {
    const telegram = await startFake({ retryScale: 0.001 });
    const bot = telegram.createBot({ username: 'demo_bot' });
    const first = await startWebhook(() => 200);
    await call(telegram, bot, 'setWebhook', { url: first.url });
    await first.close();
    const ann = telegram.user('Ann');
    await ann.send('one');
    await ann.send('two');
    await expect.poll(() => telegram.deliveries.length).toBeGreaterThan(2);
    const info = await call(telegram, bot, 'getWebhookInfo');
    expect(info.result).toMatchObject({ pending_update_count: 2, last_error_message: 'Connection refused' });
    const answers = [500, 503, 200, 200];
    const port = Number(new URL(first.url).port);
    const second = await startWebhook(() => answers.shift() ?? 200, port);
    await telegram.idle();
    expect(second.received.map(({ update }) => at(update, 'message.text'))).toEqual(['one', 'one', 'one', 'two']);
    expect(telegram.deliveries.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(2);
  });

  it('follows Retry-After and drops expired updates', async () => {
    const clock = createManualClock();
    const telegram = await startFake({ clock });
    const bot = telegram.createBot({ username: 'demo_bot' });
    const hook = await startWebhook(() => ({ status: 503, headers: { 'Retry-After': '100' } }));
    await call(telegram, bot, 'setWebhook', { url: hook.url });
    bot.pushUpdate('callback_query', { id: '1', from: telegram.user('Ann').user, chat_instance: '1', data: 'x' });
    await expect.poll(() => telegram.deliveries.length).toBe(1);
    clock.advance(99_999);
    expect(telegram.deliveries).toHaveLength(1);
    clock.advance(1);
    await expect.poll(() => telegram.deliveries.length).toBe(2);
    clock.advance(100_000);
    expect(telegram.deliveries.map(({ outcome, attempt }) => [outcome, attempt])).toEqual([
      ['failed', 1],
      ['failed', 2],
      ['expired', 2],
    ]);
    expect(hook.received).toHaveLength(2);
    expect(bot.pending_update_count).toBe(0);
  });

  it('delivers an update twice on request', async () => {
    const telegram = await startFake();
    const bot = telegram.createBot({ username: 'demo_bot' });
    const hook = await startWebhook(() => 200);
    await call(telegram, bot, 'setWebhook', { url: hook.url });
    bot.duplicateUpdates(1);
    const ann = telegram.user('Ann');
    await ann.send('one');
    await ann.send('two');
    await telegram.idle();
    expect(hook.received.map(({ update }) => at(update, 'message.text'))).toEqual(['one', 'one', 'two']);
    expect(hook.received[0]?.update.update_id).toBe(hook.received[1]?.update.update_id);
  });

  it('removes a webhook that has responded with 410 for 23 hours', async () => {
    const clock = createManualClock();
    const telegram = await startFake({ clock });
    const bot = telegram.createBot({ username: 'demo_bot' });
    const hook = await startWebhook(() => 410);
    await call(telegram, bot, 'setWebhook', { url: hook.url });
    await telegram.user('Ann').send('hi');
    await expect.poll(() => telegram.deliveries.length).toBe(1);
    await telegram.user('Bob').send('hi');
    clock.advance(23 * 3_600_000);
    await expect.poll(() => bot.webhook).toBeUndefined();
  });
});

describe('getUpdates', () => {
  it('confirms by offset, counts from the end, and filters kinds', async () => {
    const telegram = await startFake();
    const bot = telegram.createBot({ username: 'demo_bot' });
    const ann = telegram.user('Ann');
    for (const text of ['1', '2', '3']) await ann.send(text);
    const poll = async (parameters: Record<string, unknown>) => {
      const { result } = await call(telegram, bot, 'getUpdates', parameters);
      return result as { update_id: number; message: { text: string } }[];
    };
    const all = await poll({});
    expect(all.map(({ message }) => message.text)).toEqual(['1', '2', '3']);
    expect((await poll({ limit: 1 })).map(({ message }) => message.text)).toEqual(['1']);
    expect((await poll({ offset: (all[0]?.update_id ?? 0) + 1 })).map(({ message }) => message.text)).toEqual([
      '2',
      '3',
    ]);
    expect((await poll({ offset: -1 })).map(({ message }) => message.text)).toEqual(['3']);
    expect(bot.pending_update_count).toBe(1);
    await poll({ offset: -1, allowed_updates: ['callback_query'] });
    await ann.send('not asked for');
    expect(bot.pending_update_count).toBe(1);
  });

  it('allows one poller, and none while a webhook is set', async () => {
    const telegram = await startFake();
    const bot = telegram.createBot({ username: 'demo_bot' });
    const first = call(telegram, bot, 'getUpdates', { timeout: 30 });
    await expect.poll(() => telegram.calls.length).toBe(1);
    const second = call(telegram, bot, 'getUpdates', { timeout: 30 });
    expect(await first).toMatchObject({
      status: 409,
      description: expect.stringContaining('terminated by other getUpdates'),
    });
    await telegram.user('Ann').send('hi');
    expect(await second).toMatchObject({ ok: true, result: [{ message: { text: 'hi' } }] });
    const third = call(telegram, bot, 'getUpdates', { timeout: 30, offset: 2_000_000_001 });
    await expect.poll(() => bot.pending_update_count).toBe(0);
    await call(telegram, bot, 'setWebhook', { url: 'http://127.0.0.1:9/' });
    expect(await third).toMatchObject({ description: 'Conflict: terminated by setWebhook request' });
    expect(await call(telegram, bot, 'getUpdates')).toMatchObject({
      status: 409,
      description: expect.stringContaining("can't use getUpdates method while webhook is active"),
    });
  });
});
