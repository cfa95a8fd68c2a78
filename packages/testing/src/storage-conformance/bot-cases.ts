import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { webhookSecretDigest } from '@botloom/core';
import { createBot, EVERYONE, expectCode, newBot, readAll } from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

export function botCases({ storage }: CaseGroup): void {
  test('secrets are stored, changed, listed by name without their values, and removed', async () => {
    const { id: bot_id } = await createBot(storage());
    await storage().secrets.set(EVERYONE, bot_id, 'b', '1');
    const made = await storage().secrets.set(EVERYONE, bot_id, 'A', '2');
    const changed = await storage().secrets.set(EVERYONE, bot_id, 'A', '"ä\u{1F600}');
    expect(changed).toEqual({ name: 'A', created_at: made.created_at, updated_at: expect.any(String) as string });
    const first = await storage().secrets.list(EVERYONE, bot_id, { limit: 1 });
    expect(first.items).toEqual([changed]);
    expect(
      (await storage().secrets.list(EVERYONE, bot_id, { limit: 1, cursor: first.next ?? '' })).items,
    ).toMatchObject([{ name: 'b' }]);
    expect(await storage().secrets.open(bot_id, ['A', 'b', 'c'])).toEqual(
      new Map([
        ['A', '"ä\u{1F600}'],
        ['b', '1'],
      ]),
    );
    await storage().secrets.remove(EVERYONE, bot_id, 'A');
    await expectCode(storage().secrets.remove(EVERYONE, bot_id, 'A'), 'SECRET_NOT_FOUND');
    expect(await storage().secrets.open(bot_id, ['A'])).toEqual(new Map());
    for (let index = 1; index < 100; index += 1) await storage().secrets.set(EVERYONE, bot_id, `n${index}`, 'x');
    await expectCode(storage().secrets.set(EVERYONE, bot_id, 'one_too_many', 'x'), 'VALIDATION_FAILED');
    await storage().secrets.set(EVERYONE, bot_id, 'b', 'still changed');
    await expectCode(storage().secrets.set(EVERYONE, randomUUID(), 'b', 'x'), 'BOT_NOT_FOUND');
  });

  test('a bot is created with every field and without its secrets', async () => {
    const given = newBot({ owner: 'ann', settings: { max_connections: 10 } });
    const bot = await storage().bots.create(given);
    expect(bot).toEqual({
      id: given.id,
      name: 'Shop',
      telegram_id: given.telegram_id,
      username: 'shop_bot',
      owner: 'ann',
      user_count: 0,
      request_count: 0,
      is_webhook_set: false,
      webhook_url: null,
      is_active: true,
      settings: { max_connections: 10 },
      created_at: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
      updated_at: bot.created_at,
    });
    expect(await storage().bots.get(EVERYONE, bot.id)).toEqual(bot);
    expect(JSON.stringify(bot)).not.toContain(given.token);
  });

  test('load returns the secrets', async () => {
    const given = newBot();
    await storage().bots.create(given);
    const loaded = await storage().bots.load(given.id);
    expect(loaded?.secrets).toEqual({
      id: given.id,
      token: given.token,
      webhook_secret: given.webhook_secret,
      pending_webhook_secret: null,
      old_webhook_secret: null,
    });
    expect(loaded?.revision).toBeGreaterThan(0);
    expect(await storage().bots.load(randomUUID())).toBeNull();
    expect(await storage().bots.load('no uuid')).toBeNull();
  });

  test('the menu sent to Telegram is stored, unless another writer has stored a different one', async () => {
    const { id } = await createBot(storage());
    const { bots } = storage();
    expect(await bots.syncedMenu(id)).toBeNull();
    expect(await bots.saveSyncedMenu(id, null, '{"a":"1"}')).toBe(true);
    expect(await bots.saveSyncedMenu(id, null, '{"a":"2"}')).toBe(false);
    expect(await bots.saveSyncedMenu(id, '{"a":"1"}', '{"a":"3"}')).toBe(true);
    expect(await bots.syncedMenu(id)).toBe('{"a":"3"}');
    await bots.delete(EVERYONE, id);
    expect(await bots.syncedMenu(id)).toBeNull();
    expect(await bots.saveSyncedMenu(id, '{"a":"3"}', '{}')).toBe(false);
    expect(await bots.saveSyncedMenu('no uuid', null, '{}')).toBe(false);
  });

  test('a token that is already used is rejected with BOT_TOKEN_TAKEN, at creation and at rotation', async () => {
    const first = newBot();
    await storage().bots.create(first);
    await expectCode(storage().bots.create(newBot({ token: first.token })), 'BOT_TOKEN_TAKEN');
    const second = await createBot(storage());
    await expectCode(
      storage().bots.update(EVERYONE, second.id, { token: { value: first.token, telegram_id: 1, username: 'x' } }),
      'BOT_TOKEN_TAKEN',
    );
    expect(await storage().bots.get(EVERYONE, second.id)).toEqual(second);
  });

  test('of two concurrent creations with the same token, one succeeds', async () => {
    const { token } = newBot();
    const results = await Promise.allSettled([
      storage().bots.create(newBot({ token })),
      storage().bots.create(newBot({ token })),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('update changes the given fields and increments the revision', async () => {
    const given = newBot();
    await storage().bots.create(given);
    const before = await storage().bots.load(given.id);
    const bot = await storage().bots.update(EVERYONE, given.id, { name: 'Bakery', is_active: false });
    expect(bot).toMatchObject({ name: 'Bakery', is_active: false, telegram_id: given.telegram_id });
    const rotated = await storage().bots.update(EVERYONE, given.id, {
      token: { value: '9:new', telegram_id: 9, username: 'new_bot' },
    });
    expect(rotated).toMatchObject({ telegram_id: 9, username: 'new_bot' });
    const after = await storage().bots.load(given.id);
    expect(after?.secrets.token).toBe('9:new');
    expect(after!.revision).toBe(before!.revision + 2);
    await expectCode(storage().bots.update(EVERYONE, randomUUID(), { name: 'x' }), 'BOT_NOT_FOUND');
    await expectCode(storage().bots.update(EVERYONE, 'no uuid', { name: 'x' }), 'BOT_NOT_FOUND');
  });

  test('the list is paged, newest first, without gaps or duplicates, even with equal times', async () => {
    const owner = randomUUID();
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1) made.push((await createBot(storage(), { owner })).id);
    const listed = await readAll((cursor) => storage().bots.list({ owner }, { limit: 3, cursor }));
    expect(listed.map(({ id }) => id).sort()).toEqual(made.sort());
    const times = listed.map(({ created_at }) => created_at);
    expect(times).toEqual([...times].sort().reverse());
  });

  test('a limit is capped, and a cursor that no list has returned is rejected with CURSOR_INVALID', async () => {
    const owner = randomUUID();
    await createBot(storage(), { owner });
    expect((await storage().bots.list({ owner }, { limit: 1e9 })).items).toHaveLength(1);
    expect((await storage().bots.list({ owner }, { limit: -5 })).items).toHaveLength(1);
    for (const cursor of [
      '',
      'x',
      'e30',
      Buffer.from('[1]').toString('base64url'),
      Buffer.from(`["1","x"]`).toString('base64url'),
      Buffer.from(`[1,"'; drop table bot"]`).toString('base64url'),
    ]) {
      await expectCode(storage().bots.list({ owner }, { limit: 1, cursor }), 'CURSOR_INVALID');
    }
  });

  test('a deleted bot disappears at once, its token can be used again, and a job removes its rows', async () => {
    const given = newBot();
    await storage().bots.create(given);
    await storage().bots.delete(EVERYONE, given.id);
    expect(await storage().bots.get(EVERYONE, given.id)).toBeNull();
    expect(await storage().bots.load(given.id)).toBeNull();
    await expectCode(storage().bots.delete(EVERYONE, given.id), 'BOT_NOT_FOUND');
    await expectCode(storage().flows.list(EVERYONE, given.id, { limit: 10 }), 'BOT_NOT_FOUND');
    await storage().bots.create(newBot({ token: given.token }));
    const jobs = await storage().jobs.claimDue('no owner', Date.now() + 3_600_000, 100);
    expect(jobs.filter(({ payload }) => payload.bot_id === given.id)).toMatchObject([
      { kind: 'purge_bot', bot_id: null },
    ]);
  });

  test('activeIds returns pages of active bots, ordered by ID', async () => {
    const bots = [await createBot(storage()), await createBot(storage()), await createBot(storage())];
    const resting = await createBot(storage());
    await storage().bots.update(EVERYONE, resting.id, { is_active: false });
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const page: readonly string[] = await storage().bots.activeIds(after, 2);
      ids.push(...page);
      if (page.length < 2) break;
      after = page.at(-1) ?? null;
    }
    expect(ids).toEqual([...ids].sort());
    expect(ids).toEqual(expect.arrayContaining(bots.map(({ id }) => id)));
    expect(ids).not.toContain(resting.id);
  });

  test('during a change of the webhook secret both are accepted, then only the confirmed one', async () => {
    const given = newBot();
    await storage().bots.create(given);
    const secrets = async () => {
      const loaded = await storage().bots.load(given.id);
      return [
        loaded?.secrets.webhook_secret,
        loaded?.secrets.pending_webhook_secret,
        loaded?.secrets.old_webhook_secret,
      ];
    };
    expect(await storage().bots.stageWebhookSecret(EVERYONE, given.id, 'refused')).toEqual({
      secret: 'refused',
      is_new: true,
    });
    await storage().bots.unstageWebhookSecret(given.id, webhookSecretDigest('another'));
    expect(await secrets()).toEqual([given.webhook_secret, 'refused', null]);
    await storage().bots.unstageWebhookSecret(given.id, webhookSecretDigest('refused'));
    expect(await secrets()).toEqual([given.webhook_secret, null, null]);
    await storage().bots.stageWebhookSecret(EVERYONE, given.id, 'second');
    // The change was interrupted: Telegram may already have the new secret.
    expect(await storage().bots.stageWebhookSecret(EVERYONE, given.id, 'third')).toEqual({
      secret: 'second',
      is_new: false,
    });
    expect(await secrets()).toEqual([given.webhook_secret, 'second', null]);
    const confirm = (secret: string) =>
      storage().bots.confirmWebhook(EVERYONE, given.id, webhookSecretDigest(secret), 'https://x.test/hook');
    expect(await confirm('third')).toBeNull();
    expect(await secrets()).toEqual([given.webhook_secret, 'second', null]);
    for (let time = 1; time <= 2; time += 1) {
      expect(await confirm('second')).toMatchObject({ is_webhook_set: true, webhook_url: 'https://x.test/hook' });
      expect(await secrets()).toEqual(['second', null, given.webhook_secret]);
    }
    // Another change is in progress, so this confirmation is not for the current one.
    await storage().bots.stageWebhookSecret(EVERYONE, given.id, 'fourth');
    expect(await confirm('second')).toMatchObject({ is_webhook_set: true });
    expect(await secrets()).toEqual(['second', 'fourth', given.webhook_secret]);
    await storage().bots.unstageWebhookSecret(given.id, webhookSecretDigest('fourth'));
    await storage().bots.dropOldWebhookSecret(given.id, webhookSecretDigest('another'));
    expect(await secrets()).toEqual(['second', null, given.webhook_secret]);
    await storage().bots.dropOldWebhookSecret(given.id, webhookSecretDigest('second'));
    expect(await secrets()).toEqual(['second', null, null]);
    expect(await storage().bots.clearWebhook(EVERYONE, given.id)).toMatchObject({
      is_webhook_set: false,
      webhook_url: null,
    });
    expect(await confirm('second')).toBeNull();
  });

  test('updated_at changes with the configuration, not with traffic', async () => {
    const bot = await createBot(storage());
    await storage().flows.create(EVERYONE, {
      bot_id: bot.id,
      name: 'f',
      flow_data: {},
      trigger_command: null,
      is_default: false,
      is_active: true,
    });
    expect((await storage().bots.get(EVERYONE, bot.id))?.updated_at).toBe(bot.updated_at);
  });
}
