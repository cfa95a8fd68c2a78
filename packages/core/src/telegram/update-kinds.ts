import type { EventMap } from '../engine/index.ts';

/** Processing of one kind of update. Every update is counted in `request_count` of the bot. */
export interface UpdateKind {
  /** True if its user becomes a user of the bot (or is updated). */
  readonly user: boolean;
  /**
   * `content`: a row of the message log, typed by the content of the message. `edit`: changes the row of the edited
   * message. `as_is`: a row whose type is the kind and whose payload is the content from Telegram. null: no row.
   */
  readonly log: 'content' | 'edit' | 'as_is' | null;
  /** Event for the flows; null for none. */
  readonly event: keyof EventMap | null;
  /** Explanation on the reference page. */
  readonly note: string;
}

const COUNTED_ONLY = { user: false, log: null, event: null } as const;
const LOGGED_RAW = { user: false, log: 'as_is', event: null } as const;
const LOGGED_RAW_WITH_USER = { user: true, log: 'as_is', event: null } as const;

/** All update kinds of Bot API 10.3. Other kinds are only counted. */
export const UPDATE_KINDS = {
  message: {
    user: true,
    log: 'content',
    event: 'message',
    note:
      'Service messages (joins, pins, topics …) are logged. A join or leave is a `chat_event` of that user, and a ' +
      '`successful_payment` is a `payment`; the others are not events. Anonymous administrators, channels and bots ' +
      'create no user and no event.',
  },
  edited_message: { user: true, log: 'edit', event: null, note: 'Flows do not see edits.' },
  channel_post: { user: false, log: 'content', event: null, note: 'It has no author who is a user.' },
  edited_channel_post: { user: false, log: 'edit', event: null, note: '' },
  business_connection: { ...LOGGED_RAW, note: 'The rights of the bot for a business account.' },
  business_message: {
    ...LOGGED_RAW,
    note: 'Sent to the business account, not to the bot. Its message IDs are numbered separately.',
  },
  edited_business_message: { ...LOGGED_RAW, note: 'A separate row, for the same reason.' },
  deleted_business_messages: { ...LOGGED_RAW, note: '' },
  guest_message: { ...LOGGED_RAW, note: 'From a chat that the bot is not a member of.' },
  message_reaction: {
    user: true,
    log: null,
    event: 'chat_event',
    note:
      '`reaction`, when one was added. In groups, only bots that are administrators receive it. A reaction of a ' +
      'chat (`actor_chat`) creates no user.',
  },
  message_reaction_count: {
    ...COUNTED_ONLY,
    note: 'It has no user. Telegram sends it only on request, and Botloom does not request it.',
  },
  inline_query: { ...COUNTED_ONLY, note: 'Sent for every typed character; the user has not started the bot.' },
  chosen_inline_result: { ...LOGGED_RAW, note: '' },
  callback_query: {
    user: true,
    log: 'content',
    event: 'callback',
    note: 'Logged with type `callback` and its data as text.',
  },
  shipping_query: { ...LOGGED_RAW_WITH_USER, note: '' },
  pre_checkout_query: {
    ...LOGGED_RAW_WITH_USER,
    note: 'Answered at once, independently of the queues: see the guide.',
  },
  purchased_paid_media: { ...LOGGED_RAW_WITH_USER, note: '' },
  poll: { ...LOGGED_RAW, note: 'The state of a poll. It has no user.' },
  poll_answer: { ...LOGGED_RAW_WITH_USER, note: 'A vote of a chat (`voter_chat`) creates no user.' },
  my_chat_member: {
    user: true,
    log: 'as_is',
    event: 'chat_event',
    note:
      'In a private chat: `blocked` or `unblocked`. In a group: `bot_added` or `bot_removed`. A change of the ' +
      'rights of the bot is not an event.',
  },
  chat_member: {
    user: true,
    log: null,
    event: 'chat_event',
    note:
      '`joined` or `left`, in groups where the bot is an administrator. The user is the one whose membership ' +
      'changed. Other changes are not events.',
  },
  chat_join_request: {
    user: true,
    log: 'as_is',
    event: 'chat_event',
    note: '`join_request`, in the private chat with the user. The bot can write to the user for five minutes.',
  },
  chat_boost: { ...LOGGED_RAW, note: '' },
  removed_chat_boost: { ...LOGGED_RAW, note: '' },
  managed_bot: { ...LOGGED_RAW, note: '' },
  subscription: { ...LOGGED_RAW_WITH_USER, note: '' },
  stopped_message_generation: { ...COUNTED_ONLY, note: 'Botloom does not stream drafts.' },
} as const satisfies Readonly<Record<string, UpdateKind>>;

export type UpdateKindName = keyof typeof UPDATE_KINDS;

/** The `allowed_updates` of setWebhook and getUpdates: all kinds that are not only counted. */
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
