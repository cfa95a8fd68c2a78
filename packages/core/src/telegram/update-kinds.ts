import type { EventMap } from '../engine/index.ts';

/** What becomes of one kind of update. Every update is counted in the bot's `request_count`. */
export interface UpdateKind {
  /** Whether the person it names becomes a user of the bot (or is brought up to date). */
  readonly user: boolean;
  /**
   * `content`: a row of the message log, typed by what the message holds; `edit`: the row of the edited message is changed;
   * `as_is`: a row whose type is the kind and whose payload is what Telegram sent; null: no row.
   */
  readonly log: 'content' | 'edit' | 'as_is' | null;
  /** What the flows are told; null: nothing. */
  readonly event: keyof EventMap | null;
  /** Why, for the reference page. */
  readonly note: string;
}

const COUNTED_ONLY = { user: false, log: null, event: null } as const;
const LOGGED_RAW = { user: false, log: 'as_is', event: null } as const;
const LOGGED_RAW_WITH_USER = { user: true, log: 'as_is', event: null } as const;

/** Every update kind of Bot API 10.3. A kind that is not here is counted only. */
export const UPDATE_KINDS = {
  message: {
    user: true,
    log: 'content',
    event: 'message',
    note: 'Service messages (joins, pins, topics …) are logged; one that says who came or went is a `chat_event` of that person, a payment (`successful_payment`) is a `payment`, the others are none. Anonymous admins, channels and bots make no user and no event.',
  },
  edited_message: { user: true, log: 'edit', event: null, note: 'Flows do not see edits.' },
  channel_post: { user: false, log: 'content', event: null, note: 'Nobody in particular wrote it.' },
  edited_channel_post: { user: false, log: 'edit', event: null, note: '' },
  business_connection: { ...LOGGED_RAW, note: 'Says what the bot may do for a business account.' },
  business_message: {
    ...LOGGED_RAW,
    note: 'Written to the business account, not to the bot: its message ids are of another chat than the bot’s own.',
  },
  edited_business_message: { ...LOGGED_RAW, note: 'A row of its own, for the same reason.' },
  deleted_business_messages: { ...LOGGED_RAW, note: '' },
  guest_message: { ...LOGGED_RAW, note: 'From a chat the bot is not in.' },
  message_reaction: {
    user: true,
    log: null,
    event: 'chat_event',
    note: '`reaction`, when one was added. In groups only administrators are told. A reaction of a chat (`actor_chat`) makes no user.',
  },
  message_reaction_count: {
    ...COUNTED_ONLY,
    note: 'Of nobody in particular. Telegram sends it only when asked to; Botloom does not ask.',
  },
  inline_query: { ...COUNTED_ONLY, note: 'One with every key typed; the person has not started the bot.' },
  chosen_inline_result: { ...LOGGED_RAW, note: '' },
  callback_query: {
    user: true,
    log: 'content',
    event: 'callback',
    note: 'Logged with type `callback` and its data as text.',
  },
  shipping_query: { ...LOGGED_RAW_WITH_USER, note: '' },
  pre_checkout_query: { ...LOGGED_RAW_WITH_USER, note: 'Answered at once, before and beside all else: see the guide.' },
  purchased_paid_media: { ...LOGGED_RAW_WITH_USER, note: '' },
  poll: { ...LOGGED_RAW, note: 'The state of a poll, of nobody in particular.' },
  poll_answer: { ...LOGGED_RAW_WITH_USER, note: 'A vote of a chat (`voter_chat`) makes no user.' },
  my_chat_member: {
    user: true,
    log: 'as_is',
    event: 'chat_event',
    note: 'In a private chat the person has `blocked` or `unblocked` the bot; in a group they have `bot_added` or `bot_removed` it, or changed its rights, which is no event.',
  },
  chat_member: {
    user: true,
    log: null,
    event: 'chat_event',
    note: '`joined` or `left`, in groups where the bot is an administrator. The user is the person it is about. Other changes are no event.',
  },
  chat_join_request: {
    user: true,
    log: 'as_is',
    event: 'chat_event',
    note: '`join_request`, in the chat with the person, who can be written to for five minutes.',
  },
  chat_boost: { ...LOGGED_RAW, note: '' },
  removed_chat_boost: { ...LOGGED_RAW, note: '' },
  managed_bot: { ...LOGGED_RAW, note: '' },
  subscription: { ...LOGGED_RAW_WITH_USER, note: '' },
  stopped_message_generation: { ...COUNTED_ONLY, note: 'Botloom streams no drafts.' },
} as const satisfies Readonly<Record<string, UpdateKind>>;

export type UpdateKindName = keyof typeof UPDATE_KINDS;

/** The `allowed_updates` of setWebhook and getUpdates: every kind that does more than count. */
export const SUBSCRIBED_KINDS: readonly UpdateKindName[] = kindNames().filter((name) => {
  const kind: UpdateKind = UPDATE_KINDS[name];
  return kind.user || kind.log !== null || kind.event !== null;
});

export function isKnownKind(name: string): name is UpdateKindName {
  return Object.hasOwn(UPDATE_KINDS, name);
}

function kindNames(): UpdateKindName[] {
  return Object.keys(UPDATE_KINDS).filter(isKnownKind);
}
