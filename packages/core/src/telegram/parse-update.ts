import type { EngineEvent } from '../engine/index.ts';
import type { JsonObject } from '../model/index.ts';
import { cleanJson } from './clean-json.ts';
import { idOf, objectOf, stringOf, type Fields } from './fields.ts';
import { readMessageContent } from './message-content.ts';
import { CHAT_EVENT_READERS, readServiceMessage } from './parse-chat-event.ts';
import { parseCommand } from './parse-command.ts';
import type { LogEntry, ParsedUpdate, UpdateUser } from './parsed-update.ts';
import { isKnownKind, UPDATE_KINDS, type UpdateKind } from './update-kinds.ts';

/** Identity of the bot, to distinguish its commands from those of other bots. */
export interface BotIdentity {
  readonly id: string;
  readonly username: string;
}

type Chat = NonNullable<ParsedUpdate['chat']>;

/**
 * Parses an update. Pure, and accepts everything that `isUpdate` accepts, with any members missing or of a wrong type.
 * `UPDATE_KINDS` defines the result per kind. Every string in the result is clean (`cleanJson`).
 *
 * @example
 * const { user, log, event } = parseUpdate(update, { id: bot.id, username: bot.username });
 */
export function parseUpdate(update: JsonObject, bot: BotIdentity): ParsedUpdate {
  const clean = cleanJson(update);
  const update_id = idOf(clean.update_id) ?? 0;
  for (const kind of Object.keys(clean)) {
    if (!isKnownKind(kind)) continue;
    const content = objectOf(clean[kind]);
    if (content !== null) return parseKind(update_id, kind, content, bot);
  }
  return {
    update_id,
    kind: 'unknown',
    user: null,
    chat: null,
    log: null,
    event: null,
    reachability: null,
    migrated: null,
  };
}

function parseKind(
  update_id: number,
  kind: keyof typeof UPDATE_KINDS,
  content: JsonObject,
  bot: BotIdentity,
): ParsedUpdate {
  const rule: UpdateKind = UPDATE_KINDS[kind];
  const isCallback = kind === 'callback_query';
  const chat = readChat(isCallback ? objectOf(content.message) : content);
  const reachability = kind === 'my_chat_member' && chat?.type === 'private' ? readReachability(content) : null;
  const isMessageKind = rule.log === 'content' || rule.log === 'edit';
  const { log, event } = isCallback
    ? readCallback(content)
    : isMessageKind
      ? readMessage(content, rule, chat, bot)
      : { log: null, event: null };
  const { event: chatEvent, about: subject } = isChatEventKind(kind)
    ? CHAT_EVENT_READERS[kind](content, chat)
    : kind === 'message'
      ? readServiceMessage(content, chat)
      : { event: null, about: null };
  const user = rule.user ? readUser(subject === null ? content : { user: subject }) : null;
  return {
    update_id,
    kind,
    user,
    chat: kind === 'chat_join_request' ? privateChatOf(content) : chat,
    log: rule.log === 'as_is' ? toRawLogEntry(kind, content) : log,
    event: user === null ? null : (event ?? chatEvent),
    reachability,
    migrated: isMessageKind && chat !== null ? readMigration(content, chat) : null,
  };
}

function isChatEventKind(kind: string): kind is keyof typeof CHAT_EVENT_READERS {
  return Object.hasOwn(CHAT_EVENT_READERS, kind);
}

/**
 * Returns the private chat with a user who asks to join: the conversation takes place there, not in the chat that the
 * user is not a member of.
 */
function privateChatOf(request: Fields): Chat | null {
  const id = idOf(request.user_chat_id) ?? idOf(objectOf(request.from)?.id);
  return id === null ? null : { id, type: 'private', thread_id: 0 };
}

function readMessage(
  message: Fields,
  rule: UpdateKind,
  chat: Chat | null,
  bot: BotIdentity,
): { log: LogEntry; event: EngineEvent | null } {
  const { type, file_id, is_service } = readMessageContent(message);
  const text = stringOf(message.text) ?? stringOf(message.caption);
  const telegram_message_id = idOf(message.message_id);
  const log: LogEntry = {
    action: rule.log === 'edit' ? 'update' : 'store',
    type,
    text,
    file_id,
    telegram_message_id,
    payload: isPlainText(message) ? null : asJson(message),
  };
  if (rule.event !== 'message' || is_service || telegram_message_id === null || chat === null)
    return { log, event: null };
  if (type === 'successful_payment') return { log, event: readPayment(objectOf(message.successful_payment)) };
  const command = text === null || type !== 'text' ? null : parseCommand(message, text, bot.username);
  // A command for another bot is ignored in a group. In a private chat it is an ordinary text.
  if (command === 'other_bot' && chat.type !== 'private') return { log, event: null };
  return {
    log,
    event: {
      kind: 'message',
      type,
      text,
      command: command === 'other_bot' ? null : command,
      telegram_message_id,
      content: asJson(message),
    },
  };
}

