import type { ApiField, ApiMethod, BotApi } from '../api-data/bot-api.ts';
import { badRequest } from '../call/api-error.ts';
import type { JsonObject } from '../telegram-objects.ts';
import { checkField } from './check-value.ts';
import { isObject, type RawParameters, type UploadedFile } from './read-parameters.ts';

/** The checked parameters of one call. Each reader returns undefined for a missing parameter. */
export interface Parameters {
  readonly values: Readonly<JsonObject>;
  string(name: string): string | undefined;
  number(name: string): number | undefined;
  boolean(name: string): boolean;
  object(name: string): JsonObject | undefined;
  list(name: string): unknown[] | undefined;
  /** Returns the uploaded file with this name. */
  upload(name: string): UploadedFile | undefined;
}

/**
 * Checks the parameters of a call against the API data.
 *
 * @throws ApiError 400 - with Telegram's text where it is known, otherwise with our own
 */
export function checkParameters(raw: RawParameters, method: ApiMethod, api: BotApi, strict: boolean): Parameters {
  const values: JsonObject = {};
  for (const [name, given] of Object.entries(raw.values)) {
    const field = method.fields.get(name);
    if (!field) {
      if (strict) throw badRequest(`unknown parameter "${name}" in ${method.name}`);
      continue;
    }
    if (given === null || given === undefined || given === '') continue;
    if (name === 'reply_markup') {
      values[name] = parseMarkup(given);
      continue;
    }
    const value = typeof given === 'string' && isStructured(field.types) ? parseJson(given, name) : given;
    const checked = checkField(value, withoutLengthCheck.has(name) ? withoutLimit(field) : field, name, {
      api,
      strict,
    });
    if (checked.problem) throw badRequest(`parameter "${checked.problem.path}" ${checked.problem.message}`);
    values[name] = checked.value;
  }
  for (const field of method.fields.values()) {
    if (!field.required || values[field.name] !== undefined || raw.files.has(field.name)) continue;
    if (raw.values[field.name] === '' && mayBeEmpty.has(field.name)) continue;
    throw badRequest(missing[field.name] ?? `parameter "${field.name}" is required`);
  }
  if (strict) checkFiles(raw);
  return {
    values,
    string: (name) => asType(values[name], 'string'),
    number: (name) => asType(values[name], 'number'),
    boolean: (name) => values[name] === true,
    object: (name) => (isObject(values[name]) ? values[name] : undefined),
    list: (name) => (Array.isArray(values[name]) ? values[name] : undefined),
    upload: (name) => raw.files.get(name),
  };
}

/** Rejects files that no parameter uses. Telegram ignores them, but they are a mistake of the bot. */
function checkFiles({ values, files }: RawParameters): void {
  const text = files.size === 0 ? '' : JSON.stringify(values).replaceAll('\\', '');
  for (const name of files.keys()) {
    if (!fileParameters.has(name) && !text.includes(`"attach://${name}"`))
      throw badRequest(`no parameter uses the file "${name}"`);
  }
}

const fileParameters = new Set([
  'photo',
  'document',
  'video',
  'audio',
  'voice',
  'animation',
  'sticker',
  'video_note',
  'certificate',
  'thumbnail',
]);

/** Telegram checks the length of these after it has parsed the markup, or clamps them to their range. */
const withoutLengthCheck = new Set(['text', 'caption', 'limit', 'max_connections', 'secret_token', 'media']);

/** `setWebhook` with an empty URL removes the webhook. */
const mayBeEmpty = new Set(['url']);

function withoutLimit({ limit: _limit, ...field }: ApiField): ApiField {
  return field;
}

const missing: Record<string, string | undefined> = {
  chat_id: 'chat_id is empty',
  text: 'message text is empty',
  photo: 'there is no photo in the request',
  document: 'there is no document in the request',
  video: 'there is no video in the request',
  audio: 'there is no audio in the request',
  voice: 'there is no voice in the request',
  animation: 'there is no animation in the request',
  sticker: 'there is no sticker in the request',
  user_id: 'invalid user_id specified',
  file_id: 'file_id not specified',
};

function isStructured(types: readonly string[]): boolean {
  return types.some((type) => !['Integer', 'Float', 'Boolean', 'True', 'String', 'InputFile'].includes(type));
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(`can't parse ${name} JSON object`);
  }
}

/** Parses a keyboard. `check-reply-markup.ts` checks it later, with Telegram's words. */
function parseMarkup(given: unknown): unknown {
  const value = typeof given === 'string' ? parseJson(given, 'reply keyboard markup') : given;
  if (!isObject(value)) throw badRequest('object expected as reply markup');
  return value;
}

function asType(value: unknown, type: 'string'): string | undefined;
function asType(value: unknown, type: 'number'): number | undefined;
function asType(value: unknown, type: string): unknown {
  if (type === 'string' && typeof value === 'number') return String(value);
  return typeof value === type ? value : undefined;
}
