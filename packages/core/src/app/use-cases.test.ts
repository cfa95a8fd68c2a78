import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestBotloom, type TestBotloom } from './fixtures/create-test-botloom.ts';
import { postUpdate, textFromAnn } from './fixtures/post-update.ts';

const nobody = '00000000-0000-4000-8000-000000000000';
const logged: unknown[] = [];
const log = (data: object, message: string): void => {
  logged.push(message, data);
};
let own: TestBotloom;
let botloom: TestBotloom['botloom'];
let telegram: TestBotloom['telegram'];
let bot_id: string;

beforeEach(async () => {
  logged.length = 0;
  own = await createTestBotloom({ logger: { debug: log, info: log, warn: log, error: log } });
  ({ botloom, telegram } = own);
  telegram.answer('sendMessage', { result: { message_id: 100 } });
  ({ id: bot_id } = await botloom.bots.create({ token: '42:CANARYcanaryCANARYcanaryCANARYcanary' }));
  await botloom.bots.setWebhook(bot_id);
});
afterEach(async () => {
  await own.close();
  expect(JSON.stringify(logged)).not.toContain('CANARY');
});

async function meetAnn(): Promise<string> {
  await postUpdate(own, bot_id, textFromAnn(1, 'hello'));
  await botloom.idle();
  return (await botloom.users.list(bot_id)).items[0]?.id ?? '';
}

describe('flows', () => {
  test('are created, respond, are changed and deleted', async () => {
    const flow = await botloom.flows.create(bot_id, {
      name: 'Hello',
      flow_data: { response: 'Hello World' },
      trigger_command: '/Start',
    });
    expect(flow).toMatchObject({ trigger_command: 'start', is_default: false, is_active: true, version: 1 });
    expect(await postUpdate(own, bot_id, textFromAnn(1, '/start'))).toBe(200);
    await botloom.idle();
    expect(telegram.calls.findLast(({ method }) => method === 'sendMessage')).toMatchObject({
      parameters: { chat_id: 7, text: 'Hello World' },
    });
    expect(await botloom.flows.update(bot_id, flow.id, { name: 'Hi' })).toMatchObject({
      name: 'Hi',
      version: 1,
      trigger_command: 'start',
    });
    expect(await botloom.flows.update(bot_id, flow.id, { flow_data: { response: 'Hi' } })).toMatchObject({
      version: 2,
    });
    expect(await botloom.flows.list(bot_id)).toMatchObject({ items: [{ id: flow.id, name: 'Hi' }], next: null });
    await botloom.flows.delete(bot_id, flow.id);
    await expect(botloom.flows.get(bot_id, flow.id)).rejects.toMatchObject({ code: 'FLOW_NOT_FOUND' });
  });

  test('with invalid data are refused with every problem and its path', async () => {
    const flow_data = {
      steps: [
        { id: 'a', type: 'message', text: 'x'.repeat(4097) },
        { id: 'a', type: 'dance', next: 'nowhere' },
      ],
      initial_step: 'z',
    };
    const error: unknown = await botloom.flows
      .create(bot_id, { name: 'Bad', flow_data })
      .catch((failure: unknown) => failure);
    expect(error).toMatchObject({ code: 'FLOW_DATA_INVALID', status: 422 });
    expect(error).toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({ path: '/initial_step' }),
        expect.objectContaining({ path: '/steps/0/text' }),
      ]),
    });
  });

  test('cannot share a command or the default', async () => {
    const flow = { name: 'A', flow_data: { response: 'A' }, trigger_command: 'a' };
    await botloom.flows.create(bot_id, { ...flow, is_default: true });
    await expect(botloom.flows.create(bot_id, flow)).rejects.toMatchObject({ code: 'FLOW_COMMAND_TAKEN' });
    await expect(
      botloom.flows.create(bot_id, { ...flow, trigger_command: null, is_default: true }),
    ).rejects.toMatchObject({ code: 'FLOW_DEFAULT_TAKEN' });
  });

  test.each(['/a b', 'ä', '', 'x'.repeat(33)])('refuse the command %j', async (trigger_command) => {
    await expect(
      botloom.flows.create(bot_id, { name: 'A', flow_data: { response: 'A' }, trigger_command }),
    ).rejects.toMatchObject({ code: 'VALIDATION_FAILED', problems: [{ path: '/trigger_command' }] });
  });

  test('of a bot that does not exist are refused before anything else', async () => {
    await expect(botloom.flows.create(nobody, { name: 'A', flow_data: { response: 'A' } })).rejects.toMatchObject({
      code: 'BOT_NOT_FOUND',
    });
    await expect(botloom.flows.get(nobody, nobody)).rejects.toMatchObject({ code: 'BOT_NOT_FOUND' });
  });
});

