import { expect, test } from 'vitest';
import { onBothDatabases } from '../src/journeys/stage/on-both-databases.ts';

const MINUTE_MS = 60_000;

onBothDatabases('an event of the host', ({ clock, harness: stage, startConversation: meet }) => {
  const steps = [
    { id: 'buy', type: 'message', text: 'Please pay.' },
    {
      id: 'paid',
      type: 'wait_for_event',
      event: 'order_paid',
      timeout: { hours: 2 },
      on_timeout: 'late',
      save: { number: 'order.number' },
    },
    { id: 'thanks', type: 'message', text: 'Order {{ number }}: {{ event.data.amount }} €', next: 'sent' },
    { id: 'late', type: 'message', text: 'Too late', next: null },
    { id: 'sent', type: 'wait_for_event', event: 'order_paid' },
    { id: 'again', type: 'message', text: 'Twice' },
  ];
  const paid = { name: 'order_paid', data: { order: { number: 12 }, amount: 9 } };

  test('continues the session that waits for it, once per ID', async () => {
    const { ann, user } = await meet(steps);
    await ann.expectReply('Please pay.');
    expect(await stage().api.call('POST', `${user}/events`, { name: 'order_sent' })).toEqual({
      continued: 0,
      is_repeated: false,
    });
    expect(await stage().api.call('POST', `${user}/events`, { ...paid, id: 'payment 1' })).toEqual({
      continued: 1,
      is_repeated: false,
    });
    await ann.expectReply('Order 12: 9 €');
    // The flow waits for the same event again: only the ID shows that this one is a repetition.
    expect(await stage().api.call('POST', `${user}/events`, { ...paid, id: 'payment 1' })).toEqual({
      continued: 1,
      is_repeated: true,
    });
    await stage().quiet();
    await ann.expectNoReply();
    const other = await stage().api.send('POST', `${user}/events`, { body: { name: 'order_paid', id: 'payment 1' } });
    expect([other.status, other.body]).toMatchObject([
      422,
      { code: 'VALIDATION_FAILED', errors: [{ path: '/id', code: 'id_taken' }] },
    ]);
    expect(await stage().api.call('POST', `${user}/events`, { name: 'order_paid', id: 'payment 2' })).toEqual({
      continued: 1,
      is_repeated: false,
    });
    await ann.expectReply('Twice');
    expect(await stage().api.call('POST', `${user}/events`, paid)).toEqual({ continued: 0, is_repeated: false });
  });

  test('continues the session once when many calls report it concurrently', async () => {
    const { ann, user } = await meet(steps);
    await ann.expectReply('Please pay.');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => stage().api.send('POST', `${user}/events`, { body: { ...paid, id: 'p' } })),
    );
    for (const { status, body } of answers)
      expect(status === 503 || (body as { continued: number }).continued === 1, JSON.stringify(body)).toBe(true);
    expect(answers.filter(({ body }) => (body as { is_repeated?: boolean }).is_repeated === false)).toHaveLength(1);
    await ann.expectReply('Order 12: 9 €');
    await stage().quiet();
    await ann.expectNoReply();
  });

  test('has no effect after the timeout of the wait or before the wait', async () => {
    const { ann, user } = await meet(steps);
    await ann.expectReply('Please pay.');
    clock.shift(119 * MINUTE_MS);
    await stage().quiet();
    await ann.expectNoReply();
    clock.shift(2 * MINUTE_MS);
    await ann.expectReply('Too late');
    expect(await stage().api.call('POST', `${user}/events`, { ...paid, id: 'p' })).toEqual({
      continued: 0,
      is_repeated: false,
    });
    await ann.send('/start');
    await ann.expectReply('Please pay.');
    await stage().quiet();
    await ann.expectNoReply();
    expect(await stage().api.call('POST', `${user}/events`, { ...paid, id: 'p' })).toEqual({
      continued: 1,
      is_repeated: false,
    });
    await ann.expectReply('Order 12: 9 €');
  });

  test('reaches all chats of the user, in code and over HTTP', async () => {
    const { bot, ann, user_id } = await meet(steps);
    await ann.expectReply('Please pay.');
    const person = stage().telegram.user('Ann');
    const there = person.in(stage().telegram.group('Team', [person], { bots: [bot.fake] }));
    await there.send(`/start@${bot.fake.username}`);
    await there.expectReply('Please pay.');
    await stage().quiet();
    expect(await stage().botloom.events.raise(bot.id, user_id, paid)).toEqual({ continued: 2, is_repeated: false });
    await ann.expectReply('Order 12: 9 €');
    await there.expectReply('Order 12: 9 €');
  });

  test('loses no change of the user when it continues several chats at once', async () => {
    const count = [
      { id: 'w', type: 'wait_for_event', event: 'e' },
      { id: 's', type: 'set_attribute', changes: [{ attribute: 'count', do: 'add', value: 1 }] },
    ];
    const { bot, user } = await meet(count);
    const person = stage().telegram.user('Ann');
    await person.in(stage().telegram.group('Team', [person], { bots: [bot.fake] })).send(`/start@${bot.fake.username}`);
    await stage().quiet();
    expect(await stage().api.call('POST', `${user}/events`, { name: 'e' })).toMatchObject({ continued: 2 });
    expect(await stage().api.call('GET', user)).toMatchObject({ attributes: { count: 2 } });
  });

  test('is refused if it is invalid or the bot is inactive', async () => {
    const { bot, user } = await meet(steps);
    for (const body of [
      {},
      { name: 'a b' },
      { name: 'x', more: 1 },
      { name: 'x', data: 'x'.repeat(50_001) },
      { name: 'x', id: '' },
    ]) {
      expect(
        (await stage().api.send('POST', `${user}/events`, { body })).status,
        JSON.stringify(body).slice(0, 50),
      ).toBe(422);
    }
    await stage().api.call('PATCH', bot.path, { is_active: false });
    expect((await stage().api.send('POST', `${user}/events`, { body: paid })).status).toBe(409);
  });

  test('can contain characters that a database rejects', async () => {
    const { ann, user } = await meet([
      { id: 'w', type: 'wait_for_event', event: 'e', save_to: 'all' },
      { id: 'm', type: 'message', text: '[{{ all.a }}]' },
    ]);
    expect(await stage().api.call('POST', `${user}/events`, { name: 'e', data: { a: 'x\0y\ud800' } })).toMatchObject({
      continued: 1,
    });
    await ann.expectReply('[xy\ufffd]');
  });
});
