import type { BotApi } from '../api-data/bot-api.ts';
import { badRequest } from '../call/api-error.ts';
import { checkFields } from '../parameters/check-value.ts';
import { isObject } from '../parameters/read-parameters.ts';
import type { InlineKeyboardMarkup, JsonObject, KeyboardButton, ReplyKeyboardMarkup } from '../telegram-objects.ts';

/** A checked `reply_markup`. */
export type ReplyMarkup =
  | { kind: 'none' }
  | { kind: 'inline'; markup: InlineKeyboardMarkup }
  | { kind: 'keyboard'; markup: ReplyKeyboardMarkup }
  | { kind: 'remove' }
  | { kind: 'force_reply' };

/** Checks a keyboard against Telegram's limits. Errors use Telegram's words. */
export function checkReplyMarkup(value: JsonObject | undefined, api: BotApi, strict: boolean): ReplyMarkup {
  if (!value || Object.keys(value).length === 0) return { kind: 'none' };
  if ('inline_keyboard' in value) {
    const rows = readRows(value.inline_keyboard, 'inline_keyboard').map((row) => row.map(inlineButton));
    checkSize(rows, 100, 8);
    checkShape(value, 'InlineKeyboardMarkup', api, strict);
    return { kind: 'inline', markup: { inline_keyboard: rows.filter((row) => row.length > 0) } };
  }
  if ('keyboard' in value) {
    const rows = readRows(value.keyboard, 'keyboard').map((row) => row.map(keyboardButton));
    checkSize(rows, 300, 12);
    const markup = { ...value, keyboard: rows };
    checkShape(markup, 'ReplyKeyboardMarkup', api, strict);
    return { kind: 'keyboard', markup };
  }
  if (value.remove_keyboard === true) {
    checkShape(value, 'ReplyKeyboardRemove', api, strict);
    return { kind: 'remove' };
  }
  if (value.force_reply === true) {
    checkShape(value, 'ForceReply', api, strict);
    return { kind: 'force_reply' };
  }
  return { kind: 'none' };
}

function readRows(value: unknown, name: string): unknown[][] {
  if (!Array.isArray(value)) throw badRequest(`field "${name}" must be of type Array`);
  return value.map((row: unknown): unknown[] => {
    if (Array.isArray(row)) return row;
    throw badRequest(`field "${name}" must be an Array of Arrays`);
  });
}

/** The fields of the kinds of inline button. A button must have exactly one of them. */
const actions = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
  'disabled',
];

function inlineButton(value: unknown): JsonObject & { text: string } {
  const wrong = (reason: string) => badRequest(`can't parse inline keyboard button: ${reason}`);
  if (!isObject(value)) throw wrong('InlineKeyboardButton must be an Object');
  const text = value.text;
  if (typeof text !== 'string') throw wrong('Field "text" must be of type String');
  if (text === '') throw badRequest('BUTTON_TEXT_INVALID');
  const chosen = actions.filter((action) => value[action] !== undefined);
  if (chosen.length === 0) throw wrong('Text buttons are unallowed in the inline keyboard');
  if (chosen.length > 1) throw wrong(`button "${text}" has more than one action: ${chosen.join(', ')}`);
  if (value.callback_data !== undefined) checkCallbackData(value.callback_data);
  if (value.url !== undefined) checkUrl(value.url);
  if (value.web_app !== undefined) checkWebApp(value.web_app, 'inline keyboard button');
  checkStyle(value.style, wrong);
  return { ...value, text };
}

function checkCallbackData(data: unknown): void {
  const size = typeof data === 'string' ? Buffer.byteLength(data) : 0;
  if (size < 1 || size > 64) throw badRequest('BUTTON_DATA_INVALID');
}

function checkUrl(url: unknown): void {
  if (typeof url !== 'string' || url === '') throw badRequest('BUTTON_URL_INVALID');
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `http://${url}`;
  if (!URL.canParse(full)) throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
  const { protocol, hostname } = new URL(full);
  if (protocol === 'tg:' || protocol === 'ton:' || protocol === 'tonsite:') return;
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw badRequest(`inline keyboard button URL '${url}' is invalid: Unsupported URL protocol`);
  }
  if (!hostname.includes('.')) throw badRequest(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
}

function checkWebApp(webApp: unknown, where: string): void {
  const url = isObject(webApp) && typeof webApp.url === 'string' ? webApp.url : '';
  if (URL.canParse(url) && new URL(url).protocol === 'https:') return;
  throw badRequest(`${where} Web App URL '${url}' is invalid: Only HTTPS links are allowed`);
}

const styles: readonly unknown[] = [undefined, 'danger', 'success', 'primary', 'link'];

function checkStyle(style: unknown, wrong: (reason: string) => Error): void {
  if (!styles.includes(style)) throw wrong('invalid button style specified');
}

function keyboardButton(value: unknown): KeyboardButton {
  if (typeof value === 'string') return { text: value };
  const wrong = (reason: string) => badRequest(`can't parse keyboard button: ${reason}`);
  if (!isObject(value)) throw wrong('KeyboardButton must be a String or an Object');
  if (typeof value.text !== 'string' || value.text === '') throw wrong('Field "text" must be of type String');
  if (value.web_app !== undefined) checkWebApp(value.web_app, 'keyboard button');
  checkStyle(value.style, wrong);
  return { ...value, text: value.text };
}

function checkSize(rows: unknown[][], most: number, mostInRow: number): void {
  const count = rows.reduce((sum, row) => sum + row.length, 0);
  if (count > most || rows.some((row) => row.length > mostInRow)) throw badRequest('reply markup is too long');
}

/** Checks everything else against the API data: unknown fields, and wrong types of nested values. */
function checkShape(value: JsonObject, type: string, api: BotApi, strict: boolean): void {
  const fields = api.types.get(type)?.fields;
  const checked = fields && checkFields(value, fields, 'reply_markup', { api, strict });
  if (checked?.problem) throw badRequest(`parameter "${checked.problem.path}" ${checked.problem.message}`);
}
