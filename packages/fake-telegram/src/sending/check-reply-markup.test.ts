import { describe, expect, it } from 'vitest';
import { loadBotApi } from '../api-data/bot-api.ts';
import type { JsonObject } from '../telegram-objects.ts';
import { checkReplyMarkup } from './check-reply-markup.ts';

const api = loadBotApi();
const check = (markup: JsonObject) => checkReplyMarkup(markup, api, true);
const inline = (...row: unknown[]) => ({ inline_keyboard: [row] });
const button = { text: 'A', callback_data: 'a' };

describe('checkReplyMarkup', () => {
  it('accepts the keyboards that Telegram accepts', () => {
    expect(check(inline(button))).toEqual({ kind: 'inline', markup: { inline_keyboard: [[button]] } });
    expect(check({ keyboard: [['Yes', { text: 'No' }]], resize_keyboard: true })).toMatchObject({
      kind: 'keyboard',
      markup: { keyboard: [[{ text: 'Yes' }, { text: 'No' }]] },
    });
    expect(check({ remove_keyboard: true })).toEqual({ kind: 'remove' });
    expect(check({ force_reply: true })).toEqual({ kind: 'force_reply' });
    expect(check(inline({ text: 'A', callback_data: 'é'.repeat(32) })).kind).toBe('inline');
    expect(check(inline({ text: 'Site', url: 'example.com/x' })).kind).toBe('inline');
  });

  it.each<[JsonObject, string]>([
    [{ inline_keyboard: {} }, 'field "inline_keyboard" must be of type Array'],
    [{ inline_keyboard: [button] }, 'field "inline_keyboard" must be an Array of Arrays'],
    [inline('A'), "can't parse inline keyboard button: InlineKeyboardButton must be an Object"],
    [inline({ text: 'A' }), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"],
    [inline({ callback_data: 'a' }), 'Field "text" must be of type String'],
    [inline({ text: 'A', callback_data: 'é'.repeat(33) }), 'BUTTON_DATA_INVALID'],
    [inline({ text: 'A', callback_data: '' }), 'BUTTON_DATA_INVALID'],
    [
      inline({ text: 'A', url: 'http://localhost/x' }),
      "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
    ],
    [inline({ text: 'A', url: 'javascript:alert(1)' }), 'is invalid: Unsupported URL protocol'],
    [inline({ text: 'A', callback_data: 'a', url: 'https://a.example' }), 'more than one action: url, callback_data'],
    [{ inline_keyboard: Array.from({ length: 101 }, () => [button]) }, 'reply markup is too long'],
    [inline(...Array.from({ length: 9 }, () => button)), 'reply markup is too long'],
    [inline({ ...button, color: 'red' }), 'parameter "reply_markup.inline_keyboard[0][0].color" is unknown'],
    [inline({ ...button, style: 'red' }), "can't parse inline keyboard button: invalid button style specified"],
    [
      inline({ text: 'A', web_app: { url: 'http://a.example' } }),
      "inline keyboard button Web App URL 'http://a.example' is invalid: Only HTTPS links are allowed",
    ],
    [inline({ text: 'A', copy_text: { text: 'x'.repeat(257) } }), 'must have 1-256 characters'],
    [{ keyboard: [[{ text: 'A', web_app: { url: 'tg://x' } }]] }, 'Only HTTPS links are allowed'],
    [{ force_reply: true, input_field_placeholder: 'x'.repeat(65) }, 'must have 1-64 characters'],
    [{ remove_keyboard: true, silent: true }, 'is unknown'],
    [{ keyboard: [[1]] }, "can't parse keyboard button: KeyboardButton must be a String or an Object"],
  ])('rejects %j', (markup, reason) => expect(() => check(markup)).toThrow(reason));
});
