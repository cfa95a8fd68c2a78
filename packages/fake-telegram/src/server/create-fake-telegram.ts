import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../call/api-error.ts';
import { createBoundedLog, matchesFilter, type RecordedCall } from '../call/call-log.ts';
import { sendRefusal } from '../call/send-response.ts';
import { serveChatWindow } from '../chat-window/serve-chat-window.ts';
import type { Clock } from '../clock.ts';
import type { BotState, Room } from '../state/bot-state.ts';
import { createGroup, migrateGroup, setMembership } from '../state/groups.ts';
import { promote } from '../state/membership.ts';
import { pushUpdate } from '../state/rooms.ts';
import type { World, WorldSettings } from '../state/world.ts';
import { createBotState } from './create-bot.ts';
import { createPeople } from './create-people.ts';
import { createWorld } from './create-world.ts';
import { diagnose } from './diagnose.ts';
import type { FakeTelegramOptions } from './fake-telegram-options.ts';
import type { Delivery, FakeBot, FakeGroup, FakeTelegram } from './fake-telegram.ts';
import { createFaultPlan } from './fault-plan.ts';
import { revokeToken } from './revoke-token.ts';
import { serveBotApi } from './serve-bot-api.ts';
import { waitUntilIdle, type IdleOptions } from './wait-until-idle.ts';

/** The parts of a fake that belong to its HTTP server. */
export interface FakeTelegramParts {
  options: FakeTelegramOptions;
  clock: Clock;
  url: string;
  close(): Promise<void>;
}

/** Creates a fake without its HTTP server, which the caller provides. */
export function createFakeTelegram(parts: FakeTelegramParts): {
  telegram: FakeTelegram;
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
} {
  const { options, clock, url } = parts;
  const historyLimit = options.historyLimit ?? 100_000;
  const calls = createBoundedLog<RecordedCall>(historyLimit);
  const deliveries = createBoundedLog<Delivery>(historyLimit);
  const faults = createFaultPlan();
  let openCalls = 0;
  let callCount = 0;
  const world = createWorld(clock, worldSettings(options));
  const idle = (idleOptions?: IdleOptions) =>
    waitUntilIdle(world.activity, () => describePending(world, openCalls), idleOptions);
  const people = createPeople({
    world,
    expectTimeout: options.expectTimeout ?? 5000,
    idle: () => idle(),
    diagnose: (room) => diagnose(room, calls.entries, deliveries.entries),
  });
  const host = {
    world,
    faults,
    calls,
    nextCallNumber: () => ++callCount,
    onOpenCall(change: 1 | -1) {
      openCalls += change;
      world.activity.touch();
    },
  };

  const windowHost = { world, findPerson: (name: string) => people.find(name).state };
  const telegram: FakeTelegram = {
    url,
    calls: calls.entries,
    deliveries: deliveries.entries,
    createBot(bot) {
      const state: BotState = createBotState(world, bot, (attempt) => {
        deliveries.add({ ...attempt, bot: state.user.username });
        world.activity.touch();
      });
      return botHandle(world, state);
    },
    user: (name, details = {}) => people.find(name, details).handle,
    group(title, members, { bots, type = 'group' } = {}) {
      const states = members.flatMap((person) => world.people.get(person.id) ?? []);
      const room = createGroup(world, title, states, type);
      for (const bot of bots ?? [...world.botsById.values()].map((state) => state.user)) {
        const state = world.botsById.get(bot.id);
        if (state) setMembership(world, room, state, true);
      }
      return groupHandle(world, room);
    },
    callsTo: (filter) => calls.entries.filter((call) => matchesFilter(call, filter)),
    fail: (script) => faults.fail(script),
    latency: (script) => faults.delay(script),
    clearFaults: () => faults.clear(),
    idle,
    async close() {
      for (const bot of world.botsById.values()) bot.queue.close();
      await parts.close();
    },
  };

  return {
    telegram,
    async serve(request, response) {
      const target = new URL(request.url ?? '/', url);
      if (await serveBotApi(host, request, response, target)) return;
      if (options.chatWindow !== false && (await serveChatWindow(windowHost, request, response, target))) return;
      sendRefusal(response, new ApiError(404, 'Not Found'));
    },
  };
}

function worldSettings(options: FakeTelegramOptions): WorldSettings {
  return {
    strict: options.strict ?? true,
    allowHttpWebhooks: options.allowHttpWebhooks ?? false,
    retryScale: options.retryScale ?? 1,
    webhookTimeout: options.webhookTimeout ?? 60_000,
    firstMessageId: options.firstMessageId ?? 1,
  };
}

function describePending(world: World, openCalls: number): string | undefined {
  if (openCalls > 0) return `${openCalls} call(s) of bots are in progress`;
  for (const { user, queue } of world.botsById.values()) {
    if (queue.hasReceiver && queue.pendingCount > 0)
      return `${queue.pendingCount} update(s) wait for @${user.username}`;
  }
  return undefined;
}

function botHandle(world: World, state: BotState): FakeBot {
  return {
    id: state.user.id,
    username: state.user.username,
    get token() {
      return state.token;
    },
    user: state.user,
    get webhook() {
      return state.queue.webhook;
    },
    get pending_update_count() {
      return state.queue.pendingCount;
    },
    pushUpdate: (kind, payload) => pushUpdate(world, state, kind, payload),
    duplicateUpdates: (times) => state.queue.duplicate(times),
    revokeToken: () => revokeToken(world, state),
  };
}

function groupHandle(world: World, room: Room): FakeGroup {
  const setMember = (bot: FakeBot, member: boolean) => {
    const state = world.botsById.get(bot.id);
    if (state) setMembership(world, room, state, member);
  };
  return {
    id: room.chat.id,
    title: room.chat.title ?? '',
    addBot: (bot) => setMember(bot, true),
    removeBot: (bot) => setMember(bot, false),
    promote(bot) {
      const state = world.botsById.get(bot.id);
      if (state) promote(world, room, state);
    },
    migrate: () => groupHandle(world, migrateGroup(world, room)),
  };
}
