import { createHash } from 'node:crypto';
import { createUpdateQueue, type DeliveryAttempt } from '../delivery/update-queue.ts';
import type { BotState } from '../state/bot-state.ts';
import type { World } from '../state/world.ts';

/** A bot to create. */
export interface NewBot {
  /** Without `@`. Telegram requires that it ends with "bot". */
  username: string;
  /** The visible name; derived from the username by default. */
  first_name?: string;
  /** Derived from the username by default. */
  token?: string;
  /** True if the bot receives all messages of groups: BotFather's privacy mode is off. */
  can_read_all_group_messages?: boolean;
}

/**
 * Registers a bot.
 *
 * @throws Error - when its username or token is already used or is not valid
 */
export function createBotState(world: World, bot: NewBot, onDelivery: (attempt: DeliveryAttempt) => void): BotState {
  const username = bot.username.replace(/^@/, '');
  if (!/^[A-Za-z][A-Za-z0-9_]{2,31}$/.test(username))
    throw new Error(`"${username}" is not a valid username of a bot: use 3-32 letters, digits and underscores`);
  const token = bot.token ?? deriveToken(world, username);
  const id = Number(token.split(':', 1)[0]);
  if (!/^\d+:[\w-]+$/.test(token)) throw new Error('The token is not valid: it must look like 123456:ABC-DEF');
  if (world.botsByUsername.has(username.toLowerCase()) || world.botsById.has(id))
    throw new Error(`A bot with the username @${username} or the ID ${id} already exists`);
  const state: BotState = {
    token,
    user: {
      id,
      is_bot: true,
      first_name: bot.first_name ?? username.replace(/_/g, ' '),
      username,
      can_join_groups: true,
      can_read_all_group_messages: bot.can_read_all_group_messages ?? false,
      supports_inline_queries: false,
      supports_guest_queries: false,
      supports_join_request_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      can_manage_bots: false,
    },
    rooms: new Map(),
    queue: createUpdateQueue({
      clock: world.clock,
      firstUpdateId: firstUpdateId(world),
      retryScale: world.settings.retryScale,
      webhookTimeout: world.settings.webhookTimeout,
      onDelivery,
    }),
    callbacks: new Map(),
    checkouts: new Map(),
    payments: new Map(),
    commands: new Map(),
    descriptions: new Map(),
    short_descriptions: new Map(),
    profile_photos: new Map(),
    last_message_id: world.settings.firstMessageId - 1,
  };
  world.botsById.set(id, state);
  world.botsByToken.set(token, state);
  world.botsByUsername.set(username.toLowerCase(), state);
  return state;
}

/** Returns an update ID that increases with time, so that a bot with an older database accepts the updates as new. */
function firstUpdateId(world: World): number {
  const tickMs = 20;
  return 1 + (Math.floor((world.clock.now() - Date.UTC(2026, 0, 1)) / tickMs) % 2_000_000_000);
}

/** Derives a token from a username. It is the same in every run, so that a bot can keep its database. */
function deriveToken(world: World, username: string): string {
  const hash = createHash('sha256').update(`botloom fake telegram ${username.toLowerCase()}`).digest();
  let id = 7_000_000_000 + (hash.readUInt32BE(0) % 900_000_000);
  while (world.botsById.has(id)) id += 1;
  return `${id}:AA${hash.toString('base64url').slice(0, 33)}`;
}
