import { expect, test } from 'vitest';
import type { SessionRecord } from '@botloom/core';
import { onBothDatabases } from '../src/journeys/stage/on-both-databases.ts';

const MINUTE_MS = 60_000;

onBothDatabases('a handover', ({ clock, harness: stage, startConversation: meet }) => {
  const steps = [
    { id: 'ask', type: 'question', text: 'What is it about?' },
    { id: 'wait', type: 'message', text: 'A colleague will help you.', buttons: [{ text: 'Prices', response: '3 €' }] },
    {
      id: 'human',
      type: 'handover',
      subject: '{{ ask }} of {{ user.first_name }}',
      timeout: { hours: 2 },
      on_timeout: 'late',
    },
    { id: 'back', type: 'message', text: 'Anything else?', next: null },
    { id: 'late', type: 'message', text: 'No colleague was free, sorry.', next: null },
  ];
  const fallback = { is_default: true, flow_data: { response: 'I am a bot' } };

  test('an operator gets the chat, sees it, answers, and releases it', async () => {
    const told: unknown[] = [];
    const stop = stage().botloom.on('session.handed_over', (event) => void told.push(event));
    const { bot, ann, user_id } = await meet(steps, [fallback]);
    await ann.expectReply('What is it about?');
    await ann.send('Refund');
    const offer = await ann.expectReply('A colleague will help you.');
    await stage().quiet();
    const [session] = await stage().api.all<SessionRecord>(`${bot.path}/sessions?wait_reason=handover`);
    expect(session).toMatchObject({
      step_id: 'human',
      wait_reason: 'handover',
      wait_subject: 'Refund of Ann',
      user: { first_name: 'Ann' },
    });
    expect(told).toEqual([{ bot_id: bot.id, user_id, session_id: session?.id, subject: 'Refund of Ann' }]);
    stop();
    await ann.send('Are you there?');
    await ann.send('/start');
    await ann.press('Prices', { on: offer });
    await stage().quiet();
    await ann.expectNoReply();
    const { items } = await stage().api.call<{ items: { text: string }[] }>(
      'GET',
      `${bot.path}/messages?direction=incoming&type=text`,
    );
    expect(items.slice(0, 2).map(({ text }) => text)).toEqual(['/start', 'Are you there?']);
    await stage().api.call('POST', `${bot.path}/messages`, { user_id, text: 'This is Eve. Done.' });
    await ann.expectReply('This is Eve. Done.');
    const path = `${bot.path}/sessions/${session?.id ?? ''}`;
    expect(await stage().api.call('POST', `${path}/give_back`)).toMatchObject({ step_id: null, wait_reason: null });
    await ann.expectReply('Anything else?');
    const again = await stage().api.send('POST', `${path}/give_back`);
    expect([again.status, again.body]).toMatchObject([409, { detail: 'The session is in no flow.' }]);
    expect(await stage().api.all(`${bot.path}/sessions?wait_reason=handover`)).toEqual([]);
    await ann.send('Thanks');
    await ann.expectReply('I am a bot');
    await ann.send('/start');
    await ann.expectReply('What is it about?');
    const none = await stage().api.send('POST', `${path}/give_back`);
    expect([none.status, none.body]).toMatchObject([
      409,
      { code: 'CONFLICT', detail: expect.stringContaining('has not been handed over') as string },
    ]);
  });

  test('ends automatically if no operator releases it', async () => {
    const { bot, ann } = await meet(steps, [fallback]);
    await ann.expectReply('What is it about?');
    await ann.send('Refund');
    await ann.expectReply('A colleague will help you.');
    await stage().quiet();
    clock.shift(119 * MINUTE_MS);
    await ann.send('Hello?');
    await stage().quiet();
    await ann.expectNoReply();
    clock.shift(2 * MINUTE_MS);
    await ann.expectReply('No colleague was free, sorry.');
    expect(await stage().api.all(`${bot.path}/sessions`)).toEqual([]);
  });

  test('with a command that returns: the session stays listed, no flow answers, and it can be released', async () => {
    const help = {
      trigger_command: 'help',
      flow_data: { interrupted: 'come_back', steps: [{ id: 'q', type: 'question', text: 'With what?' }] },
    };
    const { bot, ann } = await meet(
      [
        { id: 'h', type: 'handover', subject: 'A refund', commands: true },
        { id: 'bye', type: 'message', text: 'It is the bot again' },
      ],
      [help, fallback],
    );
    await ann.send('/help');
    await ann.expectReply('With what?');
    const [session] = await stage().api.all<SessionRecord>(`${bot.path}/sessions?wait_reason=handover`);
    expect(session).toMatchObject({ step_id: 'q', wait_reason: 'handover', wait_subject: 'A refund' });
    await expect(
      stage().botloom.flows.start(bot.id, session?.user?.id ?? '', bot.flows[2]?.id ?? ''),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await stage().botloom.sessions.giveBack(bot.id, session?.id ?? '');
    await ann.expectReply('It is the bot again');
    expect(await stage().api.all(`${bot.path}/sessions?wait_reason=handover`)).toEqual([]);
  });

  test('with commands: they work meanwhile, and end it', async () => {
    const { bot, ann } = await meet(
      [
        { id: 'm', type: 'message', text: 'One moment' },
        { id: 'h', type: 'handover', commands: true },
      ],
      [fallback],
    );
    await ann.expectReply('One moment');
    await ann.send('Hello?');
    await stage().quiet();
    await ann.expectNoReply();
    await ann.send('/start');
    await ann.expectReply('One moment');
    const [session] = await stage().api.all<SessionRecord>(`${bot.path}/sessions`);
    expect(await stage().botloom.sessions.giveBack(bot.id, session?.id ?? '')).toMatchObject({ step_id: null });
  });
});
