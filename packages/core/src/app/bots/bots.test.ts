import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SUBSCRIBED_KINDS } from '../../telegram/index.ts';
import { createTestBotloom, type TestBotloom } from '../fixtures/create-test-botloom.ts';

const token = '42:AAtokenAAtokenAAtokenAAtokenAAtoken';
const noBot = '00000000-0000-4000-8000-000000000000';
let test_botloom: TestBotloom;
let botloom: TestBotloom['botloom'];
let telegram: TestBotloom['telegram'];

beforeEach(async () => {
  test_botloom = await createTestBotloom();
  ({ botloom, telegram } = test_botloom);
});
afterEach(() => test_botloom.close());

const methods = (): string[] => telegram.calls.map(({ method }) => method);

describe('creating a bot', () => {
  test('reads ID, username and name from Telegram and returns no secret', async () => {
    const bot = await botloom.bots.create({ token });
    expect(bot).toMatchObject({
      name: 'Shop',
      telegram_id: 42,
      username: 'bot42_bot',
      owner: null,
      user_count: 0,
      is_webhook_set: false,
      is_active: true,
    });
    expect(JSON.stringify(bot)).not.toContain('AAtoken');
    expect(await botloom.bots.get(bot.id)).toEqual(bot);
  });

  test('with the same token twice is a conflict', async () => {
    await botloom.bots.create({ token });
    await expect(botloom.bots.create({ token })).rejects.toMatchObject({ code: 'BOT_TOKEN_TAKEN', status: 409 });
  });

  test.each([
    [[401, 'Unauthorized'], 'BOT_TOKEN_INVALID', 422],
    [[404, 'Not Found'], 'BOT_TOKEN_INVALID', 422],
    [[500, 'Internal Server Error'], 'TELEGRAM_FAILED', 502],
    ['reset', 'TELEGRAM_FAILED', 502],
    [{ result: [] }, 'TELEGRAM_FAILED', 502],
  ] as const)('that Telegram answers with %j is %s', async (answer, code, status) => {
    telegram.answer('getMe', answer);
    await expect(botloom.bots.create({ token })).rejects.toMatchObject({
      code,
      status,
      message: expect.not.stringContaining('AAtoken'),
    });
    expect((await botloom.bots.list()).items).toEqual([]);
  });

  test('with a malformed token does not call Telegram', async () => {
    await expect(botloom.bots.create({ token: '../getUpdates' })).rejects.toMatchObject({
      status: 422,
      problems: [{ path: '/token' }],
    });
    expect(telegram.calls).toEqual([]);
  });

  test('belongs to the owner of the scope', async () => {
    const tenant = botloom.withScope({ owner: 'a' });
    const bot = await tenant.bots.create({ token });
    expect(bot.owner).toBe('a');
    await expect(tenant.bots.create({ token: '43:AAother', owner: 'b' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(botloom.withScope({ owner: 'b' }).bots.get(bot.id)).rejects.toMatchObject({ code: 'BOT_NOT_FOUND' });
    await expect(botloom.withScope({ owner: 'b' }).bots.delete(bot.id)).rejects.toMatchObject({
      code: 'BOT_NOT_FOUND',
    });
    await expect(
      botloom.withScope({ owner: 'b' }).flows.create(bot.id, { name: 'x', flow_data: { response: 'x' } }),
    ).rejects.toMatchObject({ code: 'BOT_NOT_FOUND' });
  });
});

describe('setting the webhook', () => {
  test('sends Telegram the URL, a new secret and the update kinds', async () => {
    const { id } = await botloom.bots.create({ token, settings: { max_connections: 7 } });
    const bot = await botloom.bots.setWebhook(id);
    const url = `https://example.com/bots/api/webhook/${id}`;
    expect(bot).toMatchObject({ is_webhook_set: true, webhook_url: url });
    expect(telegram.calls.at(-1)).toEqual({
      token,
      method: 'setWebhook',
      parameters: {
        url,
        secret_token: expect.stringMatching(/^[A-Za-z0-9_-]{48,}$/),
        allowed_updates: SUBSCRIBED_KINDS,
        max_connections: 7,
      },
    });
    await botloom.bots.setWebhook(id);
    expect(telegram.calls.at(-1)?.parameters.secret_token).not.toBe(telegram.calls.at(-2)?.parameters.secret_token);
  });

  test('changes nothing if Telegram refuses it', async () => {
    const { id } = await botloom.bots.create({ token });
    telegram.answer('setWebhook', ({ parameters }) => [
      400,
      `Bad Request: bad webhook, secret ${String(parameters.secret_token)}`,
    ]);
    const error: unknown = await botloom.bots.setWebhook(id).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: 'TELEGRAM_FAILED', message: expect.stringContaining('bad webhook') });
    expect(String(error)).not.toContain(String(telegram.calls.at(-1)?.parameters.secret_token));
    expect(await botloom.bots.get(id)).toMatchObject({ is_webhook_set: false });
  });

  test('is a conflict for an inactive bot', async () => {
    const { id } = await botloom.bots.create({ token });
    await botloom.bots.update(id, { is_active: false });
    await expect(botloom.bots.setWebhook(id)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('concurrently ends with the secret that Telegram has', async () => {
    const { id } = await botloom.bots.create({ token });
    await Promise.all([1, 2, 3].map(() => botloom.bots.setWebhook(id)));
    expect(methods().filter((method) => method === 'setWebhook')).toHaveLength(3);
    expect(await botloom.bots.get(id)).toMatchObject({ is_webhook_set: true });
  });

  test('and removing it calls Telegram', async () => {
    const { id } = await botloom.bots.create({ token });
    await botloom.bots.setWebhook(id);
    expect(await botloom.bots.removeWebhook(id)).toMatchObject({ is_webhook_set: false, webhook_url: null });
    expect(methods().at(-1)).toBe('deleteWebhook');
  });
});

test.each([
  [{ publicUrl: undefined }, 'PUBLIC_URL_MISSING'],
  [{ publicUrl: 'http://localhost:3000' }, 'PUBLIC_URL_MISSING'],
  [{ publicUrl: 'http://localhost:3000', allowInsecureWebhooks: true }, null],
])('a webhook with %j: %s', async (options, code) => {
  const other = await createTestBotloom(options);
  const { id } = await other.botloom.bots.create({ token });
  const setting = other.botloom.bots.setWebhook(id);
  await (code === null
    ? expect(setting).resolves.toMatchObject({ is_webhook_set: true })
    : expect(setting).rejects.toMatchObject({ code, status: 422 }));
  await other.close();
});

describe('changing a bot', () => {
  test('deactivating removes the webhook first', async () => {
    const { id } = await botloom.bots.create({ token });
    await botloom.bots.setWebhook(id);
    expect(await botloom.bots.update(id, { is_active: false })).toMatchObject({
      is_active: false,
      is_webhook_set: false,
    });
    expect(methods().at(-1)).toBe('deleteWebhook');
  });

  test('deactivating changes nothing while Telegram is unreachable, unless forced', async () => {
    const { id } = await botloom.bots.create({ token });
    await botloom.bots.setWebhook(id);
    telegram.answer('deleteWebhook', 'reset');
    await expect(botloom.bots.update(id, { is_active: false })).rejects.toMatchObject({ code: 'TELEGRAM_FAILED' });
    expect(await botloom.bots.get(id)).toMatchObject({ is_active: true, is_webhook_set: true });
    expect(await botloom.bots.update(id, { is_active: false }, { force: true })).toMatchObject({ is_active: false });
  });

  test('the webhook is set again for a new token of the same bot', async () => {
    const { id } = await botloom.bots.create({ token });
    await botloom.bots.setWebhook(id);
    expect(await botloom.bots.update(id, { token: '42:AAsecond' })).toMatchObject({ is_webhook_set: true });
    expect(telegram.calls.slice(-2)).toMatchObject([
      { method: 'getMe', token: '42:AAsecond' },
      { method: 'setWebhook', token: '42:AAsecond' },
    ]);
  });

  test('a new token is stored even if its webhook cannot be set', async () => {
    const { id } = await botloom.bots.create({ token });
    await botloom.bots.setWebhook(id);
    telegram.answer('setWebhook', [429, 'Too Many Requests']);
    expect(await botloom.bots.update(id, { token: '42:AAsecond' })).toMatchObject({ is_webhook_set: false });
  });

  test('a token of another bot is refused', async () => {
    const { id } = await botloom.bots.create({ token });
    await expect(botloom.bots.update(id, { token: '43:AAother' })).rejects.toMatchObject({ code: 'BOT_TOKEN_INVALID' });
  });

  test.each([{ id: noBot }, { telegram_id: 1 }, { owner: 'me' }, { user_count: 5 }, { webhook_secret: 'x' }])(
    '%j cannot be set',
    async (change) => {
      const { id } = await botloom.bots.create({ token });
      // Input of a caller without types.
      await expect(botloom.bots.update(id, change as object)).rejects.toMatchObject({
        code: 'VALIDATION_FAILED',
        problems: [{ code: 'unknown_member' }],
      });
    },
  );
});

describe('deleting a bot', () => {
  test('removes the webhook first and frees the token', async () => {
    const { id } = await botloom.bots.create({ token });
    await botloom.bots.setWebhook(id);
    await botloom.bots.delete(id);
    expect(methods().at(-1)).toBe('deleteWebhook');
    await expect(botloom.bots.get(id)).rejects.toMatchObject({ code: 'BOT_NOT_FOUND' });
    await botloom.bots.create({ token });
  });

  test.each([
    [401, 'Unauthorized'],
    [404, 'Not Found'],
  ] as const)('with a token that Telegram answers with %i goes through', async (code, description) => {
    const { id } = await botloom.bots.create({ token });
    await botloom.bots.setWebhook(id);
    telegram.answer('deleteWebhook', [code, description]);
    await botloom.bots.delete(id);
  });

  test('changes nothing while Telegram is unreachable, unless forced', async () => {
    const { id } = await botloom.bots.create({ token });
    await botloom.bots.setWebhook(id);
    telegram.answer('deleteWebhook', [500, 'restart']);
    await expect(botloom.bots.delete(id)).rejects.toMatchObject({ code: 'TELEGRAM_FAILED' });
    expect(await botloom.bots.get(id)).toMatchObject({ id });
    await botloom.bots.delete(id, { force: true });
  });
});

describe('statistics', () => {
  test('have the health of the webhook', async () => {
    const { id } = await botloom.bots.create({ token });
    const { webhook_url } = await botloom.bots.setWebhook(id);
    telegram.answer('getWebhookInfo', {
      result: {
        url: webhook_url,
        has_custom_certificate: false,
        pending_update_count: 3,
        last_error_date: 1_790_000_000,
        last_error_message: 'Read timeout expired',
      },
    });
    expect(await botloom.bots.stats(id)).toEqual({
      user_count: 0,
      request_count: 0,
      active_users: { day: 0, week: 0, month: 0 },
      messages: { incoming: 0, outgoing: 0 },
      messages_by_day: [],
      last_activity: null,
      webhook: {
        url: webhook_url,
        is_ours: true,
        pending_update_count: 3,
        last_error_at: '2026-09-21T14:13:20.000Z',
        last_error_message: 'Read timeout expired',
      },
      webhook_error: null,
    });
  });

  test('are returned while Telegram is unreachable', async () => {
    const { id } = await botloom.bots.create({ token });
    telegram.answer('getWebhookInfo', 'reset');
    expect(await botloom.bots.stats(id)).toMatchObject({
      webhook: null,
      webhook_error: expect.stringContaining('No answer from Telegram'),
    });
  });
});
