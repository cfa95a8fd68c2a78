import { randomUUID } from 'node:crypto';
import {
  chatSessionKey,
  NO_WAIT,
  type BatchInput,
  type BatchWrites,
  type NewUpload,
  type SessionSummary,
  type Storage,
  type Upload,
  type UserUpsert,
} from '@botloom/core';

const SCOPES = [{ owner: null }, { owner: 'owner 1' }];
const DAY_MS = 86_400_000;
/** The bot that the queries are for. */
const FLOWS = [randomUUID(), randomUUID(), randomUUID()];

/** Objects that the reads need. */
export interface Sample {
  readonly bot_id: string;
  readonly user_id: string;
  readonly flow_id: string;
  readonly message_id: number;
  readonly chat_id: number;
  readonly upload_id: string;
}

/**
 * Fills the tables with the storage functions that production uses: thousands of messages, users, sessions and
 * claims, and a few hundred rows of the other tables.
 */
export async function seedDatabase(storage: Storage): Promise<Sample> {
  await storage.instances.register('me', 'plans', 600_000);
  const bots: string[] = [];
  for (let index = 0; index < 1_500; index += 5) {
    const several = Array.from({ length: 5 }, () => randomUUID());
    await Promise.all(
      several.map((id, each) =>
        storage.bots.create({
          id,
          name: 'b',
          telegram_id: index,
          username: 'b',
          owner: `owner ${(index + each) % 20}`,
          token: id,
          webhook_secret: 's',
          settings: {},
        }),
      ),
    );
    bots.push(...several);
  }
  for (const [index, bot_id] of bots.slice(0, 600).entries())
    for (const name of ['a', 'b']) await storage.secrets.set({ owner: null }, bot_id, name, `x ${index}`);
  const uploads: Upload[] = [];
  for (const [index, bot_id] of bots.slice(0, 300).entries())
    for (const name of ['a', 'b'])
      uploads.push(await storage.uploads.create({ owner: null }, upload(bot_id, `${name} ${index}`), 1_000));
  for (const { bot_id, id } of uploads)
    await storage.uploads.saveFileIds(bot_id, [{ upload_id: id, kind: 'photo', file_id: id }]);
  const flow_ids: string[] = [];
  for (const bot_id of [...bots.slice(0, 300), ...bots.slice(0, 300)]) {
    const flow = await storage.flows.create(
      { owner: null },
      { bot_id, name: 'f', flow_data: { response: 'x' }, trigger_command: null, is_default: false, is_active: true },
    );
    flow_ids.push(flow.id);
    await storage.flows.update({ owner: null }, bot_id, flow.id, { flow_data: { response: 'y' } });
  }
  const now = Date.now();
  for (let batch = 0; batch < 60; batch += 1) {
    const inputs = Array.from({ length: 128 }, (_, index) =>
      input(bots[(batch * 7 + index) % 40] ?? '', batch * 128 + index),
    );
    await storage.updates.processBatch('me', inputs, now - (60 - batch) * DAY_MS, (locked) => {
      const users = [...locked.users.values()];
      const changes = users.map(({ id, bot_id }, index) => ({
        id,
        bot_id,
        tags: index % 3 === 0 ? ['vip', `tag ${index}`] : ['vip'],
        tags_before: [],
        attributes: {},
      }));
      return { kind: 'commit', writes: { ...write(inputs, users), users: changes } };
    });
  }
  for (let index = 0; index < 2_000; index += 4) {
    const several = [index, index + 1, index + 2, index + 3];
    await Promise.all(
      several.map((each) =>
        storage.dead_letters.add({
          bot_id: bots[each % 300] ?? '',
          update_id: 10_000_000 + each,
          payload: {},
          reason: 'x',
        }),
      ),
    );
    await Promise.all(
      several.map((each) =>
        storage.api_keys.create({
          id: randomUUID(),
          name: 'k',
          hash: `hash ${each}`,
          permissions: ['read'],
          owner: null,
          expires_at: null,
        }),
      ),
    );
  }
  for (let batch = 0; batch < 10; batch += 1) {
    await storage.jobs.add(
      Array.from({ length: 1_000 }, (_, index) => ({
        bot_id: bots[index % 300] ?? '',
        kind: 'x',
        payload: {},
        due_at: now + index,
        key: null,
      })),
    );
  }
  const bot_id = bots[1] ?? '';
  const [user] = (await storage.users.list({ owner: null }, bot_id, {}, { limit: 1 })).items;
  const [message] = (await storage.messages.list({ owner: null }, bot_id, {}, { limit: 1 })).items;
  await storage.outbox.failBlocked(bot_id, user?.chat_id ?? 0, 'blocked');
  return {
    bot_id,
    user_id: user?.id ?? '',
    flow_id: flow_ids[1] ?? '',
    message_id: message?.id ?? 0,
    chat_id: user?.chat_id ?? 0,
    upload_id: uploads[2]?.id ?? '',
  };
}

