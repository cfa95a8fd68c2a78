import { createHash } from 'node:crypto';
import { createUpdateQueue, type DeliveryAttempt } from '../delivery/update-queue.ts';
import type { BotState } from '../state/bot-state.ts';
import type { World } from '../state/world.ts';

/** A bot to be made. */
export interface NewBot {
  /** Without `@`; by Telegram's rule it ends in "bot". */
  username: string;
  /** What people see; made from the username if not said. */
  first_name?: string;
  /** Made up if not said. */
  token?: string;
  /** Lets the bot read everything in groups, as BotFather's privacy switch does. */
  can_read_all_group_messages?: boolean;
}

/** Registers a bot. Throws when its username or token is taken or malformed. */
export function createBotState(world: World, bot: NewBot, onDelivery: (attempt: DeliveryAttempt) => void): BotState {
  const username = bot.username.replace(/^@/, '');
  if (!/^[A-Za-z][A-Za-z0-9_]{2,31}$/.test(username)) throw new Error(`"${username}" is no username for a bot`);
  const token = bot.token ?? deriveToken(world, username);
  const id = Number(token.split(':', 1)[0]);
  if (!/^\d+:[\w-]+$/.test(token)) throw new Error('The token of a bot looks like 123456:ABC-DEF');
  if (world.botsByUsername.has(username.toLowerCase()) || world.botsById.has(id))
    throw new Error(`There is a bot @${username} or one with its id already`);
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

/** Grows with time, so that a bot whose database outlives the fake does not take new updates for known ones. */
function firstUpdateId(world: World): number {
  const tickMs = 20;
  return 1 + (Math.floor((world.clock.now() - Date.UTC(2026, 0, 1)) / tickMs) % 2_000_000_000);
}

/** The same username gives the same token, so that a database outlives the fake. */
function deriveToken(world: World, username: string): string {
  const hash = createHash('sha256').update(`botloom fake telegram ${username.toLowerCase()}`).digest();
  let id = 7_000_000_000 + (hash.readUInt32BE(0) % 900_000_000);
  while (world.botsById.has(id)) id += 1;
  return `${id}:AA${hash.toString('base64url').slice(0, 33)}`;
}
