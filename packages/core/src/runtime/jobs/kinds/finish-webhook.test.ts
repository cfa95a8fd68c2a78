import { afterEach, beforeEach, expect, test } from 'vitest';
import { createManualClock, silentLogger } from '../../../ports/index.ts';
import { webhookSecretDigest, type BotSecrets, type Job } from '../../../storage/index.ts';
import { BotCache } from '../../bots/bot-cache.ts';
import { createTestStorage, EVERYONE, type TestStorage } from '../../fixtures/create-test-storage.ts';
import { apiError, createStubTelegram, type StubTelegram } from '../../fixtures/stub-telegram.ts';
import type { JobDeps, JobResult } from '../job-handler.ts';
import { finishWebhook } from './finish-webhook.ts';

const URL = 'https://example.com/hook';

let lab: TestStorage;
let telegram: StubTelegram;
let bot: string;
/** The secret that Telegram stores: that of the last call that reached it, or null without a webhook. */
let at_telegram: string | null;

beforeEach(async () => {
  lab = await createTestStorage();
  telegram = createStubTelegram();
  bot = await lab.bot();
  at_telegram = null;
  telegram.answer = reach;
});

afterEach(() => lab.storage.close());

function reach({ method, payload }: StubTelegram['calls'][number]): true {
  at_telegram = method === 'setWebhook' && typeof payload.secret_token === 'string' ? payload.secret_token : null;
  return true;
}

function finish(secret: string): Promise<JobResult> {
  const { storage } = lab;
  const clock = createManualClock(0);
  const bots = new BotCache({ storage, clock, maxBots: 10, ttlMs: 1_000 });
  const payload = { secret_digest: webhookSecretDigest(secret), url: URL, max_connections: 40 };
  const job: Job = {
    id: 1,
    bot_id: bot,
    kind: 'finish_webhook',
    payload,
    due_at: 0,
    key: null,
    attempts: 0,
    is_background: false,
  };
  // The job uses only these dependencies.
  return finishWebhook(job, { storage, telegram, bots, clock, logger: silentLogger } as unknown as JobDeps);
}

const stage = (secret: string) => lab.storage.bots.stageWebhookSecret(EVERYONE, bot, secret);
const confirm = (secret: string) => lab.storage.bots.confirmWebhook(EVERYONE, bot, webhookSecretDigest(secret), URL);

/** Changes the webhook completely, like a call of the API. */
async function change(secret: string): Promise<void> {
  await stage(secret);
  at_telegram = secret;
  await confirm(secret);
}

async function secrets(): Promise<readonly (string | null | undefined)[]> {
  const found: BotSecrets | undefined = (await lab.storage.bots.load(bot))?.secrets;
  return [found?.webhook_secret, found?.pending_webhook_secret, found?.old_webhook_secret];
}

/** Runs the function during the next call, before that call reaches Telegram. */
function meanwhile(happens: () => Promise<unknown>): void {
  telegram.answer = async (call) => {
    telegram.answer = reach;
    await happens();
    return reach(call);
  };
}

test('an interrupted change is finished, and the old secret is deleted a minute later', async () => {
  await stage('new');
  expect(await finish('new')).toMatchObject({ kind: 'again', due_at: 60_000 });
  expect(await secrets()).toEqual(['new', null, 'secret']);
  expect(await finish('new')).toEqual({ kind: 'done' });
  expect(await secrets()).toEqual(['new', null, null]);
  expect(at_telegram).toBe('new');
});

test('a pending change is not confirmed when an older change is finished', async () => {
  await stage('first');
  meanwhile(async () => {
    await confirm('first');
    await stage('second');
  });
  await finish('first');
  expect(await secrets()).toEqual(['first', 'second', 'secret']);
});

test('an older secret that reaches Telegram last is accepted until it is replaced', async () => {
  await stage('first');
  meanwhile(async () => {
    await confirm('first');
    await change('second');
  });
  await finish('first');
  expect(at_telegram).toBe('first');
  expect(await secrets()).toEqual(['second', null, 'first']);
  await finish('second');
  expect(at_telegram).toBe('second');
  expect(await secrets()).toEqual(['second', null, null]);
});

test.each([
  ['removed', () => lab.storage.bots.clearWebhook(EVERYONE, bot)],
  ['deleted with its bot', () => lab.storage.bots.delete(EVERYONE, bot)],
])('a webhook that is %s while it is being set is also deleted at Telegram', async (_, remove) => {
  await stage('new');
  meanwhile(remove);
  expect(await finish('new')).toEqual({ kind: 'done' });
  expect(at_telegram).toBeNull();
  expect(telegram.calls.map(({ method }) => method)).toEqual(['setWebhook', 'deleteWebhook']);
  expect((await lab.storage.bots.load(bot))?.bot.is_webhook_set ?? false).toBe(false);
});

test('a webhook that was removed or changed again is not touched', async () => {
  await change('first');
  await change('second');
  expect(await finish('first')).toEqual({ kind: 'done' });
  await lab.storage.bots.clearWebhook(EVERYONE, bot);
  expect(await finish('second')).toEqual({ kind: 'done' });
  expect(telegram.calls).toEqual([]);
});

test('ends if Telegram rejects the call, retries if it is unavailable, and deletes the old secret anyway', async () => {
  await change('new');
  telegram.answer = () => {
    throw apiError(502, 'Bad Gateway');
  };
  await expect(finish('new')).rejects.toThrow('Bad Gateway');
  expect(await secrets()).toEqual(['new', null, null]);
  telegram.answer = () => {
    throw apiError(401, 'Unauthorized');
  };
  expect(await finish('new')).toEqual({ kind: 'done' });
});
