import { beforeEach, describe, expect, it } from 'vitest';
import { BotloomError } from '../../errors/index.ts';
import { isResponse, type Admission, type HttpResponse, type RequestHead } from '../http-types.ts';
import type { WebhookBot, WebhookGate } from './webhook-gate.ts';
import { webhookRoute } from './webhook-route.ts';

const id = '0b9f2c1e-3d4a-4b5c-8d6e-7f8091a2b3c4';
const body = { kind: 'parsed', value: { update_id: 1 } } as const;

function botWith(webhook_secret: string, pending_webhook_secret: string | null = null): WebhookBot {
  return { secrets: { webhook_secret, pending_webhook_secret, old_webhook_secret: null } };
}

describe('webhookRoute', () => {
  let cached: WebhookBot | null | Promise<WebhookBot | null>;
  let stored: WebhookBot | null;
  let reads: number;
  let now: number;
  let process: WebhookGate['processUpdate'];
  const logged: string[] = [];
  const log = (data: object, message: string): void => {
    logged.push(message + JSON.stringify(data));
  };
  const open = () =>
    webhookRoute({
      gate: {
        findBot: () => cached,
        reloadBot: () => {
          reads += 1;
          return Promise.resolve(stored);
        },
        processUpdate: (...parameters) => process(...parameters),
      },
      clock: { monotonic: () => now },
      logger: { debug: log, info: log, warn: log, error: log },
    });
  beforeEach(() => {
    cached = stored = botWith('right');
    reads = now = 0;
    process = () => Promise.resolve('processed');
    logged.length = 0;
  });

  const head = (secret?: string | readonly string[], more: RequestHead['headers'] = {}, bot_id = id): RequestHead => ({
    method: 'POST',
    path: `/api/webhook/${bot_id}`,
    search: '',
    params: { bot_id },
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret, ...more },
    base: '',
    native: null,
  });
  const admission = (admitted: unknown): Admission => {
    expect(admitted).toHaveProperty('handle');
    return admitted as Admission;
  };
  const status = async (admitted: HttpResponse | Admission | Promise<HttpResponse | Admission>): Promise<number> => {
    const settled = await admitted;
    return isResponse(settled) ? settled.status : (await settled.handle(body)).status;
  };

  it('admits a cached bot synchronously', async () => {
    const admitted = admission(open().admit(head('right')));
    expect(await admitted.handle(body)).toEqual({ status: 200, headers: {}, body: null });
  });

  it('accepts the pending secret too, and no secret for a bot without one', async () => {
    cached = botWith('right', 'next');
    expect(await status(open().admit(head('next')))).toBe(200);
    cached = stored = botWith('');
    expect(await status(open().admit(head('')))).toBe(401);
    expect(await status(open().admit(head(undefined)))).toBe(401);
  });

  it('reads the bot again before it refuses a secret, at most once per second', async () => {
    stored = botWith('rotated');
    const route = open();
    expect(await status(route.admit(head('rotated')))).toBe(200);
    expect(await status(route.admit(head('wrong')))).toBe(401);
    expect(reads).toBe(1);
    now = 1000;
    expect(await status(route.admit(head('wrong')))).toBe(401);
    expect(reads).toBe(2);
  });

  it('waits for a bot that is not cached, and responds to an unknown bot like to a wrong secret', async () => {
    cached = Promise.resolve(botWith('right'));
    expect(await status(open().admit(head('right')))).toBe(200);
    const wrong = await open().admit(head('wrong'));
    cached = Promise.resolve(null);
    expect(await open().admit(head('right'))).toEqual(wrong);
    expect(await open().admit(head('right', {}, 'no-uuid'))).toEqual(wrong);
  });

  it('refuses a body by its declared length', async () => {
    expect(await status(open().admit(head('right', { 'content-length': '1048577' })))).toBe(413);
    expect(await status(open().admit(head('right', { 'content-length': '1048576' })))).toBe(200);
  });

  it.each(['abc', '-5', '1.5', '1e3', '', ' 12', '0x10', ['5', '5']].map((length) => ({ length })))(
    'responds with 400 to the content-length $length before the body is read',
    async ({ length }) => {
      const processed: unknown[] = [];
      process = (...parameters) => Promise.resolve(processed.push(parameters));
      const response = await open().admit(head('right', { 'content-length': length }));
      expect(isResponse(response) && response.status).toBe(400);
      expect(processed).toEqual([]);
    },
  );

  it('passes the declared length to the runtime, and undefined for a body in chunks', async () => {
    const lengths: (number | undefined)[] = [];
    process = (_bot_id, _update, bytes) => Promise.resolve(lengths.push(bytes));
    await status(open().admit(head('right', { 'content-length': '17' })));
    await status(open().admit(head('right')));
    expect(lengths).toEqual([17, undefined]);
  });

  it.each([
    ['a full runtime', new BotloomError('UNAVAILABLE', undefined, { retryAfter: 2 }), '2'],
    ['an unreachable database', new BotloomError('STORAGE_UNAVAILABLE'), undefined],
    ['an unexpected error', new Error('with SELECT secrets'), undefined],
  ])('responds to %s with 503 and Retry-After', async (_, error, retryAfter) => {
    process = () => Promise.reject(error);
    const response = await admission(open().admit(head('right'))).handle(body);
    expect(response.status).toBe(503);
    expect(response.headers['retry-after']).toMatch(retryAfter ?? /^[123]$/);
    expect(response.body).not.toContain('SELECT');
  });

  it('responds with 503 if the bot cannot be read', async () => {
    cached = Promise.reject(new BotloomError('STORAGE_UNAVAILABLE'));
    expect(await status(open().admit(head('right')))).toBe(503);
  });

  it('responds with 400 to a body that is not an update, and logs nothing', async () => {
    const admitted = admission(open().admit(head('right')));
    for (const value of [[], null, 'x', 1]) expect((await admitted.handle({ kind: 'parsed', value })).status).toBe(400);
    process = () => Promise.reject(new BotloomError('UPDATE_INVALID'));
    expect((await admitted.handle(body)).status).toBe(400);
    expect(logged).toEqual([]);
  });
});
