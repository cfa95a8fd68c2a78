import type { SessionRecord } from '@botloom/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStageDatabase, type StageDatabase } from '../src/journeys/stage/databases.ts';
import { createShiftableClock } from '../src/journeys/stage/shiftable-clock.ts';
import { startStage, type FlowPlan, type Stage } from '../src/journeys/stage/stage.ts';

const MINUTE = 60_000;

describe.each([
  { adapter: 'express', database: 'SQLite' },
  { adapter: 'fastify', database: 'PostgreSQL' },
] as const)('sessions that are continued from outside, on $adapter with $database', ({ adapter, database }) => {
  const clock = createShiftableClock();
  let store: StageDatabase;
  let stage: Stage;

  beforeAll(async () => {
    store = await createStageDatabase(database);
    stage = await startStage({ adapter, storage: store.storage(), clock });
  });

  afterAll(async () => {
    await stage.stop();
    await store.drop();
  });

  /** A person who has begun a flow of these steps by /start. */
  async function meet(steps: readonly object[], more: readonly FlowPlan[] = []) {
    const bot = await stage.createBot({ flows: [{ trigger_command: 'start', flow_data: { steps } }, ...more] });
    const ann = stage.telegram.user('Ann').in(bot.fake);
    await ann.send('/start');
    await stage.quiet();
    const { items } = await stage.api.call<{ items: { id: string }[] }>('GET', `${bot.path}/users`);
    return { bot, ann, user: `${bot.path}/users/${items[0]?.id ?? ''}` };
  }

  describe('an event', () => {
    const steps = [
      { id: 'buy', type: 'message', text: 'Please pay.' },
      { id: 'paid', type: 'wait_for_event', event: 'order_paid', timeout: { hours: 2 }, on_timeout: 'late', save: { number: 'order.number' } },
      { id: 'thanks', type: 'message', text: 'Order {{ number }}: {{ event.data.amount }} €', next: 'sent' },
      { id: 'late', type: 'message', text: 'Too late', next: null },
      { id: 'sent', type: 'wait_for_event', event: 'order_paid' },
      { id: 'again', type: 'message', text: 'Twice' },
    ];
    const paid = { name: 'order_paid', data: { order: { number: 12 }, amount: 9 } };

    test('continues the session that waits for it, once by its id', async () => {
      const { ann, user } = await meet(steps);
      await ann.expectReply('Please pay.');
      expect(await stage.api.call('POST', `${user}/events`, { name: 'order_sent' })).toEqual({ continued: 0, is_repeated: false });
      expect(await stage.api.call('POST', `${user}/events`, { ...paid, id: 'payment 1' })).toEqual({ continued: 1, is_repeated: false });
      await ann.expectReply('Order 12: 9 €');
      // The flow waits for the like again: only the id tells that it is the same.
      expect(await stage.api.call('POST', `${user}/events`, { ...paid, id: 'payment 1' })).toEqual({ continued: 1, is_repeated: true });
      await stage.quiet();
      await ann.expectNoReply();
      const other = await stage.api.send('POST', `${user}/events`, { body: { name: 'order_paid', id: 'payment 1' } });
      expect([other.status, other.body]).toMatchObject([422, { code: 'VALIDATION_FAILED', errors: [{ path: '/id', code: 'id_taken' }] }]);
      expect(await stage.api.call('POST', `${user}/events`, { name: 'order_paid', id: 'payment 2' })).toEqual({ continued: 1, is_repeated: false });
      await ann.expectReply('Twice');
      expect(await stage.api.call('POST', `${user}/events`, paid)).toEqual({ continued: 0, is_repeated: false });
    });

    test('that many tell of at once continues the session once', async () => {
      const { ann, user } = await meet(steps);
      await ann.expectReply('Please pay.');
      const answers = await Promise.all(Array.from({ length: 8 }, () => stage.api.send('POST', `${user}/events`, { body: { ...paid, id: 'p' } })));
      for (const { status, body } of answers) expect(status === 503 || (body as { continued: number }).continued === 1, JSON.stringify(body)).toBe(true);
      expect(answers.filter(({ body }) => (body as { is_repeated?: boolean }).is_repeated === false)).toHaveLength(1);
      await ann.expectReply('Order 12: 9 €');
      await stage.quiet();
      await ann.expectNoReply();
    });

    test('is not waited for any more when its time is over, and nothing is kept of one that comes early', async () => {
      const { ann, user } = await meet(steps);
      await ann.expectReply('Please pay.');
      clock.shift(119 * MINUTE);
      await stage.quiet();
      await ann.expectNoReply();
      clock.shift(2 * MINUTE);
      await ann.expectReply('Too late');
      expect(await stage.api.call('POST', `${user}/events`, { ...paid, id: 'p' })).toEqual({ continued: 0, is_repeated: false });
      await ann.send('/start');
      await ann.expectReply('Please pay.');
      await stage.quiet();
      await ann.expectNoReply();
      expect(await stage.api.call('POST', `${user}/events`, { ...paid, id: 'p' })).toEqual({ continued: 1, is_repeated: false });
      await ann.expectReply('Order 12: 9 €');
    });

    test('goes to all chats of the person, and in code as by HTTP', async () => {
      const { bot, ann, user } = await meet(steps);
      await ann.expectReply('Please pay.');
      const person = stage.telegram.user('Ann');
      const there = person.in(stage.telegram.group('Team', [person], { bots: [bot.fake] }));
      await there.send(`/start@${bot.fake.username}`);
      await there.expectReply('Please pay.');
      await stage.quiet();
      const user_id = user.split('/').at(-1) ?? '';
      expect(await stage.botloom.events.raise(bot.id, user_id, paid)).toEqual({ continued: 2, is_repeated: false });
      await ann.expectReply('Order 12: 9 €');
      await there.expectReply('Order 12: 9 €');
    });

    test('that is none, or of an inactive bot, is refused', async () => {
      const { bot, user } = await meet(steps);
      for (const body of [{}, { name: 'a b' }, { name: 'x', more: 1 }, { name: 'x', data: 'x'.repeat(50_001) }, { name: 'x', id: '' }]) {
        expect((await stage.api.send('POST', `${user}/events`, { body })).status, JSON.stringify(body).slice(0, 50)).toBe(422);
      }
      await stage.api.call('PATCH', bot.path, { is_active: false });
      expect((await stage.api.send('POST', `${user}/events`, { body: paid })).status).toBe(409);
    });

    test('may hold what a database refuses', async () => {
      const { ann, user } = await meet([{ id: 'w', type: 'wait_for_event', event: 'e', save_to: 'all' }, { id: 'm', type: 'message', text: '[{{ all.a }}]' }]);
      expect(await stage.api.call('POST', `${user}/events`, { name: 'e', data: { a: 'x\0y\ud800' } })).toMatchObject({ continued: 1 });
      await ann.expectReply('[xy\ufffd]');
    });
  });

  describe('operators', () => {
    const steps = [
      { id: 'name', type: 'question', text: 'Name?', reminders: [{ after: { minutes: 5 }, text: 'Still there?' }] },
      { id: 'kind', type: 'question', text: 'Tea or coffee, {{ name }}?', input: 'choice', options: ['Tea', 'Coffee'] },
      { id: 'paid', type: 'wait_for_event', event: 'paid', timeout: { hours: 1 }, on_timeout: null },
      { id: 'done', type: 'message', text: 'Done, {{ name }}' },
    ];

    test('see where people stand, and why', async () => {
      const { bot, ann, user } = await meet(steps);
      await ann.expectReply('Name?');
      const bob = stage.telegram.user('Bob').in(bot.fake);
      await bob.send('hello');
      await stage.quiet();
      const list = (query = '') => stage.api.all<SessionRecord>(`${bot.path}/sessions${query}`);
      const [session] = await list();
      const user_id = user.split('/').at(-1);
      expect(session).toMatchObject({
        bot_id: bot.id, thread_id: 0, user: { id: user_id, first_name: 'Ann' }, flow_id: bot.flows[0]?.id, flow_name: bot.flows[0]?.name, flow_version: 1, step_id: 'name', wait_reason: 'answer',
        wait_subject: null, deadline: null,
      });
      await ann.send('Ann');
      await ann.expectReply('Tea or coffee, Ann?');
      await ann.press('Tea');
      await stage.quiet();
      const [waiting] = await list('?wait_reason=event');
      expect(waiting).toMatchObject({ id: session?.id, step_id: 'paid', wait_reason: 'event', wait_subject: 'paid' });
      expect(Date.parse(waiting?.deadline ?? '')).toBeGreaterThan(clock.now() + 50 * MINUTE);
      expect(await list(`?user_id=${user_id ?? ''}`)).toEqual([waiting]);
      expect(await list('?wait_reason=person')).toEqual([]);
      expect(await stage.api.call('GET', `${bot.path}/sessions/${waiting?.id ?? ''}`)).toEqual(waiting);
      expect(await stage.botloom.sessions.list(bot.id, { wait_reason: 'event', limit: 1 })).toEqual({ items: [waiting], next: null });
      for (const query of ['?wait_reason=rain', '?user_id=1', '?step_id=x']) expect((await stage.api.send('GET', `${bot.path}/sessions${query}`)).status, query).toBe(400);
    });

    test('move, reset and end a session; old buttons and reminders are then stale', async () => {
      const { bot, ann } = await meet(steps);
      await ann.expectReply('Name?');
      const [before] = await stage.api.all<SessionRecord>(`${bot.path}/sessions`);
      const path = `${bot.path}/sessions/${before?.id ?? ''}`;
      expect(await stage.api.call('POST', `${path}/move`, { step_id: 'kind' })).toMatchObject({ step_id: 'kind', wait_reason: 'person' });
      const asked = await ann.expectReply('Tea or coffee, ?');
      expect(await stage.api.call('POST', `${path}/reset`)).toMatchObject({ step_id: 'name', wait_reason: 'answer' });
      await ann.expectReply('Name?');
      await ann.press('Tea', { on: asked });
      await ann.expectReply('Name?');
      const wrong = await stage.api.send('POST', `${path}/move`, { body: { step_id: 'dnoe' } });
      expect([wrong.status, wrong.body]).toMatchObject([422, { code: 'VALIDATION_FAILED', errors: [{ path: '/step_id', code: 'dangling_step', hint: 'Did you mean "done"?' }] }]);
      expect((await stage.api.send('POST', `${path}/move`, { body: {} })).status).toBe(422);
      expect(await stage.botloom.sessions.end(bot.id, before?.id ?? '')).toMatchObject({ step_id: null, flow_id: null, wait_reason: null });
      clock.shift(6 * MINUTE);
      await stage.quiet();
      await ann.send('hello');
      await stage.quiet();
      await ann.expectNoReply();
      for (const verb of ['end', 'reset']) {
        const answer = await stage.api.send('POST', `${path}/${verb}`);
        expect([answer.status, answer.body], verb).toMatchObject([409, { code: 'CONFLICT', detail: 'The session is in no flow.' }]);
      }
      expect((await stage.api.send('POST', `${bot.path}/sessions/1_0_1/end`)).body).toMatchObject({ code: 'SESSION_NOT_FOUND' });
    });

    test('and the person at once: one after the other, whoever is first', async () => {
      const count = [{ id: 'q', type: 'question', text: 'More?', next: 'c' }, { id: 'c', type: 'set', changes: [{ variable: 'n', do: 'add', value: 1 }], next: 's' }, { id: 's', type: 'message', text: 'No {{ n }}', next: 'q' }];
      const { bot, ann } = await meet(count);
      await ann.expectReply('More?');
      const [session] = await stage.api.all<SessionRecord>(`${bot.path}/sessions`);
      const path = `${bot.path}/sessions/${session?.id ?? ''}`;
      await Promise.all([...Array.from({ length: 6 }, () => ann.send('yes')), ...Array.from({ length: 6 }, () => stage.api.call('POST', `${path}/move`, { step_id: 'c' }))]);
      await stage.quiet();
      const said = (await stage.api.all<{ text: string; direction: string }>(`${bot.path}/messages?direction=outgoing`)).flatMap(({ text }) => (text.startsWith('No') ? [text] : []));
      expect(said.sort((a, b) => Number(a.slice(3)) - Number(b.slice(3)))).toEqual(Array.from({ length: 12 }, (_, index) => `No ${index + 1}`));
    });
  });

  describe('a handover', () => {
    const steps = [
      { id: 'ask', type: 'question', text: 'What is it about?' },
      { id: 'wait', type: 'message', text: 'Somebody will help you.', buttons: [{ text: 'Prices', response: '3 €' }] },
      { id: 'human', type: 'handover', subject: '{{ ask }} of {{ user.first_name }}', timeout: { hours: 2 }, on_timeout: 'late' },
      { id: 'back', type: 'message', text: 'Anything else?', next: null },
      { id: 'late', type: 'message', text: 'Nobody came, sorry.', next: null },
    ];
    const fallback = { is_default: true, flow_data: { response: 'I am a bot' } };

    test('gives the chat to a human, who sees, answers, and gives it back', async () => {
      const { bot, ann, user } = await meet(steps, [fallback]);
      await ann.expectReply('What is it about?');
      await ann.send('Refund');
      const offer = await ann.expectReply('Somebody will help you.');
      await stage.quiet();
      const [session] = await stage.api.all<SessionRecord>(`${bot.path}/sessions?wait_reason=handover`);
      expect(session).toMatchObject({ step_id: 'human', wait_reason: 'handover', wait_subject: 'Refund of Ann', user: { first_name: 'Ann' } });
      await ann.send('Are you there?');
      await ann.send('/start');
      await ann.press('Prices', { on: offer });
      await stage.quiet();
      await ann.expectNoReply();
      const { items } = await stage.api.call<{ items: { text: string }[] }>('GET', `${bot.path}/messages?direction=incoming&type=text`);
      expect(items.slice(0, 2).map(({ text }) => text)).toEqual(['/start', 'Are you there?']);
      await stage.api.call('POST', `${bot.path}/messages`, { user_id: user.split('/').at(-1), text: 'This is Eve. Done.' });
      await ann.expectReply('This is Eve. Done.');
      const path = `${bot.path}/sessions/${session?.id ?? ''}`;
      expect(await stage.api.call('POST', `${path}/give_back`)).toMatchObject({ step_id: null, wait_reason: null });
      await ann.expectReply('Anything else?');
      const again = await stage.api.send('POST', `${path}/give_back`);
      expect([again.status, again.body]).toMatchObject([409, { detail: 'The session is in no flow.' }]);
      expect(await stage.api.all(`${bot.path}/sessions?wait_reason=handover`)).toEqual([]);
      await ann.send('Thanks');
      await ann.expectReply('I am a bot');
      await ann.send('/start');
      await ann.expectReply('What is it about?');
      const none = await stage.api.send('POST', `${path}/give_back`);
      expect([none.status, none.body]).toMatchObject([409, { code: 'CONFLICT', detail: expect.stringContaining('nothing to give back') as string }]);
    });

    test('ends by itself when nobody gives it back', async () => {
      const { bot, ann } = await meet(steps, [fallback]);
      await ann.expectReply('What is it about?');
      await ann.send('Refund');
      await ann.expectReply('Somebody will help you.');
      await stage.quiet();
      clock.shift(119 * MINUTE);
      await ann.send('Hello?');
      await stage.quiet();
      await ann.expectNoReply();
      clock.shift(2 * MINUTE);
      await ann.expectReply('Nobody came, sorry.');
      expect(await stage.api.all(`${bot.path}/sessions`)).toEqual([]);
    });

    test('with commands: they work meanwhile, and end it', async () => {
      const { bot, ann } = await meet([{ id: 'm', type: 'message', text: 'One moment' }, { id: 'h', type: 'handover', commands: true }], [fallback]);
      await ann.expectReply('One moment');
      await ann.send('Hello?');
      await stage.quiet();
      await ann.expectNoReply();
      await ann.send('/start');
      await ann.expectReply('One moment');
      const [session] = await stage.api.all<SessionRecord>(`${bot.path}/sessions`);
      expect(await stage.botloom.sessions.giveBack(bot.id, session?.id ?? '')).toMatchObject({ step_id: null });
    });
  });
});