describe('users and messages', () => {
  test('a message is sent through the outbox and its status changes', async () => {
    const user_id = await meetAnn();
    expect(await botloom.users.get(bot_id, user_id)).toMatchObject({ chat_id: 7, first_name: 'Ann', username: 'ann' });
    expect(await botloom.send(bot_id, { user_id, text: 'Hi *Ann*', parse_mode: 'MarkdownV2' })).toMatchObject({
      direction: 'outgoing',
      type: 'text',
      status: expect.stringMatching(/queued|sent/),
    });
    await botloom.idle();
    expect(telegram.calls.findLast(({ method }) => method === 'sendMessage')).toMatchObject({
      parameters: { chat_id: 7, text: 'Hi *Ann*', parse_mode: 'MarkdownV2' },
    });
    const { items } = await botloom.messages.list(bot_id, { direction: 'outgoing' });
    expect(items).toMatchObject([{ text: 'Hi *Ann*', status: 'sent', telegram_message_id: 100, user_id }]);
    expect(
      (await botloom.messages.list(bot_id, { user_id, type: 'text', from: '2000-01-01T00:00:00+02:00' })).items,
    ).toHaveLength(2);
  });

  test('messages are refused while too many are waiting', async () => {
    await own.close();
    own = await createTestBotloom({ runtime: { chatBacklog: 1 } });
    ({ botloom, telegram } = own);
    ({ id: bot_id } = await botloom.bots.create({ token: '42:AAtoken' }));
    await botloom.bots.setWebhook(bot_id);
    const user_id = await meetAnn();
    telegram.answer('sendMessage', [429, 'Too Many Requests: retry after 1']);
    await botloom.send(bot_id, { user_id, text: 'a' });
    await expect(botloom.send(bot_id, { user_id, text: 'b' })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      retryAfter: 5,
    });
  });

  test('messages to an unknown user, to a user who blocked the bot and from an inactive bot are refused', async () => {
    const user_id = await meetAnn();
    await expect(botloom.send(bot_id, { user_id: nobody, text: 'x' })).rejects.toMatchObject({
      code: 'USER_NOT_FOUND',
    });
    await expect(botloom.send(bot_id, { user_id, text: '' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    await expect(botloom.send(bot_id, { user_id, text: 'x'.repeat(4097) })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
    const ann = { id: 7, is_bot: false, first_name: 'Ann' };
    await postUpdate(own, bot_id, {
      update_id: 2,
      my_chat_member: {
        chat: { id: 7, type: 'private' },
        from: ann,
        date: 1,
        old_chat_member: { status: 'member' },
        new_chat_member: { status: 'kicked' },
      },
    });
    await expect(botloom.send(bot_id, { user_id, text: 'x' })).rejects.toMatchObject({ code: 'USER_BLOCKED' });
    await botloom.bots.update(bot_id, { is_active: false });
    await expect(botloom.send(bot_id, { user_id, text: 'x' })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('the input of lists is checked', async () => {
    await expect(botloom.users.list(bot_id, { limit: 101 })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    await expect(botloom.messages.list(bot_id, { from: 'yesterday' })).rejects.toMatchObject({
      problems: [{ path: '/from' }],
    });
    await expect(botloom.answers.list(bot_id, { flow_id: 'x', variable: 'a\0' })).rejects.toMatchObject({
      problems: [{ path: '/flow_id' }, { path: '/variable' }],
    });
    await expect(botloom.answers.list(bot_id, { cursor: 'made-up' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    await expect(botloom.answers.list(nobody)).rejects.toMatchObject({ code: 'BOT_NOT_FOUND' });
    await expect(botloom.users.list(bot_id, { cursor: 'made-up' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });
});

describe('files', () => {
  test('are streamed', async () => {
    telegram.answer('getFile', { result: { file_id: 'f', file_path: 'photos/a.jpg' } });
    const file = await botloom.files.get(bot_id, 'f');
    let text = '';
    for await (const chunk of file.body) text += Buffer.from(chunk).toString();
    expect([file.name, text]).toEqual(['a.jpg', 'content']);
  });

  test.each([
    [[400, 'Bad Request: wrong file_id or the file is temporarily unavailable'], 'FILE_NOT_FOUND'],
    [[400, 'Bad Request: file is too big'], 'TELEGRAM_FAILED'],
    [[401, 'Unauthorized'], 'TELEGRAM_FAILED'],
    ['reset', 'TELEGRAM_FAILED'],
  ] as const)('%j is %s', async (answer, code) => {
    telegram.answer('getFile', answer);
    await expect(botloom.files.get(bot_id, 'f')).rejects.toMatchObject({ code });
  });
});

test('a dead letter that does not exist cannot be replayed', async () => {
  expect(await botloom.deadLetters.list(bot_id)).toEqual({ items: [], next: null });
  await expect(botloom.deadLetters.replay(bot_id, 1)).rejects.toMatchObject({ code: 'DEAD_LETTER_NOT_FOUND' });
});

describe('API keys', () => {
  test('are shown once', async () => {
    const created = await botloom.apiKeys.create({ name: 'ci', permissions: ['read'], owner: 'a' });
    expect(created).toMatchObject({
      key: expect.stringMatching(/^botloom_/),
      name: 'ci',
      permissions: ['read'],
      owner: 'a',
      expires_at: null,
    });
    expect(await botloom.apiKeys.count()).toBe(1);
    await botloom.apiKeys.revoke(created.id);
  });

  test('chosen by the caller are registered once', async () => {
    const key = 'a-key-of-my-own-choosing';
    const first = await botloom.apiKeys.create({ name: 'service', key });
    expect(await botloom.apiKeys.create({ name: 'service', key })).toEqual(first);
    await expect(botloom.apiKeys.create({ name: 'service', key: 'short' })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });
});