/** Every read, and every write that has to find its rows. */
export async function runAllReads(
  storage: Storage,
  { bot_id, user_id, flow_id, message_id, chat_id, upload_id }: Sample,
): Promise<void> {
  const page = { limit: 10 };
  await storage.outbox.findPrevious(message_id);
  await storage.sessions.find({ bot_id, chat_id, thread_id: 0, user_id: chat_id });
  for (const scope of SCOPES) {
    await storage.bots.get(scope, bot_id);
    const bots = await storage.bots.list(scope, { limit: 2 });
    await storage.bots.list(scope, { limit: 2, cursor: bots.next ?? undefined });
    await storage.flows.get(scope, bot_id, flow_id);
    const flows = await storage.flows.list(scope, bot_id, { limit: 1 });
    await storage.flows.list(scope, bot_id, { limit: 1, cursor: flows.next ?? undefined });
    await storage.users.get(scope, bot_id, user_id);
    for (const filter of [
      {},
      { is_blocked: true },
      { is_blocked: false },
      { search: 'an' },
      { search: 'an', is_blocked: false },
      { tag: 'vip' },
      { tag: 'vip', search: 'an', is_blocked: false },
    ]) {
      const users = await storage.users.list(scope, bot_id, filter, { limit: 2 });
      await storage.users.list(scope, bot_id, filter, { limit: 2, cursor: users.next ?? undefined });
    }
    await storage.sessions.get(scope, bot_id, { chat_id, thread_id: 0, user_id: chat_id });
    for (const filter of [
      {},
      { user_id },
      { wait_reason: 'event' as const },
      { wait_reason: 'person' as const },
      { user_id, wait_reason: 'event' as const },
    ]) {
      const sessions = await storage.sessions.list(scope, bot_id, filter, { limit: 2 });
      await storage.sessions.list(scope, bot_id, filter, {
        limit: 2,
        cursor: sessions.next ?? Buffer.from('[1,0,1]').toString('base64url'),
      });
    }
    await storage.messages.get(scope, bot_id, message_id);
    const times = { from: new Date(Date.now() - 5 * DAY_MS).toISOString(), to: new Date().toISOString() };
    for (const filter of [
      {},
      { user_id },
      { direction: 'incoming' as const },
      { type: 'text' },
      times,
      { user_id, ...times },
    ]) {
      const messages = await storage.messages.list(scope, bot_id, filter, { limit: 2 });
      await storage.messages.list(scope, bot_id, filter, { limit: 2, cursor: messages.next ?? undefined });
    }
    for (const filter of [
      {},
      { user_id },
      { flow_id: FLOWS[0] },
      { step_id: 'age' },
      { variable: 'age' },
      times,
      { user_id, flow_id: FLOWS[0], ...times },
    ]) {
      const answers = await storage.answers.list(scope, bot_id, filter, { limit: 2 });
      await storage.answers.list(scope, bot_id, filter, {
        limit: 2,
        cursor: answers.next ?? Buffer.from('[1,1]').toString('base64url'),
      });
    }
    const secrets = await storage.secrets.list(scope, bot_id, { limit: 1 });
    await storage.secrets.list(scope, bot_id, { limit: 1, cursor: secrets.next ?? undefined });
    await storage.uploads.get(scope, bot_id, upload_id);
    await storage.uploads.readPart(scope, bot_id, upload_id, 0);
    const uploads = await storage.uploads.list(scope, bot_id, { limit: 1 });
    await storage.uploads.list(scope, bot_id, { limit: 1, cursor: uploads.next ?? undefined });
    await storage.dead_letters.list(scope, bot_id, page);
    await storage.dead_letters.list(scope, bot_id, { ...page, cursor: Buffer.from('[5]').toString('base64url') });
  }
  await storage.bots.load(bot_id);
  await storage.bots.activeIds(bot_id, 10);
  const { flows } = await storage.flows.published(bot_id);
  await storage.flows.versions(
    bot_id,
    flows.map(({ version_id }) => version_id),
  );
  await storage.users.listReachable(bot_id, null, 2);
  await storage.users.listReachable(bot_id, 1, 2);
  for (const days of [1, 7, 30]) await storage.users.countActive(bot_id, Date.now() - days * DAY_MS);
  await storage.messages.counts(bot_id, '2020-01-01');
  await storage.api_keys.findByHash('hash 5');
  await storage.api_keys.list({ owner: null }, { limit: 10 });
  await storage.api_keys.list({ owner: 'owner 1' }, { limit: 10 });
  await storage.outbox.load('me', null, 10);
  const [item] = await storage.outbox.load('me', { position: 100, id: 100 }, 10);
  await storage.outbox.backlog('other');
  await storage.outbox.backlogOfChat(bot_id, chat_id, 10);
  await storage.outbox.moveChat(bot_id, -5, -6);
  await storage.outbox.failBlocked(bot_id, chat_id, 'x');
  if (item !== undefined)
    await storage.outbox.recordOutcomes('me', [
      { source: item.source, id: item.id, kind: 'sent', telegram_message_id: 1, at: Date.now() },
    ]);
  await storage.instances.register('other', 'plans', 600_000);
  const first = input(bot_id, 50_000_000, chat_id);
  await storage.updates.processBatch('other', [first], Date.now(), (locked) => {
    const writes = write([first], [...locked.users.values()]);
    const users = [...locked.users.values()].map(({ id, bot_id: bot, tags }) => ({
      id,
      bot_id: bot,
      tags: ['new'],
      tags_before: tags,
      attributes: {},
    }));
    return {
      kind: 'commit',
      writes: {
        ...writes,
        users,
        edits: writes.messages.slice(0, 1).flatMap((message) => [message, { ...message, user_id: null }]),
      },
    };
  });
  await storage.jobs.find('a key');
  await storage.jobs.createOwned('me', { bot_id, kind: 'x', payload: {}, due_at: Date.now(), key: 'a key' });
  await storage.users.change({ owner: null }, bot_id, user_id, () => ({ tags: ['other'], attributes: {} }));
  await storage.secrets.open(bot_id, ['a', 'b']);
  await storage.secrets.set({ owner: null }, bot_id, 'c', 'x');
  await storage.secrets.remove({ owner: null }, bot_id, 'c');
  await storage.uploads.find(bot_id, [upload_id]);
  await storage.uploads.saveFileIds(bot_id, [{ upload_id, kind: 'photo', file_id: 'AAA' }]);
  await storage.uploads.deleteFileIds(bot_id, [{ upload_id, kind: 'photo', file_id: 'AAA' }]);
  const made = await storage.uploads.create({ owner: null }, upload(bot_id, 'c'), 1_000);
  await storage.uploads.delete({ owner: null }, bot_id, made.id);
  await storage.jobs.nextDueAt();
  const jobs = await storage.jobs.claimDue('me', Date.now(), 5);
  await storage.jobs.releaseUnknown(
    'me',
    jobs.map(({ id }) => id),
    0,
  );
  await storage.jobs.recordOutcomes(
    'me',
    jobs.map(({ id }) => ({
      kind: 'done',
      id,
      profile: { user_id, bio: null, profile_photo_file_id: null, read_at: 1 },
    })),
  );
  await storage.instances.takeOver('me');
  await storage.maintenance.pruneSeenUpdates(Date.now() - 59 * DAY_MS, 10);
}

