import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../model/index.ts';
import { isUpdate } from './is-update.ts';
import { parseUpdate } from './parse-update.ts';
import { UPDATE_KINDS, type UpdateKind } from './update-kinds.ts';

const bot = { id: 'b', username: 'shop_bot' };
const ann = { id: 7, is_bot: false, first_name: 'Ann', last_name: 'Lee', username: 'ann', language_code: 'en' };
const chat = { id: 7, type: 'private', first_name: 'Ann' };
const group = { id: -100, type: 'supergroup', title: 'G' };

function parseMessage(message: JsonObject, kind = 'message') {
  return parseUpdate({ update_id: 1, [kind]: { message_id: 5, date: 1, from: ann, chat, ...message } }, bot);
}

function commandOf(message: JsonObject) {
  const { event } = parseMessage(message);
  return event?.kind === 'message' ? event.command : 'no event';
}

describe('a text', () => {
  test('produces a user, a log row without payload, and an event', () => {
    expect(parseMessage({ text: 'hi' })).toEqual({
      update_id: 1,
      kind: 'message',
      user: { chat_id: 7, username: 'ann', first_name: 'Ann', last_name: 'Lee', language: 'en', phone: null },
      chat: { id: 7, type: 'private', thread_id: 0 },
      log: { action: 'store', type: 'text', text: 'hi', file_id: null, telegram_message_id: 5, payload: null },
      event: {
        kind: 'message',
        type: 'text',
        text: 'hi',
        command: null,
        telegram_message_id: 5,
        content: expect.objectContaining({ text: 'hi' }),
      },
      reachability: null,
      migrated: null,
    });
  });

  test('with formatting or a quoted message keeps its payload', () => {
    expect(parseMessage({ text: 'hi', entities: [{ type: 'bold', offset: 0, length: 2 }] }).log?.payload).toMatchObject(
      { text: 'hi' },
    );
    expect(parseMessage({ text: 'hi', reply_to_message: { message_id: 1 } }).log?.payload).toMatchObject({
      reply_to_message: { message_id: 1 },
    });
  });

  test('in a topic has the thread ID of the topic, but a reply chain has none', () => {
    expect(
      parseMessage({ chat: group, text: 'hi', message_thread_id: 9, is_topic_message: true }).chat?.thread_id,
    ).toBe(9);
    expect(parseMessage({ chat: group, text: 'hi', message_thread_id: 9 }).chat?.thread_id).toBe(0);
  });
});

describe('a command', () => {
  const entities = [{ type: 'bot_command', offset: 0, length: 6 }];

  test.each([
    [
      { text: '/start', entities },
      { name: 'start', args: '' },
    ],
    [
      { text: '/start ref_1', entities },
      { name: 'start', args: 'ref_1' },
    ],
    [
      { text: '/Start@Shop_Bot  a b ', entities },
      { name: 'start', args: 'a b' },
    ],
    [
      { text: '/start\nmore', entities },
      { name: 'start', args: 'more' },
    ],
    [
      { text: '/start', entities: [] },
      { name: 'start', args: '' },
    ],
    [{ text: '/start' }, { name: 'start', args: '' }],
    [{ text: '/start', entities: [{ type: 'code', offset: 0, length: 6 }] }, null],
    [{ text: 'see /start', entities: [{ type: 'bot_command', offset: 4, length: 6 }] }, null],
    [{ text: '/start@other_bot', entities }, null],
    [{ text: '/' }, null],
    [{ text: '/a-b' }, null],
    [{ caption: '/start', photo: [{ file_id: 'p' }] }, null],
  ] satisfies [JsonObject, unknown][])('%j is parsed as %j', (message, expected) => {
    expect(commandOf(message)).toEqual(expected);
  });

  test('for another bot in a group produces no event', () => {
    expect(commandOf({ chat: group, text: '/start@other_bot', entities })).toBe('no event');
    expect(commandOf({ chat: group, text: '/start@shop_bot', entities })).toEqual({ name: 'start', args: '' });
  });
});

