import { expect, test } from 'vitest';
import type { Storage } from '@botloom/core';
import { createBot, EVERYONE, expectCode, findUser, sendTo } from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

const PAGE = { limit: 10 };
const STRANGER = { owner: 'bob' };
const UPLOAD = (bot_id: string) => ({
  bot_id,
  name: 'a',
  content_type: 'image/png',
  sha256: 'x',
  content: Buffer.from('x'),
});

/** Every operation with a scope behaves as if the rows of another owner did not exist. */
export function tenancyCases({ storage }: CaseGroup): void {
  async function rowsOfAnn() {
    const { id: bot_id } = await createBot(storage(), { owner: 'ann' });
    const flow = await storage().flows.create(
      { owner: 'ann' },
      { bot_id, name: 'f', flow_data: {}, trigger_command: null, is_default: false, is_active: true },
    );
    const user_id = await findUser(storage(), bot_id, 1);
    const message = await sendTo(storage(), 'me', bot_id, 1);
    await storage().dead_letters.add({ bot_id, update_id: 1_000_000, payload: {}, reason: 'x' });
    const [letter] = (await storage().dead_letters.list(EVERYONE, bot_id, PAGE)).items;
    const upload = await storage().uploads.create({ owner: 'ann' }, UPLOAD(bot_id), 1_000);
    return { bot_id, flow_id: flow.id, upload_id: upload.id, user_id, message_id: message.id, letter_id: letter!.id };
  }
  type Rows = Awaited<ReturnType<typeof rowsOfAnn>>;

  const READS: Readonly<
    Record<string, (storage: Storage, rows: Rows, scope: { owner: string | null }) => Promise<unknown>>
  > = {
    'bots.get': ({ bots }, { bot_id }, scope) => bots.get(scope, bot_id),
    'flows.get': ({ flows }, { bot_id, flow_id }, scope) => flows.get(scope, bot_id, flow_id),
    'users.get': ({ users }, { bot_id, user_id }, scope) => users.get(scope, bot_id, user_id),
    'sessions.get': ({ sessions }, { bot_id }, scope) =>
      sessions.get(scope, bot_id, { chat_id: 1, thread_id: 0, user_id: 1 }),
    'uploads.get': ({ uploads }, { bot_id, upload_id }, scope) => uploads.get(scope, bot_id, upload_id),
    'uploads.readPart': ({ uploads }, { bot_id, upload_id }, scope) => uploads.readPart(scope, bot_id, upload_id, 0),
    'messages.get': ({ messages }, { bot_id, message_id }, scope) => messages.get(scope, bot_id, message_id),
  };
  const REFUSED: Readonly<
    Record<
      string,
      readonly [
        code: 'BOT_NOT_FOUND' | 'FLOW_NOT_FOUND' | 'USER_NOT_FOUND',
        verb: (storage: Storage, rows: Rows) => Promise<unknown>,
      ]
    >
  > = {
    'bots.update': ['BOT_NOT_FOUND', ({ bots }, { bot_id }) => bots.update(STRANGER, bot_id, { name: 'stolen' })],
    'bots.delete': ['BOT_NOT_FOUND', ({ bots }, { bot_id }) => bots.delete(STRANGER, bot_id)],
    'bots.stageWebhookSecret': [
      'BOT_NOT_FOUND',
      ({ bots }, { bot_id }) => bots.stageWebhookSecret(STRANGER, bot_id, 's'),
    ],
    'bots.confirmWebhook': [
      'BOT_NOT_FOUND',
      ({ bots }, { bot_id }) => bots.confirmWebhook(STRANGER, bot_id, 'digest', 'https://x.test'),
    ],
    'bots.clearWebhook': ['BOT_NOT_FOUND', ({ bots }, { bot_id }) => bots.clearWebhook(STRANGER, bot_id)],
    'flows.create': [
      'BOT_NOT_FOUND',
      ({ flows }, { bot_id }) =>
        flows.create(STRANGER, {
          bot_id,
          name: 'f',
          flow_data: {},
          trigger_command: null,
          is_default: false,
          is_active: true,
        }),
    ],
    'flows.list': ['BOT_NOT_FOUND', ({ flows }, { bot_id }) => flows.list(STRANGER, bot_id, PAGE)],
    'flows.update': [
      'FLOW_NOT_FOUND',
      ({ flows }, { bot_id, flow_id }) => flows.update(STRANGER, bot_id, flow_id, { name: 'stolen' }),
    ],
    'flows.delete': ['FLOW_NOT_FOUND', ({ flows }, { bot_id, flow_id }) => flows.delete(STRANGER, bot_id, flow_id)],
    'users.list': ['BOT_NOT_FOUND', ({ users }, { bot_id }) => users.list(STRANGER, bot_id, {}, PAGE)],
    'sessions.list': ['BOT_NOT_FOUND', ({ sessions }, { bot_id }) => sessions.list(STRANGER, bot_id, {}, PAGE)],
    'users.list by tag': ['BOT_NOT_FOUND', ({ users }, { bot_id }) => users.list(STRANGER, bot_id, { tag: 'x' }, PAGE)],
    'users.change': [
      'USER_NOT_FOUND',
      ({ users }, { bot_id, user_id }) =>
        users.change(STRANGER, bot_id, user_id, () => ({ tags: ['stolen'], attributes: {} })),
    ],
    'secrets.list': ['BOT_NOT_FOUND', ({ secrets }, { bot_id }) => secrets.list(STRANGER, bot_id, PAGE)],
    'secrets.set': ['BOT_NOT_FOUND', ({ secrets }, { bot_id }) => secrets.set(STRANGER, bot_id, 'KEY', 'stolen')],
    'secrets.remove': ['BOT_NOT_FOUND', ({ secrets }, { bot_id }) => secrets.remove(STRANGER, bot_id, 'KEY')],
    'uploads.create': [
      'BOT_NOT_FOUND',
      ({ uploads }, { bot_id }) => uploads.create(STRANGER, { ...UPLOAD(bot_id), name: 'stolen' }, 1_000),
    ],
    'uploads.list': ['BOT_NOT_FOUND', ({ uploads }, { bot_id }) => uploads.list(STRANGER, bot_id, PAGE)],
    'uploads.delete': [
      'BOT_NOT_FOUND',
      ({ uploads }, { bot_id, upload_id }) => uploads.delete(STRANGER, bot_id, upload_id),
    ],
    'messages.list': ['BOT_NOT_FOUND', ({ messages }, { bot_id }) => messages.list(STRANGER, bot_id, {}, PAGE)],
    'answers.list': ['BOT_NOT_FOUND', ({ answers }, { bot_id }) => answers.list(STRANGER, bot_id, {}, PAGE)],
    'dead_letters.list': ['BOT_NOT_FOUND', (each, { bot_id }) => each.dead_letters.list(STRANGER, bot_id, PAGE)],
  };

  test.each(Object.keys(READS))('%s returns nothing to another owner', async (name) => {
    const rows = await rowsOfAnn();
    expect(await READS[name]!(storage(), rows, { owner: 'ann' })).not.toBeNull();
    expect(await READS[name]!(storage(), rows, EVERYONE)).not.toBeNull();
    expect(await READS[name]!(storage(), rows, STRANGER)).toBeNull();
    expect(await READS[name]!(storage(), rows, { owner: '' })).toBeNull();
  });

  test.each(Object.keys(REFUSED))('%s rejects another owner and changes nothing', async (name) => {
    const rows = await rowsOfAnn();
    const before = await storage().bots.load(rows.bot_id);
    const [code, verb] = REFUSED[name]!;
    await expectCode(verb(storage(), rows), code);
    expect(await storage().bots.load(rows.bot_id)).toEqual(before);
    expect(await storage().flows.get(EVERYONE, rows.bot_id, rows.flow_id)).toMatchObject({ name: 'f' });
  });

  test('lists of bots contain those of the owner; only an unlimited scope contains bots without an owner', async () => {
    const { bot_id } = await rowsOfAnn();
    const { id: ownerless } = await createBot(storage());
    const ids = async (scope: { owner: string | null }) =>
      (await storage().bots.list(scope, { limit: 100 })).items.map(({ id }) => id);
    expect(await ids({ owner: 'ann' })).toContain(bot_id);
    expect(await ids({ owner: 'ann' })).not.toContain(ownerless);
    expect(await ids(STRANGER)).toEqual([]);
    expect(await ids({ owner: '' })).toEqual([]);
    expect(await ids(EVERYONE)).toEqual(expect.arrayContaining([bot_id, ownerless]));
  });

  test('a dead letter is not replayed for another owner, and rows cannot be reached through another bot', async () => {
    const rows = await rowsOfAnn();
    expect(await storage().dead_letters.beginReplay(STRANGER, rows.bot_id, rows.letter_id)).toBeNull();
    const { id: mine } = await createBot(storage(), { owner: 'bob' });
    await storage().dead_letters.endReplay(mine, rows.letter_id);
    expect(await storage().dead_letters.beginReplay(STRANGER, mine, rows.letter_id)).toBeNull();
    expect(await storage().flows.get(STRANGER, mine, rows.flow_id)).toBeNull();
    expect(await storage().users.get(STRANGER, mine, rows.user_id)).toBeNull();
    expect(await storage().messages.get(STRANGER, mine, rows.message_id)).toBeNull();
    expect(await storage().uploads.get(STRANGER, mine, rows.upload_id)).toBeNull();
    expect(await storage().uploads.readPart(STRANGER, mine, rows.upload_id, 0)).toBeNull();
    await expectCode(storage().uploads.delete(STRANGER, mine, rows.upload_id), 'UPLOAD_NOT_FOUND');
    await expectCode(storage().flows.update(STRANGER, mine, rows.flow_id, { name: 'stolen' }), 'FLOW_NOT_FOUND');
    expect((await storage().messages.list(STRANGER, mine, { user_id: rows.user_id }, PAGE)).items).toEqual([]);
    expect((await storage().answers.list(STRANGER, mine, { user_id: rows.user_id }, PAGE)).items).toEqual([]);
    expect(await storage().dead_letters.beginReplay({ owner: 'ann' }, rows.bot_id, rows.letter_id)).not.toBeNull();
  });
}
