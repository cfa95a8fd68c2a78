import { randomInt, randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import {
  chatSessionKey,
  isBotloomError,
  NO_WAIT,
  sessionId,
  userId,
  type BatchDecision,
  type BatchInput,
  type BatchOutcome,
  type BatchWrites,
  type Bot,
  type ErrorCode,
  type LockedBatch,
  type NewBot,
  type NewMessage,
  type SessionKey,
  type SessionSummary,
  type Storage,
  type UserUpsert,
} from '@botloom/core';

export const EVERYONE = { owner: null };

/** A time later than any test run. */
export const FAR_FUTURE_MS = 9_000_000_000_000;

export const NO_WRITES: BatchWrites = {
  users: [],
  sessions: [],
  answers: [],
  messages: [],
  edits: [],
  calls: [],
  jobs: [],
  migrated_chats: [],
};

export function newBot(change: Partial<NewBot> = {}): NewBot {
  const telegram_id = randomInt(1, 2 ** 40);
  return {
    id: randomUUID(),
    name: 'Shop',
    telegram_id,
    username: 'shop_bot',
    owner: null,
    token: `${telegram_id}:${randomUUID()}`,
    webhook_secret: randomUUID(),
    settings: {},
    ...change,
  };
}

export function createBot(storage: Storage, change: Partial<NewBot> = {}): Promise<Bot> {
  return storage.bots.create(newBot(change));
}

/** Registers a live instance. Its lease is long, because no test waits for its end. */
export async function startInstance(storage: Storage, lease = 600_000): Promise<string> {
  const id = randomUUID();
  await storage.instances.register(id, 'conformance', lease);
  return id;
}

export function userUpsert(chat_id: number, change: Partial<UserUpsert> = {}): UserUpsert {
  return {
    chat_id,
    username: null,
    first_name: 'Ann',
    last_name: null,
    language: null,
    phone: null,
    is_blocked: false,
    ...change,
  };
}

export function privateKey(bot_id: string, chat_id: number): SessionKey {
  return chatSessionKey(bot_id, { id: chat_id, type: 'private' });
}

/** Input of a person's private message: claims the update, upserts the user, locks the session. */
export function privateInput(
  bot_id: string,
  update_id: number,
  chat_id: number,
  change: Partial<UserUpsert> = {},
): BatchInput {
  return {
    bot_id,
    claim: { kind: 'update', update_id },
    user: userUpsert(chat_id, change),
    sessions: [privateKey(bot_id, chat_id)],
  };
}

export function incoming(bot_id: string, chat_id: number, change: Partial<NewMessage> = {}): NewMessage {
  return {
    bot_id,
    user_id: null,
    chat_id,
    thread_id: 0,
    direction: 'incoming',
    type: 'text',
    text: 'hello',
    file_id: null,
    flow_id: null,
    telegram_message_id: null,
    payload: null,
    send: null,
    ...change,
  };
}

export function outgoing(bot_id: string, chat_id: number, change: Partial<NewMessage> = {}): NewMessage {
  const send = { method: 'sendMessage', delivery: 'at_least_once', expires_at: FAR_FUTURE_MS } as const;
  return incoming(bot_id, chat_id, { direction: 'outgoing', text: 'hi', payload: { text: 'hi' }, send, ...change });
}

/** Creates a session to write. Without a summary, it only waits for the user. */
type SessionWrite = Omit<BatchWrites['sessions'][number], 'summary'> & { readonly summary?: SessionSummary };

export function commit({
  sessions = [],
  ...writes
}: Partial<Omit<BatchWrites, 'sessions'>> & { readonly sessions?: readonly SessionWrite[] } = {}): BatchDecision {
  const summarized = sessions.map((session) => ({ summary: NO_WAIT, ...session }));
  return { kind: 'commit', writes: { ...NO_WRITES, ...writes, sessions: summarized } };
}

/** Runs one batch. `decide` is optional, for tests of claims. */
export function runBatch(
  storage: Storage,
  owner: string,
  inputs: readonly BatchInput[],
  decide: (locked: LockedBatch) => BatchDecision = () => commit(),
  now = Date.now(),
): Promise<BatchOutcome> {
  return storage.updates.processBatch(owner, inputs, now, decide);
}

/** Sends one message to a private chat, in a separate batch. */
export async function sendTo(
  storage: Storage,
  owner: string,
  bot_id: string,
  chat_id: number,
  text = 'hi',
): Promise<BatchOutcome['messages'][number]> {
  const outcome = await runBatch(storage, owner, [privateInput(bot_id, nextUpdateId(), chat_id)], () =>
    commit({ messages: [outgoing(bot_id, chat_id, { text })] }),
  );
  const message = outcome.messages[0];
  if (message === undefined) throw new Error('The batch has written no message.');
  return message;
}

/** Returns a new update ID, far from those that cases choose themselves. */
let lastUpdateId = 1_000_000_000;

export function nextUpdateId(): number {
  lastUpdateId += 1;
  return lastUpdateId;
}

/** Returns the user that a batch finds after it has upserted it. */
export async function findUser(storage: Storage, bot_id: string, chat_id: number): Promise<string> {
  let id: string | undefined;
  await runBatch(storage, 'no owner', [privateInput(bot_id, nextUpdateId(), chat_id)], (locked) => {
    id = locked.users.get(userId(bot_id, chat_id))?.id;
    return commit();
  });
  if (id === undefined) throw new Error('The batch has found no user.');
  return id;
}

export async function readSession(storage: Storage, key: SessionKey) {
  let found: unknown;
  await runBatch(
    storage,
    'no owner',
    [{ bot_id: key.bot_id, claim: { kind: 'update', update_id: nextUpdateId() }, user: null, sessions: [key] }],
    (locked) => {
      found = locked.sessions.get(sessionId(key));
      return { kind: 'rollback' };
    },
  );
  return found;
}

/** Expects a rejection with an error code. */
export async function expectCode(promise: Promise<unknown>, code: ErrorCode): Promise<void> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(isBotloomError(error) ? error.code : error).toBe(code);
}

/** Returns every item of a list, read page by page. */
export async function readAll<Item>(
  list: (cursor: string | undefined) => Promise<{ readonly items: readonly Item[]; readonly next: string | null }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = await list(cursor);
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = page.next;
  }
}