describe('the content', () => {
  test.each([
    [
      {
        photo: [
          { file_id: 's', width: 1, height: 1 },
          { file_id: 'l', width: 9, height: 9 },
          { file_id: 'm', width: 5, height: 5 },
        ],
        caption: 'c',
      },
      'photo',
      'l',
      'c',
    ],
    [{ animation: { file_id: 'a' }, document: { file_id: 'd' } }, 'animation', 'a', null],
    [{ venue: {}, location: {} }, 'venue', null, null],
    [{ document: { file_id: 'd' } }, 'document', 'd', null],
    [{ pinned_message: { message_id: 1 } }, 'pinned_message', null, null],
    [{ holo: {} }, 'unknown', null, null],
  ] satisfies [JsonObject, string, string | null, string | null][])('%j', (message, type, file_id, text) => {
    expect(parseMessage(message).log).toMatchObject({ type, file_id, text, payload: message });
  });

  test('of a service message produces no event', () => {
    expect(parseMessage({ new_chat_members: [ann] })).toMatchObject({
      event: null,
      log: { type: 'new_chat_members' },
      user: { chat_id: 7 },
    });
  });

  test('of a contact message sets the phone number only if the contact is the sender', () => {
    expect(parseMessage({ contact: { phone_number: '+1', user_id: 7 } }).user?.phone).toBe('+1');
    expect(parseMessage({ contact: { phone_number: '+2', user_id: 8 } }).user?.phone).toBeNull();
  });

  test('of both service messages about an upgrade to a supergroup names the old and the new chat', () => {
    const migrated = { from_chat_id: -5, to_chat_id: -100 };
    expect(parseMessage({ chat: { id: -5, type: 'group' }, migrate_to_chat_id: -100 }).migrated).toEqual(migrated);
    expect(parseMessage({ chat: group, migrate_from_chat_id: -5 }).migrated).toEqual(migrated);
  });
});

describe('the user of an update', () => {
  test.each([
    ['a bot', { from: { ...ann, is_bot: true }, text: 'x' }],
    [
      'an anonymous administrator',
      { from: { id: 1087968824, is_bot: true, first_name: 'Group' }, sender_chat: group, chat: group, text: 'x' },
    ],
    [
      'a post forwarded from the linked channel',
      { from: { id: 777000, is_bot: false, first_name: 'Telegram' }, sender_chat: group, chat: group, text: 'x' },
    ],
    ['a missing sender', { from: null, text: 'x' }],
    ['an ID that is not a number', { from: { ...ann, id: '7' }, text: 'x' }],
    ['an ID out of range', { from: { ...ann, id: 1e20 }, text: 'x' }],
  ] satisfies [string, JsonObject][])('%s produces neither a user nor an event', (_, message) => {
    expect(parseMessage(message)).toMatchObject({ user: null, event: null, log: { text: 'x' } });
  });

  test('a channel post produces neither a user nor an event', () => {
    expect(parseMessage({ text: 'x', chat: { id: -1, type: 'channel' } }, 'channel_post')).toMatchObject({
      user: null,
      event: null,
      log: { action: 'store' },
    });
  });

  test('is the person who blocks or unblocks the bot, or the administrator who changes it in a group', () => {
    const change = (status: string, where: JsonObject) =>
      parseUpdate(
        {
          update_id: 1,
          my_chat_member: { chat: where, from: ann, date: 1, old_chat_member: {}, new_chat_member: { status } },
        },
        bot,
      );
    expect(change('kicked', chat)).toMatchObject({
      reachability: 'blocked',
      user: { chat_id: 7 },
      log: { type: 'my_chat_member' },
    });
    expect(change('member', chat)).toMatchObject({ reachability: 'unblocked', user: { chat_id: 7 } });
    expect(change('kicked', group)).toMatchObject({ reachability: null, user: { chat_id: 7 }, event: null });
  });
});

