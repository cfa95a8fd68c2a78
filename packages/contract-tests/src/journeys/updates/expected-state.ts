/**
 * The state that a sequence of updates must produce, computed from the raw updates alone. It is an oracle for the
 * tests, written from the table in the documentation and deliberately not with Botloom's own code.
 */
export interface ExpectedState {
  readonly requests: number;
  /**
   * Number of received messages. An edit does not count, although it has a separate row if the original message was
   * never seen.
   */
  readonly received: number;
  /** By the user's Telegram ID. */
  readonly users: ReadonlyMap<number, ExpectedUser>;
  /** Oldest first. */
  readonly messages: readonly ExpectedMessage[];
}

export interface ExpectedUser {
  readonly chat_id: number;
  readonly username: string | null;
  readonly first_name: string;
  readonly last_name: string | null;
  readonly language: string | null;
  readonly phone: string | null;
  readonly is_blocked: boolean;
}

export interface ExpectedMessage {
  readonly type: string;
  readonly text: string | null;
  readonly file_id: string | null;
  readonly telegram_message_id: number | null;
  readonly chat_id: number | null;
  readonly thread_id: number;
  /** Telegram ID of the user; null if the update has no user. */
  readonly user: number | null;
}

type Raw = Readonly<Record<string, unknown>>;

/** Kinds of updates that register a user. */
const KINDS_WITH_PERSON = [
  'message',
  'edited_message',
  'callback_query',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll_answer',
  'chat_join_request',
  'subscription',
  'my_chat_member',
  'chat_member',
  'message_reaction',
];
const KINDS_LOGGED_RAW = [
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'guest_message',
  'chosen_inline_result',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'my_chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'managed_bot',
  'subscription',
];
const KINDS_OF_MESSAGES = ['message', 'channel_post', 'edited_message', 'edited_channel_post'];
const KINDS_COUNTED_ONLY = ['message_reaction_count', 'inline_query', 'stopped_message_generation'];
const ALL_KINDS = new Set([...KINDS_WITH_PERSON, ...KINDS_LOGGED_RAW, ...KINDS_OF_MESSAGES, ...KINDS_COUNTED_ONLY]);

export function expectState(updates: readonly Raw[]): ExpectedState {
  const users = new Map<number, ExpectedUser>();
  const messages: ExpectedMessage[] = [];
  let received = 0;
  for (const update of updates) {
    const kind = Object.keys(update).find((key) => ALL_KINDS.has(key) && isObject(update[key]));
    if (kind === undefined) continue;
    const content = child(update, kind);
    const user = upsertPerson(users, kind, content);
    const row = expectedRowOf(kind, content, user);
    if (row === null) continue;
    const isEdit = kind === 'edited_message' || kind === 'edited_channel_post';
    const edited = isEdit ? messages.findIndex((other) => isSameMessage(other, row)) : -1;
    if (edited === -1) messages.push(row);
    else messages[edited] = row;
    if (!isEdit) received += 1;
  }
  return { requests: updates.length, received, users, messages };
}

/**
 * Number of updates that are answered by a flow that answers every message: messages of users, but neither service
 * messages of Telegram about a chat nor payments.
 */
export function countReplies(updates: readonly Raw[]): number {
  return updates.filter((update) => {
    const message = child(update, 'message');
    if (number(message.message_id) === null || number(child(message, 'chat').id) === null) return false;
    return (
      upsertPerson(new Map(), 'message', message) !== null &&
      !isService(message) &&
      !isForAnotherBot(message) &&
      typeOf(message) !== 'successful_payment'
    );
  }).length;
}

function upsertPerson(users: Map<number, ExpectedUser>, kind: string, content: Raw): number | null {
  const isPrivate = child(content, 'chat').type === 'private';
  const status = child(content, 'new_chat_member').status;
  const isReachability = kind === 'my_chat_member' && isPrivate && (status === 'kicked' || status === 'member');
  if (!KINDS_WITH_PERSON.includes(kind)) return null;
  const about = membershipSubject(kind, content);
  const person = about ?? (isObject(content.from) ? content.from : content.user);
  if (!isObject(person) || typeof person.id !== 'number' || person.is_bot === true) return null;
  if (about === null && (isObject(content.sender_chat) || isObject(content.voter_chat))) return null;
  const known = users.get(person.id);
  const contact = child(content, 'contact');
  const phone = contact.user_id === person.id ? text(contact.phone_number) : null;
  const isTalking =
    (kind === 'message' && isPrivate && !isService(content)) ||
    (kind === 'callback_query' && child(child(content, 'message'), 'chat').type === 'private');
  users.set(person.id, {
    chat_id: person.id,
    username: text(person.username),
    first_name: text(person.first_name) ?? '',
    last_name: text(person.last_name),
    language: text(person.language_code),
    phone: phone ?? known?.phone ?? null,
    is_blocked: isReachability ? status === 'kicked' : !isTalking && (known?.is_blocked ?? false),
  });
  return person.id;
}

/** The user whose membership changes, if this is not the user who changed it. */
function membershipSubject(kind: string, content: Raw): Raw | null {
  if (kind === 'chat_member') return child(child(content, 'new_chat_member'), 'user');
  if (kind !== 'message' || !(text(child(content, 'chat').type) ?? '').endsWith('group')) return null;
  const came = Array.isArray(content.new_chat_members)
    ? content.new_chat_members.filter(isObject).find((member) => member.is_bot !== true)
    : undefined;
  const left =
    isObject(content.left_chat_member) && content.left_chat_member.is_bot !== true
      ? content.left_chat_member
      : undefined;
  return came ?? left ?? null;
}

