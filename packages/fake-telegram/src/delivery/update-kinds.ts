/** Telegram's rule for a kind of update: the queue that it waits in, and its lifetime. */
export interface UpdateRule {
  /** The part of the queue key. Updates with the same key are delivered one after another, others concurrently. */
  queue: 'chat' | 'user' | 'id';
  /** Updates of different families never wait for each other. */
  family: string;
  /** Milliseconds until an undelivered update is dropped. */
  lifetimeMs: number;
}

const dayMs = 24 * 60 * 60 * 1000;

const messages: UpdateRule = { queue: 'chat', family: 'message', lifetimeMs: dayMs };
const business: UpdateRule = { queue: 'chat', family: 'business', lifetimeMs: dayMs };

const rules: Record<string, UpdateRule | undefined> = {
  message: messages,
  edited_message: messages,
  channel_post: messages,
  edited_channel_post: messages,
  business_message: business,
  edited_business_message: business,
  deleted_business_messages: business,
  business_connection: { queue: 'user', family: 'business', lifetimeMs: dayMs },
  my_chat_member: { queue: 'chat', family: 'my_chat_member', lifetimeMs: dayMs },
  message_reaction: { queue: 'chat', family: 'reaction', lifetimeMs: dayMs },
  message_reaction_count: { queue: 'chat', family: 'reaction', lifetimeMs: dayMs },
  chat_member: { queue: 'user', family: 'chat_member', lifetimeMs: dayMs },
  chat_join_request: { queue: 'user', family: 'chat_member', lifetimeMs: dayMs },
  callback_query: { queue: 'user', family: 'callback', lifetimeMs: 150_000 },
  shipping_query: { queue: 'user', family: 'payment', lifetimeMs: 150_000 },
  pre_checkout_query: { queue: 'user', family: 'payment', lifetimeMs: 150_000 },
  inline_query: { queue: 'user', family: 'inline', lifetimeMs: 30_000 },
  chosen_inline_result: { queue: 'user', family: 'inline', lifetimeMs: 600_000 },
  poll: { queue: 'id', family: 'poll', lifetimeMs: dayMs },
  poll_answer: { queue: 'user', family: 'poll', lifetimeMs: dayMs },
};

/** Returns the rule for a kind of update. Kinds that are not listed wait with the messages of their chat. */
export function updateRule(kind: string): UpdateRule {
  return rules[kind] ?? messages;
}

/** Kinds that a bot receives only if it names them in `allowed_updates`. */
export const optInKinds: ReadonlySet<string> = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

/** Returns the key of the queue that an update waits in, derived from its rule and its content. */
export function queueKey(kind: string, payload: unknown): string {
  const { queue, family } = updateRule(kind);
  const id = queue === 'id' ? idAt(payload) : idAt(field(payload, queue === 'chat' ? 'chat' : 'from'));
  return `${family}:${id ?? idAt(field(payload, 'user')) ?? idAt(field(field(payload, 'message'), 'chat')) ?? 0}`;
}

function idAt(value: unknown): number | string | undefined {
  const id = field(value, 'id');
  return typeof id === 'number' || typeof id === 'string' ? id : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
