import { describe, expect, it } from 'vitest';
import { at, call, startFake } from '../fixtures/fake-for-tests.ts';
import type { FakeBot, FakeTelegram, JsonObject } from '../index.ts';
import { samplePng } from './sample-png.ts';

async function scene() {
  const telegram = await startFake();
  const bot = telegram.createBot({ username: 'demo_bot' });
  const ann = telegram.user('Ann');
  await ann.in(bot).send('/start');
  return { telegram, bot, ann };
}

async function send(
  { telegram, bot }: { readonly telegram: FakeTelegram; readonly bot: FakeBot },
  method: string,
  fields: Readonly<Record<string, string>>,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<JsonObject> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  for (const [name, bytes] of Object.entries(files))
    body.append(name, new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'my "x".png');
  const response = await fetch(`${telegram.url}/bot${bot.token}/${method}`, { method: 'POST', body });
  return { status: response.status, ...((await response.json()) as JsonObject) };
}

describe('uploads', () => {
  it('get a file_id for one bot and one kind of media, and can be downloaded unchanged', async () => {
    const { telegram, bot, ann } = await scene();
    const picture = samplePng(30, 20);
    for (const [fields, name] of [
      [{}, 'photo'],
      [{ photo: 'attach://mine' }, 'mine'],
    ] as const) {
      const sent = await send(
        { telegram, bot },
        'sendPhoto',
        { chat_id: String(ann.id), caption: 'Grüße', ...fields },
        { [name]: picture },
      );
      expect(sent).toMatchObject({ ok: true, result: { caption: 'Grüße', photo: [{ width: 30, height: 20 }] } });
      const file_id = String(at(sent, 'result.photo.0.file_id'));
      expect(await call(telegram, bot, 'sendPhoto', { chat_id: ann.id, photo: file_id })).toMatchObject({ ok: true });
      expect(await call(telegram, bot, 'sendDocument', { chat_id: ann.id, document: file_id })).toMatchObject({
        status: 400,
        description: "Bad Request: can't use file of type Photo as Document",
      });
      const { file_path } = (await call(telegram, bot, 'getFile', { file_id })).result as { file_path: string };
      const download = await fetch(`${telegram.url}/file/bot${bot.token}/${file_path}`);
      expect(new Uint8Array(await download.arrayBuffer())).toEqual(picture);
      const other = telegram.createBot({ username: `other_${name}_bot` });
      await telegram.user('Ann').in(other).send('/start');
      expect(await call(telegram, other, 'sendPhoto', { chat_id: ann.id, photo: file_id })).toMatchObject({
        status: 400,
        description: 'Bad Request: wrong file identifier/HTTP URL specified',
      });
    }
    const document = await send(
      { telegram, bot },
      'sendDocument',
      { chat_id: String(ann.id), document: 'attach://a' },
      { a: picture },
    );
    expect(document).toMatchObject({
      result: { document: { file_name: 'my "x".png', mime_type: 'image/png', file_size: picture.length } },
    });
  });

  it('can be part of albums and edited messages', async () => {
    const { telegram, bot, ann } = await scene();
    const [first, second] = [samplePng(30, 20), samplePng(20, 30)];
    const media = (...names: string[]) =>
      JSON.stringify(names.map((name) => ({ type: 'photo', media: `attach://${name}` })));
    const album = await send(
      { telegram, bot },
      'sendMediaGroup',
      { chat_id: String(ann.id), media: media('a', 'b', 'a') },
      { a: first, b: second },
    );
    expect(album).toMatchObject({
      result: [{ photo: [{ width: 30 }] }, { photo: [{ width: 20 }] }, { photo: [{ width: 30 }] }],
    });
    const text = await call(telegram, bot, 'sendMessage', { chat_id: ann.id, text: 'Wait' });
    const edited = await send(
      { telegram, bot },
      'editMessageMedia',
      {
        chat_id: String(ann.id),
        message_id: String(at(text, 'result.message_id')),
        media: JSON.stringify({ type: 'photo', media: 'attach://a' }),
      },
      { a: first },
    );
    expect(edited).toMatchObject({ result: { photo: [{ width: 30 }] } });
  });

  it.each<[string, string, Readonly<Record<string, string>>, Readonly<Record<string, Uint8Array>>, number, string]>([
    ['a missing file', 'sendPhoto', {}, {}, 400, 'Bad Request: there is no photo in the request'],
    ['an empty file', 'sendDocument', {}, { document: new Uint8Array() }, 400, 'Bad Request: file must be non-empty'],
    [
      'a reference to a missing file',
      'sendPhoto',
      { photo: 'attach://b' },
      {},
      400,
      'Bad Request: attached file "b" is not in the request',
    ],
    [
      'a file that no parameter uses',
      'sendPhoto',
      { photo: 'attach://a' },
      { a: samplePng(3, 3), b: samplePng(3, 3) },
      400,
      'Bad Request: no parameter uses the file "b"',
    ],
    [
      'a photo over 10 MB',
      'sendPhoto',
      {},
      { photo: new Uint8Array(10_485_761) },
      400,
      'Bad Request: file of size 10485761 bytes is too big for a photo',
    ],
    [
      'a document over 50 MB',
      'sendDocument',
      {},
      { document: new Uint8Array(52_428_801) },
      413,
      'Request Entity Too Large',
    ],
  ])('rejects %s', async (_, method, fields, files, status, description) => {
    const { telegram, bot, ann } = await scene();
    expect(await send({ telegram, bot }, method, { chat_id: String(ann.id), ...fields }, files)).toMatchObject({
      status,
      description,
    });
  });

  it('rejects bodies that are incomplete or have no boundary', async () => {
    const { telegram, bot } = await scene();
    const post = async (type: string, body: string) =>
      (
        await fetch(`${telegram.url}/bot${bot.token}/getMe`, {
          method: 'POST',
          headers: { 'content-type': type },
          body,
        })
      ).json();
    expect(await post('multipart/form-data', 'x')).toMatchObject({ description: 'Bad Request: boundary not found' });
    expect(
      await post('multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1'),
    ).toMatchObject({ description: 'Bad Request: the multipart body has no final boundary' });
  });
});