function expectedRowOf(kind: string, content: Raw, user: number | null): ExpectedMessage | null {
  if (kind === 'callback_query') {
    return {
      type: 'callback',
      text: text(content.data),
      file_id: null,
      telegram_message_id: null,
      ...chatAndThreadOf(child(content, 'message')),
      user,
    };
  }
  const textOrCaption = text(content.text) ?? text(content.caption);
  if (KINDS_LOGGED_RAW.includes(kind)) {
    return {
      type: kind,
      text: textOrCaption,
      file_id: null,
      telegram_message_id: null,
      ...(kind === 'chat_join_request'
        ? { chat_id: number(content.user_chat_id), thread_id: 0 }
        : chatAndThreadOf(content)),
      user,
    };
  }
  if (!KINDS_OF_MESSAGES.includes(kind)) return null;
  const type = typeOf(content);
  return {
    type,
    text: textOrCaption,
    file_id: fileOf(content[type]),
    telegram_message_id: number(content.message_id),
    ...chatAndThreadOf(content),
    user,
  };
}

function chatAndThreadOf(content: Raw): Pick<ExpectedMessage, 'chat_id' | 'thread_id'> {
  const thread_id = content.is_topic_message === true ? (number(content.message_thread_id) ?? 0) : 0;
  const chat_id = number(child(content, 'chat').id);
  return { chat_id, thread_id: chat_id === null ? 0 : thread_id };
}

/** Members of Message that describe the message, as opposed to its content. */
const METADATA_MEMBERS = new Set([
  'message_id',
  'message_thread_id',
  'direct_messages_topic',
  'from',
  'sender_chat',
  'sender_boost_count',
  'sender_business_bot',
  'date',
  'business_connection_id',
  'chat',
  'forward_origin',
  'is_topic_message',
  'is_automatic_forward',
  'reply_to_message',
  'external_reply',
  'quote',
  'reply_to_story',
  'via_bot',
  'edit_date',
  'has_protected_content',
  'is_from_offline',
  'media_group_id',
  'author_signature',
  'entities',
  'link_preview_options',
  'caption',
  'caption_entities',
  'has_media_spoiler',
  'reply_markup',
  'show_caption_above_media',
  // From older versions of the Bot API.
  'forward_from',
  'forward_from_chat',
  'forward_from_message_id',
  'forward_signature',
  'forward_sender_name',
  'forward_date',
  'new_chat_member',
  'new_chat_participant',
  'left_chat_participant',
]);
/** Telegram sends the second member together with the first, for programs that do not know the first. */
const COMPANION_TYPES: Readonly<Record<string, string>> = {
  animation: 'document',
  venue: 'location',
  live_photo: 'photo',
};
/** From a future version of the Bot API. */
const FUTURE_TYPE_PATTERN = /^(unknown|future|holo)/;

function typeOf(message: Raw): string {
  const contentMembers = Object.keys(message).filter(
    (key) => !METADATA_MEMBERS.has(key) && !FUTURE_TYPE_PATTERN.test(key) && message[key] !== null,
  );
  const companions = contentMembers.map((key) => COMPANION_TYPES[key]);
  const [type, ...others] = contentMembers.filter((key) => !companions.includes(key));
  if (others.length > 0)
    throw new Error(`The oracle cannot tell what a message with ${contentMembers.join(', ')} holds.`);
  return type ?? 'unknown';
}

/** Created by Telegram, not by the user. */
const SERVICE_TYPE_PATTERN =
  /^(new_chat|left_chat|delete_chat|group_chat|supergroup_chat|channel_chat|chat_(owner|background)|message_auto|migrate|pinned|connected|write_access|proximity|boost|checklist_tasks|community|direct_message_price|forum|general_forum|giveaway_(created|completed)|managed_bot|paid_message_price|poll_option|suggested_post|video_chat|gift_upgrade|refunded_payment)/;

function isService(message: Raw): boolean {
  return SERVICE_TYPE_PATTERN.test(typeOf(message));
}

/** `/cmd@name` in a group. No bot of the tests has a name that the sample uses. */
function isForAnotherBot(message: Raw): boolean {
  return child(message, 'chat').type !== 'private' && /^\/\w+@\w+/.test(text(message.text) ?? '');
}

function fileOf(content: unknown): string | null {
  if (Array.isArray(content)) {
    const sizes = content.filter(isObject).filter((size) => typeof size.file_id === 'string');
    const area = (size: Raw): number => (number(size.width) ?? 0) * (number(size.height) ?? 0);
    const largest = sizes.reduce<Raw | null>(
      (best, size) => (best === null || area(size) >= area(best) ? size : best),
      null,
    );
    return text(largest?.file_id);
  }
  return isObject(content) ? text(content.file_id) : null;
}

function isSameMessage(a: ExpectedMessage, b: ExpectedMessage): boolean {
  return a.chat_id === b.chat_id && a.telegram_message_id !== null && a.telegram_message_id === b.telegram_message_id;
}

function child(value: Raw, name: string): Raw {
  const found = value[name];
  return isObject(found) ? found : {};
}

function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : null;
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}