describe('chat events', () => {
  const bob = { id: 8, is_bot: false, first_name: 'Bob' };
  const robot = { id: 9, is_bot: true, first_name: 'Robot' };
  const update = (kind: string, content: JsonObject) =>
    parseUpdate({ update_id: 1, [kind]: { date: 2, ...content } }, bot);
  const membership = (kind: string, before: JsonObject, after: JsonObject, where: JsonObject = group) =>
    update(kind, {
      chat: where,
      from: ann,
      old_chat_member: { user: bob, ...before },
      new_chat_member: { user: bob, ...after },
    });

  test.each([
    [{ status: 'left' }, { status: 'member' }, 'joined'],
    [{ status: 'kicked' }, { status: 'restricted', is_member: true }, 'joined'],
    [{ status: 'member' }, { status: 'kicked' }, 'left'],
    [{ status: 'restricted', is_member: true }, { status: 'restricted', is_member: false }, 'left'],
    [{ status: 'member' }, { status: 'administrator' }, null],
    [{ status: 'left' }, { status: 'kicked' }, null],
    [{}, { status: 'member' }, null],
  ])('a member who changes from %j to %j: %j', (before, after, name) => {
    const parsed = membership('chat_member', before, after);
    expect(parsed.event).toEqual(
      name === null
        ? null
        : expect.objectContaining({ kind: 'chat_event', name, at: 2000, chat: { id: -100, title: 'G' } }),
    );
    expect(parsed).toMatchObject({ user: { chat_id: 8 }, log: null });
    expect(membership('chat_member', before, after, { id: -1, type: 'channel' }).event).toBeNull();
  });

  test('a change of the bot itself, in a group and in a private chat', () => {
    expect(membership('my_chat_member', { status: 'left' }, { status: 'administrator' })).toMatchObject({
      user: { chat_id: 7 },
      event: { name: 'bot_added' },
    });
    expect(membership('my_chat_member', { status: 'member' }, { status: 'kicked' })).toMatchObject({
      event: { name: 'bot_removed' },
    });
    expect(membership('my_chat_member', { status: 'member' }, { status: 'kicked' }, chat)).toMatchObject({
      event: { name: 'blocked' },
    });
    expect(membership('my_chat_member', { status: 'kicked' }, { status: 'member' }, chat)).toMatchObject({
      event: { name: 'unblocked' },
    });
  });

  test('service messages about members have the member who joined or left as their user', () => {
    expect(parseMessage({ chat: group, new_chat_members: [robot, bob] })).toMatchObject({
      user: { chat_id: 8 },
      event: { name: 'joined', at: 1000 },
      log: { type: 'new_chat_members' },
    });
    expect(parseMessage({ chat: group, new_chat_members: [robot] })).toMatchObject({
      user: { chat_id: 7 },
      event: null,
    });
    expect(parseMessage({ chat: group, left_chat_member: bob })).toMatchObject({
      user: { chat_id: 8 },
      event: { name: 'left' },
    });
  });

  test('a join request has the private chat with the user as its chat', () => {
    const asked = update('chat_join_request', {
      chat: group,
      from: bob,
      user_chat_id: 88,
      bio: 'Hi',
      invite_link: { invite_link: 'https://t.me/+x', name: 'Poster' },
    });
    expect(asked).toMatchObject({
      user: { chat_id: 8 },
      chat: { id: 88, type: 'private' },
      event: { name: 'join_request', chat: { id: -100 }, invite_link: 'Poster', bio: 'Hi' },
    });
    expect(
      update('chat_join_request', { chat: group, from: bob, invite_link: { invite_link: 'https://t.me/+x' } }),
    ).toMatchObject({ chat: { id: 8 }, event: { invite_link: 'https://t.me/+x' } });
  });

  test('an added reaction is an event, a removed reaction is not', () => {
    const emoji = (one: string) => ({ type: 'emoji', emoji: one });
    const reaction = (old_reaction: JsonObject[], new_reaction: JsonObject[], who: JsonObject = { user: bob }) =>
      update('message_reaction', { chat, message_id: 3, old_reaction, new_reaction, ...who });
    expect(reaction([emoji('👎')], [emoji('👎'), emoji('👍')])).toMatchObject({
      user: { chat_id: 8 },
      event: { name: 'reaction', emoji: '👍' },
    });
    expect(reaction([], [{ type: 'custom_emoji', custom_emoji_id: '5' }]).event).toMatchObject({ emoji: '5' });
    expect(reaction([emoji('👍')], []).event).toBeNull();
    expect(reaction([], [emoji('👍')], { actor_chat: group })).toMatchObject({ user: null, event: null });
  });
});

test('an edit updates the log row and produces no event', () => {
  expect(parseMessage({ text: 'new', edit_date: 2 }, 'edited_message')).toMatchObject({
    log: { action: 'update', text: 'new', telegram_message_id: 5 },
    event: null,
  });
});

describe('a button press', () => {
  const query = { id: 'q', from: ann, chat_instance: 'c', data: 'yes' };

  test('is logged with its data', () => {
    const parsed = parseUpdate(
      { update_id: 1, callback_query: { ...query, message: { message_id: 3, chat, date: 1, text: 'Sure?' } } },
      bot,
    );
    expect(parsed).toMatchObject({
      chat: { id: 7 },
      log: { action: 'store', type: 'callback', text: 'yes', telegram_message_id: null, payload: { message_id: 3 } },
      event: { kind: 'callback', query_id: 'q', data: 'yes', telegram_message_id: 3 },
    });
  });

  test('on an inaccessible or inline message is an event as well', () => {
    expect(
      parseUpdate({ update_id: 1, callback_query: { ...query, message: { message_id: 3, chat, date: 0 } } }, bot).event,
    ).not.toBeNull();
    expect(parseUpdate({ update_id: 1, callback_query: { ...query, inline_message_id: 'i' } }, bot)).toMatchObject({
      chat: null,
      event: { telegram_message_id: null },
    });
  });
});