/** Returns null for a payment without its charge, which Telegram never sends. */
function readPayment(payment: Fields | null): EngineEvent | null {
  const charge = stringOf(payment?.telegram_payment_charge_id);
  const currency = stringOf(payment?.currency);
  const total_amount = idOf(payment?.total_amount);
  if (payment === null || charge === null || currency === null || total_amount === null) return null;
  return {
    kind: 'payment',
    currency,
    total_amount,
    invoice_payload: stringOf(payment.invoice_payload) ?? '',
    telegram_payment_charge_id: charge,
    provider_payment_charge_id: stringOf(payment.provider_payment_charge_id) ?? '',
    order_info: objectOf(payment.order_info),
  };
}

function readCallback(query: Fields): { log: LogEntry; event: EngineEvent | null } {
  const data = stringOf(query.data);
  const telegram_message_id = idOf(objectOf(query.message)?.message_id);
  const query_id = stringOf(query.id);
  return {
    // The message ID belongs to the message of the bot that has the buttons, not to this row.
    log: {
      action: 'store',
      type: 'callback',
      text: data,
      file_id: null,
      telegram_message_id: null,
      payload: callbackPayload(query, telegram_message_id),
    },
    event: query_id === null ? null : { kind: 'callback', query_id, data: data ?? '', telegram_message_id },
  };
}

/** Returns the payload without the message, which is in the log already, and without the user, who has a row. */
function callbackPayload(query: Fields, message_id: number | null): JsonObject | null {
  const inline = stringOf(query.inline_message_id);
  const game = stringOf(query.game_short_name);
  if (message_id === null && inline === null && game === null) return null;
  return {
    ...(message_id !== null && { message_id }),
    ...(inline !== null && { inline_message_id: inline }),
    ...(game !== null && { game_short_name: game }),
  };
}

/** The message ID of the row stays empty: IDs in business chats are numbered separately from those of the bot. */
function toRawLogEntry(kind: string, content: Fields): LogEntry {
  return {
    action: 'store',
    type: kind,
    text: stringOf(content.text) ?? stringOf(content.caption),
    file_id: null,
    telegram_message_id: null,
    payload: asJson(content),
  };
}

function readUser(content: Fields): UpdateUser | null {
  // A sender that acts as a chat (anonymous administrators, channels), or votes as one, is not a user.
  if (objectOf(content.sender_chat) !== null || objectOf(content.voter_chat) !== null) return null;
  const from = objectOf(content.from) ?? objectOf(content.user);
  const chat_id = idOf(from?.id);
  if (from === null || chat_id === null || chat_id <= 0 || from.is_bot === true) return null;
  const contact = objectOf(content.contact);
  return {
    chat_id,
    username: stringOf(from.username),
    first_name: stringOf(from.first_name) ?? '',
    last_name: stringOf(from.last_name),
    language: stringOf(from.language_code),
    phone: contact !== null && contact.user_id === chat_id ? stringOf(contact.phone_number) : null,
  };
}

function readChat(content: Fields | null): Chat | null {
  const chat = objectOf(content?.chat);
  const id = idOf(chat?.id);
  if (content === null || chat === null || id === null) return null;
  // Outside of topics, the thread ID only identifies the chain of replies.
  const thread_id = content.is_topic_message === true ? (idOf(content.message_thread_id) ?? 0) : 0;
  return { id, type: stringOf(chat.type) ?? (id > 0 ? 'private' : 'group'), thread_id };
}

function readReachability(change: Fields): ParsedUpdate['reachability'] {
  const status = stringOf(objectOf(change.new_chat_member)?.status);
  if (status === 'kicked') return 'blocked';
  return status === 'member' ? 'unblocked' : null;
}

function readMigration(message: Fields, chat: Chat): ParsedUpdate['migrated'] {
  const to = idOf(message.migrate_to_chat_id);
  if (to !== null) return { from_chat_id: chat.id, to_chat_id: to };
  const from = idOf(message.migrate_from_chat_id);
  return from === null ? null : { from_chat_id: from, to_chat_id: chat.id };
}

const PLAIN_TEXT_MEMBERS = new Set([
  'message_id',
  'from',
  'chat',
  'date',
  'text',
  'entities',
  'message_thread_id',
  'is_topic_message',
]);

/**
 * True if the columns of the row contain all of the message: the common case, in which it would be wasteful to store
 * the message again.
 */
function isPlainText(message: Fields): boolean {
  if (typeof message.text !== 'string') return false;
  for (const member of Object.keys(message)) {
    if (!PLAIN_TEXT_MEMBERS.has(member)) return false;
  }
  const { entities } = message;
  return (
    entities === undefined ||
    (Array.isArray(entities) && entities.every((entity) => objectOf(entity)?.type === 'bot_command'))
  );
}

function asJson(fields: Fields): JsonObject {
  // Parsed from JSON, in which no member is undefined.
  return fields as JsonObject;
}
