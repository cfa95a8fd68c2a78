import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Message, Upload } from '@botloom/core';
import { samplePng, type RecordedCall } from '@botloom/fake-telegram';
import { onBothDatabases } from '../src/journeys/stage/on-both-databases.ts';
import type { HarnessBot } from '../src/journeys/stage/test-harness.ts';
import { uploadFile } from '../src/journeys/stage/upload-file.ts';
import { waitFor } from '../src/journeys/wait-for.ts';

const KINDS = ['photo', 'video', 'animation', 'audio', 'voice', 'document', 'sticker'] as const;

onBothDatabases('uploads', ({ harness: stage }) => {
  /** Creates a bot with an upload, and a flow that uses it. */
  async function botWith(
    content: Uint8Array,
    steps: (source: string) => readonly object[],
  ): Promise<{
    bot: HarnessBot;
    upload: Upload;
    ann: ReturnType<ReturnType<ReturnType<typeof stage>['telegram']['user']>['in']>;
    flow: string;
  }> {
    const bot = await stage().createBot();
    const upload = await uploadFile(stage().api, bot, content, 'Karte "1".png');
    const { id } = await stage().api.call<{ id: string }>('POST', `${bot.path}/flows`, {
      name: 'Start',
      trigger_command: 'start',
      flow_data: { steps: steps(`upload:${upload.id}`) },
    });
    return { bot, upload, ann: stage().telegram.user('Ann').in(bot.fake), flow: `${bot.path}/flows/${id}` };
  }
  const callsOf = (bot: HarnessBot, method: string): RecordedCall[] =>
    stage().telegram.callsTo({ bot: bot.fake, method });
  /** For each successful call: true if it included the bytes. */
  const uploaded = (calls: readonly RecordedCall[]): boolean[] =>
    calls
      .filter(({ applied }) => applied)
      .map(({ parameters }) =>
        Object.values(parameters).some((value) => typeof value === 'string' && value.startsWith('(upload)')),
      );
  const outgoing = async (bot: HarnessBot): Promise<Message[]> =>
    (await stage().api.all<Message>(`${bot.path}/messages?direction=outgoing`)).reverse();

  test('are sent as every kind of media: once with their bytes, then by their Telegram file ID', async () => {
    const picture = samplePng(30, 20);
    const { bot, upload, ann } = await botWith(picture, (source) =>
      KINDS.map((kind) => ({
        id: kind,
        type: 'message',
        [kind]: source,
        ...(kind === 'sticker' ? {} : { text: 'Für {{ user.first_name }}', buttons: [{ text: 'Ja', answer: 'Ja' }] }),
      })),
    );
    for (const time of [0, 1]) {
      await ann.send('/start');
      for (const kind of KINDS) {
        const message = await ann.expectReply(undefined, { skip: true });
        expect(message, kind).toMatchObject({
          [kind]: expect.anything(),
          ...(kind === 'sticker' ? {} : { caption: 'Für Ann', reply_markup: { inline_keyboard: [[{ text: 'Ja' }]] } }),
        });
        if (kind === 'document')
          expect(message.document).toMatchObject({ file_name: 'Karte "1".png', file_size: picture.length });
      }
      await stage().quiet();
      for (const kind of KINDS) expect(uploaded(callsOf(bot, `send${kind}`))[time], kind).toBe(time === 0);
    }
    const [message] = await outgoing(bot);
    expect(message).toMatchObject({ type: 'photo', status: 'sent', payload: { photo: `upload:${upload.id}` } });
  });

  test('are used in albums and in edited messages, next to other media', async () => {
    const { bot, ann } = await botWith(samplePng(30, 20), (source) => [
      { id: 'wait', type: 'message', text: 'One moment' },
      { id: 'edit', type: 'message', photo: source, text: 'Here', edit: true },
      {
        id: 'album',
        type: 'message',
        text: 'All',
        album: [
          { type: 'photo', media: source },
          { type: 'video', media: source },
          { type: 'photo', media: 'https://example.com/1.png' },
          { type: 'photo', media: source },
        ],
      },
    ]);
    for (const time of [0, 1]) {
      await ann.send('/start');
      await stage().quiet();
      const [edit, album] = [callsOf(bot, 'editMessageMedia')[time], callsOf(bot, 'sendMediaGroup')[time]];
      expect(edit).toMatchObject({ applied: true, result: { caption: 'Here', photo: [{ width: 30 }] } });
      expect(album).toMatchObject({
        applied: true,
        result: [
          { caption: 'All', photo: [{ width: 30 }] },
          { video: { width: 30 } },
          { photo: [{ width: 90 }, { width: 320 }] },
          { photo: [{ width: 30 }] },
        ],
      });
      // The album knows the photo from the previous message, and sends bytes only for the video.
      expect([uploaded([edit!]), uploaded([album!])]).toEqual([[time === 0], [time === 0]]);
    }
  });

  test('a file of many parts arrives unchanged', async () => {
    const content = randomBytes(7_500_000);
    const { bot, ann } = await botWith(content, (source) => [{ id: 'a', type: 'message', document: source }]);
    await ann.send('/start');
    const { document } = (await ann.expectReply()) as { document?: { file_id: string } };
    const answer = await fetch(`${stage().api.url}${bot.path}/uploads`);
    expect(answer.status).toBe(401);
    const file = await stage().botloom.files.get(bot.id, document?.file_id ?? '');
    const parts: Uint8Array[] = [];
    for await (const part of file.body) parts.push(part);
    expect(Buffer.concat(parts).equals(content)).toBe(true);
  });

  test('are uploaded once, even if many users receive them at the same time', async () => {
    const { bot } = await botWith(samplePng(30, 20), (source) => [
      { id: 'a', type: 'message', photo: source, text: 'Hello' },
    ]);
    const slow = stage().telegram.latency({ bot: bot.fake, method: 'sendPhoto', ms: 100 });
    const crowd = Array.from({ length: 25 }, (_, index) => stage().telegram.user(`Bob ${index}`).in(bot.fake));
    await Promise.all(crowd.map((person) => person.send('/start')));
    await Promise.all(crowd.map((person) => person.expectReply('Hello')));
    slow.cancel();
    expect(uploaded(callsOf(bot, 'sendPhoto')).filter(Boolean)).toHaveLength(1);
    expect(callsOf(bot, 'sendPhoto')).toHaveLength(25);
  });

  test.each([
    [
      'a file that Telegram has forgotten',
      { status: 400, description: 'Bad Request: wrong remote file identifier specified: Wrong padding in the string' },
      [true, true],
    ],
    [
      'a temporarily unavailable file',
      { status: 400, description: 'Bad Request: wrong file_id or the file is temporarily unavailable' },
      [true, true],
    ],
    ['too many messages', { status: 429, retry_after: 1 }, [true, false]],
    ['a gateway', 'html_502', [true, false]],
    ['a reset', 'reset', [true, false]],
  ] as const)('%s is answered by another try, with the bytes only where they are needed', async (_, fault, bytes) => {
    const { bot, ann } = await botWith(samplePng(30, 20), (source) => [
      { id: 'a', type: 'message', photo: source, text: 'Hello' },
      { id: 'b', type: 'message', text: 'Bye' },
    ]);
    await ann.send('/start');
    await ann.expectReply('Bye', { skip: true });
    stage().telegram.fail({ bot: bot.fake, method: 'sendPhoto', with: fault });
    await ann.send('/start');
    await ann.expectReply('Hello');
    await ann.expectReply('Bye');
    expect(uploaded(callsOf(bot, 'sendPhoto'))).toEqual(bytes);
  });

  test('an upload that breaks off is repeated, and later messages keep their order', async () => {
    const { bot, ann } = await botWith(randomBytes(3_000_000), (source) => [
      { id: 'a', type: 'message', document: source, text: 'Hello' },
      { id: 'b', type: 'message', text: 'Bye' },
    ]);
    for (const fault of ['reset', { status: 429, retry_after: 1 }, { status: 500 }] as const)
      stage().telegram.fail({ bot: bot.fake, method: 'sendDocument', with: fault });
    await ann.send('/start');
    await ann.expectReply('Hello');
    await ann.expectReply('Bye');
    expect(callsOf(bot, 'sendDocument').map(({ applied }) => applied)).toEqual([false, false, false, true]);
  });

  test('a flow can use only existing uploads; one in use cannot be deleted, a missing one blocks nothing', async () => {
    const { bot, upload, ann, flow } = await botWith(samplePng(30, 20), (source) => [
      { id: 'ask', type: 'question', text: 'Well?' },
      { id: 'show', type: 'message', photo: source, text: 'Look' },
      { id: 'end', type: 'message', text: 'Bye' },
    ]);
    const { api } = stage();
    const wrong = await api.send('POST', `${bot.path}/flows`, {
      body: {
        name: 'Wrong',
        flow_data: {
          steps: [
            {
              id: 'a',
              type: 'message',
              album: [
                { type: 'photo', media: `upload:${upload.id}` },
                { type: 'photo', media: `upload:${bot.id}` },
              ],
            },
          ],
        },
      },
    });
    expect([wrong.status, wrong.body]).toMatchObject([
      422,
      { errors: [{ path: '/flow_data/steps/0/album/1/media', code: 'unknown_upload' }] },
    ]);
    await ann.send('/start');
    await ann.expectReply('Well?');
    const path = `${bot.path}/uploads/${upload.id}`;
    const used = await api.send('DELETE', path);
    expect([used.status, used.body]).toMatchObject([
      409,
      { code: 'UPLOAD_IN_USE', detail: expect.stringContaining('the flow "Start"') as string },
    ]);
    await api.call('PUT', flow, { name: 'Start', flow_data: { response: 'Other' } });
    expect((await api.send('DELETE', path)).status).toBe(204);
    // Ann's session is still on the version that uses it.
    await ann.send('Yes');
    await ann.expectReply('Bye');
    const failed = async () =>
      (await outgoing(bot)).find(({ type, status }) => type === 'photo' && status === 'failed');
    expect(await waitFor(failed, { what: 'the photo to fail' })).toMatchObject({
      failure: `the bot has no upload ${upload.id}`,
    });
  });
});
