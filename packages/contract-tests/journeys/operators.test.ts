import { expect, test } from 'vitest';
import type { SessionRecord } from '@botloom/core';
import { onBothDatabases } from '../src/journeys/stage/on-both-databases.ts';

const MINUTE_MS = 60_000;

onBothDatabases('operators', ({ clock, harness: stage, startConversation: meet }) => {
  const steps = [
    { id: 'name', type: 'question', text: 'Name?', reminders: [{ after: { minutes: 5 }, text: 'Still there?' }] },
    { id: 'kind', type: 'question', text: 'Tea or coffee, {{ name }}?', input: 'choice', options: ['Tea', 'Coffee'] },
    { id: 'paid', type: 'wait_for_event', event: 'paid', timeout: { hours: 1 }, on_timeout: null },
    { id: 'done', type: 'message', text: 'Done, {{ name }}' },
  ];

  test('see the step of every session, and why it waits', async () => {
    const { bot, ann, user_id } = await meet(steps);
    await ann.expectReply('Name?');
    const bob = stage().telegram.user('Bob').in(bot.fake);
    await bob.send('hello');
    await stage().quiet();
    const list = (query = '') => stage().api.all<SessionRecord>(`${bot.path}/sessions${query}`);
    const [session] = await list();
    expect(session).toMatchObject({
      bot_id: bot.id,
      thread_id: 0,
      user: { id: user_id, first_name: 'Ann' },
      flow_id: bot.flows[0]?.id,
      flow_name: bot.flows[0]?.name,
      flow_version: 1,
      step_id: 'name',
      wait_reason: 'answer',
      wait_subject: null,
      deadline: null,
    });
    await ann.send('Ann');
    await ann.expectReply('Tea or coffee, Ann?');
    await ann.press('Tea');
    await stage().quiet();
    const [waiting] = await list('?wait_reason=event');
    expect(waiting).toMatchObject({ id: session?.id, step_id: 'paid', wait_reason: 'event', wait_subject: 'paid' });
    expect(Date.parse(waiting?.deadline ?? '')).toBeGreaterThan(clock.now() + 50 * MINUTE_MS);
    expect(await list(`?user_id=${user_id}`)).toEqual([waiting]);
    expect(await list('?wait_reason=person')).toEqual([]);
    expect(await stage().api.call('GET', `${bot.path}/sessions/${waiting?.id ?? ''}`)).toEqual(waiting);
    expect(await stage().botloom.sessions.list(bot.id, { wait_reason: 'event', limit: 1 })).toEqual({
      items: [waiting],
      next: null,
    });
    for (const query of ['?wait_reason=rain', '?user_id=1', '?step_id=x'])
      expect((await stage().api.send('GET', `${bot.path}/sessions${query}`)).status, query).toBe(400);
  });

  test('move, reset and end a session; old buttons and reminders are then stale', async () => {
    const { bot, ann } = await meet(steps);
    await ann.expectReply('Name?');
    const [before] = await stage().api.all<SessionRecord>(`${bot.path}/sessions`);
    const path = `${bot.path}/sessions/${before?.id ?? ''}`;
    expect(await stage().api.call('POST', `${path}/move`, { step_id: 'kind' })).toMatchObject({
      step_id: 'kind',
      wait_reason: 'person',
    });
    const asked = await ann.expectReply('Tea or coffee, ?');
    expect(await stage().api.call('POST', `${path}/reset`)).toMatchObject({ step_id: 'name', wait_reason: 'answer' });
    await ann.expectReply('Name?');
    await ann.press('Tea', { on: asked });
    await ann.expectReply('Name?');
    const wrong = await stage().api.send('POST', `${path}/move`, { body: { step_id: 'dnoe' } });
    expect([wrong.status, wrong.body]).toMatchObject([
      422,
      {
        code: 'VALIDATION_FAILED',
        errors: [{ path: '/step_id', code: 'dangling_step', hint: 'Did you mean "done"?' }],
      },
    ]);
    expect((await stage().api.send('POST', `${path}/move`, { body: {} })).status).toBe(422);
    expect(await stage().botloom.sessions.end(bot.id, before?.id ?? '')).toMatchObject({
      step_id: null,
      flow_id: null,
      wait_reason: null,
    });
    clock.shift(6 * MINUTE_MS);
    await stage().quiet();
    await ann.send('hello');
    await stage().quiet();
    await ann.expectNoReply();
    for (const verb of ['end', 'reset']) {
      const answer = await stage().api.send('POST', `${path}/${verb}`);
      expect([answer.status, answer.body], verb).toMatchObject([
        409,
        { code: 'CONFLICT', detail: 'The session is in no flow.' },
      ]);
    }
    expect((await stage().api.send('POST', `${bot.path}/sessions/1_0_1/end`)).body).toMatchObject({
      code: 'SESSION_NOT_FOUND',
    });
  });

  test('and a user act at the same time: one after the other, in either order', async () => {
    const count = [
      { id: 'q', type: 'question', text: 'More?', next: 'c' },
      { id: 'c', type: 'set', changes: [{ variable: 'n', do: 'add', value: 1 }], next: 's' },
      { id: 's', type: 'message', text: 'No {{ n }}', next: 'q' },
    ];
    const { bot, ann } = await meet(count);
    await ann.expectReply('More?');
    const [session] = await stage().api.all<SessionRecord>(`${bot.path}/sessions`);
    const path = `${bot.path}/sessions/${session?.id ?? ''}`;
    await Promise.all([
      ...Array.from({ length: 6 }, () => ann.send('yes')),
      ...Array.from({ length: 6 }, () => stage().api.call('POST', `${path}/move`, { step_id: 'c' })),
    ]);
    await stage().quiet();
    const said = (
      await stage().api.all<{ text: string; direction: string }>(`${bot.path}/messages?direction=outgoing`)
    ).flatMap(({ text }) => (text.startsWith('No') ? [text] : []));
    expect(said.sort((a, b) => Number(a.slice(3)) - Number(b.slice(3)))).toEqual(
      Array.from({ length: 12 }, (_, index) => `No ${index + 1}`),
    );
  });
});
