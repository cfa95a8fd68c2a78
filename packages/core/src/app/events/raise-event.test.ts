import { afterEach, beforeEach, expect, test } from 'vitest';
import { dispatchSessionEvent } from '../../runtime/jobs/dispatch-session-event.ts';
import { sessionCallJob } from '../../runtime/jobs/kinds/session-call.ts';
import { sqlite } from '../../sqlite.ts';
import type { Storage } from '../../storage/index.ts';
import { createTestBotloom, type TestBotloom } from '../fixtures/create-test-botloom.ts';
import { postUpdate, textFromAnn } from '../fixtures/post-update.ts';

let own: TestBotloom;
let storage: Storage;
let bot_id: string;
let user_id: string;

beforeEach(async () => {
  own = await createTestBotloom({ storage: (context) => (storage = sqlite({ file: ':memory:' })(context)) });
  ({ id: bot_id } = await own.botloom.bots.create({ token: '42:AAtoken', owner: 'a' }));
  const steps = [
    { id: 'w', type: 'wait_for_event', event: 'paid' },
    { id: 'm', type: 'message', text: 'Paid {{ event.data }}' },
  ];
  await own.botloom.flows.create(bot_id, { name: 'Pay', trigger_command: 'start', flow_data: { steps } });
  await own.botloom.bots.setWebhook(bot_id);
  expect(await postUpdate(own, bot_id, textFromAnn(1, '/start'))).toBe(200);
  user_id = (await own.botloom.users.list(bot_id)).items[0]?.id ?? '';
});
afterEach(() => own.close());

const call = () => ({
  bot_id,
  user_id: 7,
  places: [{ chat_id: 7, chat_type: 'private', thread_id: 0 }],
  event: { kind: 'external', name: 'paid', data: 5 } as const,
  record: null,
});

async function sent(): Promise<unknown[]> {
  await own.botloom.idle();
  return own.telegram.calls.flatMap(({ method, parameters }) => (method === 'sendMessage' ? [parameters.text] : []));
}

test('a call is executed once by another process if its process ends before', async () => {
  // No live instance has this ID: the process that stored the job has ended.
  await storage.jobs.createOwned('dead', sessionCallJob(call(), Date.now()));
  await expect.poll(sent).toEqual(['Paid 5']);
  expect(await own.botloom.events.raise(bot_id, user_id, { name: 'paid', data: 6 })).toEqual({
    continued: 0,
    is_repeated: false,
  });
  expect(await sent()).toEqual(['Paid 5']);
});

test('a call can be repeated while the same call is in progress or after it was withdrawn', async () => {
  const record = { key: 'k', fingerprint: 'f' };
  const deps = { jobs: storage.jobs, owner: 'other', now: 9e12, run: () => Promise.reject(new Error('not here')) };
  await storage.instances.register('other', 'elsewhere', 600_000);
  await expect(dispatchSessionEvent({ ...call(), record }, deps)).rejects.toThrow('not here');
  await expect(dispatchSessionEvent({ ...call(), record }, deps)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    retryAfter: 1,
  });
  await expect(dispatchSessionEvent({ ...call(), places: [], record }, deps)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
  await expect(
    dispatchSessionEvent(call(), { ...deps, run: () => Promise.resolve({ kind: 'done' }) }),
  ).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
  await expect(
    dispatchSessionEvent(call(), { ...deps, run: () => Promise.resolve({ kind: 'again', due_at: 1, reason: 'x' }) }),
  ).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('an event to a user of another tenant, or to an unknown user, is refused', async () => {
  await expect(
    own.botloom.withScope({ owner: 'b' }).events.raise(bot_id, user_id, { name: 'paid' }),
  ).rejects.toMatchObject({ code: 'BOT_NOT_FOUND' });
  await expect(own.botloom.events.raise(bot_id, bot_id, { name: 'paid' })).rejects.toMatchObject({
    code: 'USER_NOT_FOUND',
  });
});
