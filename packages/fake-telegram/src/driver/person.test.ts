import { describe, expect, it } from 'vitest';
import { call, startFake } from '../fixtures/fake-for-tests.ts';
import { ExpectationError } from '../index.ts';

async function start() {
  const telegram = await startFake({ expectTimeout: 20 });
  const bot = telegram.createBot({ username: 'demo_bot' });
  const ann = telegram.user('Ann');
  const say = (text: string, more = {}) => call(telegram, bot, 'sendMessage', { chat_id: ann.id, text, ...more });
  return { telegram, bot, ann, say };
}

/** Returns the error message of a promise that rejects. */
async function problem(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(ExpectationError);
  return error instanceof Error ? error.message : '';
}

describe('a person', () => {
  it('reports the expected reply, the received one, and the transcript', async () => {
    const { ann, say } = await start();
    await ann.send('/start');
    await say('Hello Bob');
    expect(await problem(ann.expectReply('Hello Ann'))).toBe(
      [
        'Ann expected the reply "Hello Ann", but the next was "Hello Bob".',
        '',
        'Transcript:',
        '  Ann: /start',
        '  @demo_bot: Hello Bob',
      ].join('\n'),
    );
  });

  it('reports possible reasons for a missing reply', async () => {
    const { ann, say, telegram, bot } = await start();
    await ann.send('/start');
    await call(telegram, bot, 'sendMessage', { chat_id: 1, text: 'x' });
    const why = await problem(ann.expectReply(/hello/i));
    expect(why).toContain('Ann expected the reply /hello/i, but received none.');
    expect(why).toContain('- @demo_bot has set no webhook and does not poll: no update reaches it');
    expect(why).toContain('- the last call of @demo_bot that failed: sendMessage, 400 Bad Request: chat not found');
    await say('Hello');
    await ann.expectReply(/hello/i);
  });

  it('expects each reply once and in order, unless it may skip some', async () => {
    const { ann, say } = await start();
    await ann.send('/start');
    await say('one');
    await say('two');
    await say('three');
    await ann.expectReply();
    await ann.expectReply((message) => message.text === 'three', { skip: true });
    await say('four');
    expect(await problem(ann.expectNoReply())).toContain('Ann expected no reply, but got "four"');
    await ann.expectNoReply();
  });

  it('presses only buttons that exist', async () => {
    const { ann, say } = await start();
    await ann.send('/start');
    expect(await problem(ann.press('Yes'))).toContain("Ann can't press [Yes]: the bot has not written yet");
    await say('?', {
      reply_markup: {
        inline_keyboard: [
          [
            { text: 'Yes', callback_data: 'y' },
            { text: 'Docs', url: 'https://a.example' },
          ],
        ],
      },
    });
    expect(await problem(ann.press('No'))).toContain('the message has the buttons [Yes] [Docs]');
    expect(await problem(ann.press('Docs'))).toContain(
      'it opens https://a.example in a browser, and the bot receives no update',
    );
    const asked = await ann.expectReply('?');
    await say('Choose', { reply_markup: { keyboard: [['Left', { text: 'Me', request_contact: true }]] } });
    expect(await problem(ann.press('Yes'))).toContain(
      `the reply keyboard has [Left] [Me]; message ${asked.message_id} has it: pass that message as { on }`,
    );
    expect(await ann.press('Yes', { on: asked })).toMatchObject({ data: 'y' });
    expect(await ann.press('Left')).toMatchObject({ text: 'Left' });
    expect(await ann.press('Me')).toMatchObject({ contact: { first_name: 'Ann', user_id: ann.id } });
  });

  it('requires a bot to be chosen if there are several', async () => {
    const { telegram, ann, bot } = await start();
    telegram.createBot({ username: 'other_bot' });
    expect(() => ann.transcript()).toThrow('There are several bots: choose the one that Ann talks to with .in(bot)');
    await ann.in(bot).send('hi');
    expect(ann.in(bot).transcript()).toBe('Ann: hi');
  });

  it('talks in groups, where privacy mode limits what bots receive', async () => {
    const { telegram, ann, bot } = await start();
    const bob = telegram.user('Bob');
    const curious = telegram.createBot({ username: 'curious_bot', can_read_all_group_messages: true });
    const team = telegram.group('Team', [ann, bob]);
    await bob.in(team).send('good morning');
    await ann.in(team).send('/start@demo_bot');
    await ann.in(team).send('hey @demo_bot');
    const texts = async (one: { token: string }) => {
      const { result } = await call(telegram, one, 'getUpdates', { allowed_updates: ['message'] });
      return (result as { message?: { text: string } }[]).flatMap(({ message }) => message?.text ?? []);
    };
    expect(await texts(bot)).toEqual(['/start@demo_bot', 'hey @demo_bot']);
    expect(await texts(curious)).toEqual(['good morning', '/start@demo_bot', 'hey @demo_bot']);
    await call(telegram, bot, 'sendMessage', { chat_id: team.id, text: 'Hello all' });
    await bob.in(team).expectReply('Hello all');
    await ann.in(team).expectReply('Hello all');
  });

  it('sends videos and voice messages as files of the bot', async () => {
    const { ann, telegram, bot } = await start();
    const { video, caption } = await ann.sendVideo({ caption: 'Look' });
    expect({ video, caption }).toMatchObject({ caption: 'Look', video: { mime_type: 'video/mp4', duration: 0 } });
    const { voice } = await ann.sendVoice(new Uint8Array([1, 2, 3]));
    expect(voice).toMatchObject({ file_size: 3, mime_type: 'audio/ogg' });
    const { file_id } = voice as { file_id: string }; // The line above has checked it.
    expect(await call(telegram, bot, 'getFile', { file_id })).toMatchObject({ result: { file_size: 3 } });
  });
});