function upload(bot_id: string, name: string): NewUpload {
  return { bot_id, name, content_type: 'image/png', sha256: name, content: Buffer.from(name) };
}

function input(bot_id: string, index: number, chat = index % 3_000): BatchInput {
  const user: UserUpsert = {
    chat_id: chat,
    username: `user${chat}`,
    first_name: `Ann ${chat}`,
    last_name: chat % 2 === 0 ? `Lee ${chat}` : null,
    language: 'en',
    phone: null,
    is_blocked: false,
  };
  return {
    bot_id,
    claim: { kind: 'update', update_id: index },
    user,
    sessions: [chatSessionKey(bot_id, { id: chat, type: 'private' })],
  };
}

function write(
  inputs: readonly BatchInput[],
  users: readonly { readonly id: string; readonly bot_id: string; readonly chat_id: number }[],
): BatchWrites {
  const ids = new Map(users.map(({ id, bot_id, chat_id }) => [`${bot_id}:${chat_id}`, id]));
  const messages = inputs.map(({ bot_id, user }, index) => {
    const chat_id = user?.chat_id ?? 0;
    const row = {
      bot_id,
      user_id: ids.get(`${bot_id}:${chat_id}`) ?? null,
      chat_id,
      thread_id: 0,
      type: 'text',
      text: 'x',
      file_id: null,
      flow_id: null,
      telegram_message_id: index,
      payload: null,
    };
    const send = { method: 'sendMessage', delivery: 'at_least_once', expires_at: 9e12 } as const;
    return index % 10 === 0
      ? { ...row, direction: 'outgoing' as const, send }
      : { ...row, direction: 'incoming' as const, send: null };
  });
  const calls = inputs.slice(0, 40).map(({ bot_id, user }) => ({
    bot_id,
    chat_id: user?.chat_id ?? 0,
    method: 'x',
    payload: {},
    expires_at: 9e12,
    after_message: -1,
  }));
  const jobs = inputs
    .slice(0, 2)
    .map(({ bot_id }) => ({ bot_id, kind: 'x', payload: {}, due_at: Date.now(), key: null }));
  const waiting: SessionSummary = { wait_reason: 'event', wait_subject: 'paid', deadline: null };
  const sessions = inputs.flatMap(({ sessions: keys }) =>
    keys.map((key) => ({
      key,
      session: { flow_version_id: 1, step_id: 's', state: {} },
      summary: key.chat_id % 50 === 0 ? waiting : NO_WAIT,
    })),
  );
  const answers = inputs.flatMap(({ bot_id, user, sessions: keys }, index) =>
    keys.map((key) => ({
      key,
      user_id: ids.get(`${bot_id}:${user?.chat_id ?? 0}`) ?? null,
      flow_id: FLOWS[index % 3] ?? '',
      flow_version_id: 1,
      step_id: 'age',
      variable: 'age',
      value: index,
    })),
  );
  return { users: [], sessions, answers, messages, edits: [], calls, jobs, migrated_chats: [] };
}