test('a business message is stored without its message ID, which is not an ID of a chat of the bot', () => {
  expect(parseMessage({ text: 'hi', business_connection_id: 'bc' }, 'business_message')).toMatchObject({
    user: null,
    event: null,
    log: {
      action: 'store',
      type: 'business_message',
      text: 'hi',
      telegram_message_id: null,
      payload: { business_connection_id: 'bc' },
    },
  });
});

describe('hostile content', () => {
  test.each(['', '5', '"x"', 'null', 'true', '[]', '{}', '[[]]'])(
    'every kind of update accepts the value %s',
    (json) => {
      for (const kind of Object.keys(UPDATE_KINDS)) {
        const value: unknown = json === '' ? undefined : JSON.parse(json);
        const update: unknown = { update_id: 1, [kind]: value };
        expect(isUpdate(update) && parseUpdate(update, bot).user).toBeNull();
      }
    },
  );

  test('U+0000 is removed and lone surrogates are replaced at any depth, and emoji stay', () => {
    const parsed = parseMessage({
      text: 'a\0b\ud83dc😀',
      from: { ...ann, first_name: '\0Ann\udc00' },
      'x\0': { deep: ['\ud800'] },
      n: Number.POSITIVE_INFINITY,
    });
    expect(parsed.user?.first_name).toBe('Ann\ufffd');
    expect(parsed.log).toMatchObject({ text: 'ab\ufffdc😀', payload: { x: { deep: ['\ufffd'] }, n: null } });
    expect(JSON.stringify(parsed)).not.toMatch(/\\u0000|\\ud8/i);
  });

  test('the members __proto__ and constructor have no effect', () => {
    const update: unknown = JSON.parse(
      '{"update_id":1,"__proto__":{"polluted":1},"constructor":{"x":1},"message":{"message_id":1,"date":1,' +
        '"__proto__":{"text":"evil"},"chat":{"id":7,"type":"private"}}}',
    );
    const parsed = isUpdate(update) ? parseUpdate(update, bot) : null;
    expect(parsed).toMatchObject({ kind: 'message', log: { text: null } });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('isUpdate', () => {
  test.each([
    [null],
    ['x'],
    [5],
    [[]],
    [{}],
    [{ update_id: '1' }],
    [{ update_id: -1 }],
    [{ update_id: 1.5 }],
    [{ update_id: Number.NaN }],
    [{ update_id: 2 ** 60 }],
  ])('%j is not an update', (value) => {
    expect(isUpdate(value)).toBe(false);
  });

  test('a million levels of nesting are rejected, and the process does not crash', () => {
    const depth = 1_000_000;
    expect(isUpdate(JSON.parse(`{"update_id":1,"message":${'['.repeat(depth)}${']'.repeat(depth)}}`))).toBe(false);
  });

  test('an update of an unknown kind is an update', () => {
    const update: unknown = { update_id: 0, holo_call: {} };
    expect(isUpdate(update) && parseUpdate(update, bot)).toMatchObject({
      kind: 'unknown',
      user: null,
      log: null,
      event: null,
    });
  });
});

test('every real update of the sample is parsed by the rules of its kind', (context) => {
  const file = join(
    process.env.BOTLOOM_SHARED_DIR ?? join(import.meta.dirname, '../../../../../shared'),
    'telegram/updates.jsonl',
  );
  if (!existsSync(file)) context.skip('the optional data ../shared/telegram/updates.jsonl is not on this machine');
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(lines.length).toBeGreaterThan(200);
  for (const line of lines) {
    const update: unknown = JSON.parse(line);
    if (!isUpdate(update)) throw new Error(`not an update: ${line}`);
    const parsed = parseUpdate(update, bot);
    const rules: Readonly<Record<string, UpdateKind>> = UPDATE_KINDS;
    const rule = rules[parsed.kind];
    expect(parsed.log === null, line).toBe((rule?.log ?? null) === null);
    if ((rule?.event ?? null) === null) expect(parsed.event, line).toBeNull();
    if (rule?.user !== true) expect(parsed.user, line).toBeNull();
  }
});
