import { describe, expect, it } from 'vitest';
import { loadBotApi } from '../api-data/bot-api.ts';
import type { JsonObject } from '../telegram-objects.ts';
import { checkParameters } from './parameters.ts';

const api = loadBotApi();

function check(method: string, values: JsonObject, strict = true) {
  const definition = api.methods.get(method.toLowerCase());
  if (!definition) throw new Error(`no ${method}`);
  return checkParameters({ values, files: new Map() }, definition, api, strict).values;
}

describe('checkParameters', () => {
  it('converts strings to the types of the Bot API', () => {
    expect(check('sendMessage', { chat_id: '5', text: 7, disable_notification: 'true', entities: '[]' })).toEqual({
      chat_id: 5,
      text: '7',
      disable_notification: true,
      entities: [],
    });
    expect(check('sendMessage', { chat_id: '@channel', text: 'x', parse_mode: null })).toEqual({
      chat_id: '@channel',
      text: 'x',
    });
    expect(check('sendLocation', { chat_id: 1, latitude: '1.5', longitude: 2 })).toMatchObject({ latitude: 1.5 });
  });

  it.each<[string, JsonObject, string]>([
    ['sendMessage', { text: 'x' }, 'chat_id is empty'],
    ['sendMessage', { chat_id: 1 }, 'message text is empty'],
    ['sendMessage', { chat_id: 1, text: '' }, 'message text is empty'],
    ['sendMessage', { chat_id: 1, text: 'x', txt: 'y' }, 'unknown parameter "txt" in sendMessage'],
    ['sendMessage', { chat_id: {}, text: 'x' }, 'parameter "chat_id" must be an Integer or a String'],
    [
      'sendMessage',
      { chat_id: 1, text: 'x', message_thread_id: 'a' },
      'parameter "message_thread_id" must be an Integer',
    ],
    ['sendMessage', { chat_id: 1, text: 'x', reply_markup: 'x' }, "can't parse reply keyboard markup JSON object"],
    ['sendMessage', { chat_id: 1, text: 'x', reply_markup: '[]' }, 'object expected as reply markup'],
    [
      'sendMessage',
      { chat_id: 1, text: 'x', entities: [{ type: 'bold' }] },
      'parameter "entities[0].offset" is required',
    ],
    ['sendPhoto', { chat_id: 1 }, 'there is no photo in the request'],
    [
      'setMyCommands',
      { commands: [{ command: 'a'.repeat(33), description: 'x' }] },
      'must have 1-32 characters, but has 33',
    ],
    ['sendPoll', { chat_id: 1, question: 'q', options: [] }, 'parameter "options" must have 1-12 items, but has 0'],
    ['setMyDescription', { description: 'x'.repeat(513) }, 'must have 0-512 characters, but has 513'],
  ])('%s rejects %j', (method, values, reason) => {
    expect(() => check(method, values)).toThrow(`Bad Request: `);
    expect(() => check(method, values)).toThrow(reason);
  });

  it('accepts lists that mix the types of an album', () => {
    const media = [
      { type: 'photo', media: 'a' },
      { type: 'video', media: 'b' },
    ];
    expect(check('sendMediaGroup', { chat_id: 1, media: JSON.stringify(media) })).toMatchObject({ media });
  });

  it('is as lenient as Telegram when it is not strict', () => {
    expect(check('sendMessage', { chat_id: 1, text: 'x', txt: 'y' }, false)).toEqual({ chat_id: 1, text: 'x' });
  });
});
