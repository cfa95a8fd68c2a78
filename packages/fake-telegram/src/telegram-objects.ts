/** The Telegram objects that the fake creates and reads. Fields that it does not use pass through unchanged. */

/** A JSON object with unknown fields. */
export type JsonObject = Record<string, unknown>;

export interface User {
  id: number;
  is_bot: boolean;
  first_name: string;
  last_name?: string;
  username?: string;
  language_code?: string;
}

/** The result of `getMe`. */
export interface BotUser extends User {
  username: string;
  can_join_groups: boolean;
  can_read_all_group_messages: boolean;
  supports_inline_queries: boolean;
  supports_guest_queries: boolean;
  supports_join_request_queries: boolean;
  can_connect_to_business: boolean;
  has_main_web_app: boolean;
  has_topics_enabled: boolean;
  allows_users_to_create_topics: boolean;
  can_manage_bots: boolean;
}

export type ChatType = 'private' | 'group' | 'supergroup' | 'channel';

export interface Chat {
  id: number;
  type: ChatType;
  title?: string;
  username?: string;
  first_name?: string;
  last_name?: string;
}

/** A range of a text, in UTF-16 code units. */
export interface MessageEntity {
  type: string;
  offset: number;
  length: number;
  url?: string;
  user?: User;
  language?: string;
  custom_emoji_id?: string;
  unix_time?: number;
  date_time_format?: string;
}

export interface InlineKeyboardButton {
  text: string;
  callback_data?: string;
  url?: string;
  style?: string;
  web_app?: { url: string };
  copy_text?: { text: string };
  pay?: boolean;
  [field: string]: unknown;
}

export interface InlineKeyboardMarkup {
  inline_keyboard: InlineKeyboardButton[][];
}

export interface KeyboardButton {
  text: string;
  request_contact?: boolean;
  request_location?: boolean;
  style?: string;
  [field: string]: unknown;
}

export interface ReplyKeyboardMarkup {
  keyboard: KeyboardButton[][];
  is_persistent?: boolean;
  resize_keyboard?: boolean;
  one_time_keyboard?: boolean;
  input_field_placeholder?: string;
}

export interface PhotoSize {
  file_id: string;
  file_unique_id: string;
  width: number;
  height: number;
  file_size?: number;
}

/** The common fields of video, audio, voice, document, animation and sticker objects. */
export interface Attachment {
  file_id: string;
  file_unique_id: string;
  file_name?: string;
  mime_type?: string;
  file_size?: number;
  [field: string]: unknown;
}

export interface Location {
  latitude: number;
  longitude: number;
}

export interface Venue {
  location: Location;
  title: string;
  address: string;
}

export interface Dice {
  emoji: string;
  value: number;
}

/** A poll, as far as the chat shows it. */
export interface Poll {
  question: string;
  options: { text: string }[];
}

/** The common fields of payments and refunds. */
export interface PaidAmount {
  currency: string;
  total_amount: number;
}

/** A command of the menu that the bot has set. */
export interface BotCommand {
  command: string;
  description: string;
}

export interface Contact {
  phone_number: string;
  first_name: string;
  last_name?: string;
  user_id?: number;
}

/** The part of an invoice that the chat shows. */
export interface Invoice {
  title: string;
  description: string;
  start_parameter: string;
  currency: string;
  total_amount: number;
}

export interface Message {
  message_id: number;
  date: number;
  chat: Chat;
  from?: User;
  edit_date?: number;
  text?: string;
  entities?: MessageEntity[];
  caption?: string;
  caption_entities?: MessageEntity[];
  photo?: PhotoSize[];
  document?: Attachment;
  animation?: Attachment;
  video?: Attachment;
  video_note?: Attachment;
  audio?: Attachment;
  voice?: Attachment;
  sticker?: Attachment;
  venue?: Venue;
  dice?: Dice;
  poll?: Poll;
  successful_payment?: PaidAmount;
  refunded_payment?: PaidAmount;
  location?: Location;
  contact?: Contact;
  invoice?: Invoice;
  reply_to_message?: Message;
  reply_markup?: InlineKeyboardMarkup;
  [field: string]: unknown;
}

export interface CallbackQuery {
  id: string;
  from: User;
  message?: Message;
  chat_instance: string;
  data?: string;
}

/** An update as the bot receives it: `update_id` and one more field, named after its kind. */
export interface Update {
  update_id: number;
  [kind: string]: unknown;
}
