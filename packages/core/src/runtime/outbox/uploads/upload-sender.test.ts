import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject, Upload } from '../../../model/index.ts';
import { silentLogger } from '../../../ports/index.ts';
import {
  TelegramNetworkError,
  type AttachedFile,
  type CallOptions,
  type TelegramApi,
} from '../../../telegram/index.ts';
import { createTestStorage, EVERYONE, flushEventLoop, type TestStorage } from '../../fixtures/create-test-storage.ts';
import { apiError } from '../../fixtures/stub-telegram.ts';
import { UploadSender, type Uploads } from './upload-sender.ts';

interface Call {
  readonly method: string;
  readonly payload: JsonObject;
  /** Content of the files by the name of the part. */
  readonly files: Readonly<Record<string, string>>;
}

let base: TestStorage;
let bot: string;
let holds = true;
let calls: Call[] = [];
/** Response of Telegram to a call; a thrown error is the response. */
let answer: (call: Call) => JsonObject | readonly JsonObject[] | Promise<JsonObject>;

const photo = (file_id: string): JsonObject => ({
  message_id: 1,
  photo: [
    { file_id: 'small', width: 9, height: 9 },
    { file_id, width: 90, height: 90 },
  ],
});

const telegram: TelegramApi = {
  async call(_, method, payload, { files = [] }: CallOptions = {}) {
    const call = {
      method,
      payload,
      files: Object.fromEntries(await Promise.all(files.map(async (file) => [file.name, await textOf(file)] as const))),
    };
    calls.push(call);
    return answer(call);
  },
  download: () => Promise.reject(new Error('nothing is downloaded here')),
  close: () => Promise.resolve(),
};

async function textOf({ content }: AttachedFile): Promise<string> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of content) parts.push(part);
  } catch (error) {
    throw new TelegramNetworkError('sendPhoto', String(error), true);
  }
  return Buffer.concat(parts).toString();
}

function sender(more: Partial<Uploads> = {}): UploadSender {
  return new UploadSender({
    uploads: { ...base.storage.uploads, ...more },
    telegram,
    mayServe: () => holds,
    logger: silentLogger,
  });
}
const keep = (text: string): Promise<Upload> =>
  base.storage.uploads.create(
    EVERYONE,
    { bot_id: bot, name: `${text}.png`, content_type: 'image/png', sha256: text, content: Buffer.from(text) },
    1_000,
  );
const sendPhoto = (by: UploadSender, { id }: Upload) =>
  by.send(
    { id: bot, token: 't' },
    { method: 'sendPhoto', payload: { chat_id: 7, photo: `upload:${id}`, caption: `upload:${id}` } },
  );
const fileIds = async ({ id }: Upload) =>
  Object.fromEntries((await base.storage.uploads.find(bot, [id])).get(id)?.file_ids ?? []);

beforeEach(async () => {
  base = await createTestStorage();
  bot = await base.bot();
  holds = true;
  calls = [];
  answer = () => photo('LARGE');
});
afterEach(() => base.storage.close());

test('sends the bytes once and the file ID afterwards, and changes nothing else in the call', async () => {
  const upload = await keep('abc');
  const by = sender();
  expect(await sendPhoto(by, upload)).toMatchObject({ result: { message_id: 1 } });
  expect(await sendPhoto(by, upload)).toMatchObject({ result: { message_id: 1 } });
  expect(calls).toEqual([
    {
      method: 'sendPhoto',
      payload: { chat_id: 7, photo: `attach://${upload.id}`, caption: `upload:${upload.id}` },
      files: { [upload.id]: 'abc' },
    },
    { method: 'sendPhoto', payload: { chat_id: 7, photo: 'LARGE', caption: `upload:${upload.id}` }, files: {} },
  ]);
  expect(await fileIds(upload)).toEqual({ photo: 'LARGE' });
});

test('in an album, each item has its own file ID, and a file is sent once', async () => {
  const [first, second] = [await keep('abc'), await keep('def')];
  await base.storage.uploads.saveFileIds(bot, [{ upload_id: second.id, kind: 'photo', file_id: 'SECOND' }]);
  answer = () => [photo('FIRST'), photo('SECOND'), { video: { file_id: 'VIDEO' } }];
  const media = [
    { type: 'photo', media: `upload:${first.id}` },
    { type: 'photo', media: `upload:${second.id}` },
    { type: 'video', media: `upload:${first.id}` },
    { type: 'photo', media: 'https://example.com/1' },
  ];
  await sender().send({ id: bot, token: 't' }, { method: 'sendMediaGroup', payload: { media } });
  expect(calls[0]).toMatchObject({
    payload: {
      media: [
        { media: `attach://${first.id}` },
        { media: 'SECOND' },
        { media: `attach://${first.id}` },
        { media: 'https://example.com/1' },
      ],
    },
    files: { [first.id]: 'abc' },
  });
  expect([await fileIds(first), await fileIds(second)]).toEqual([
    { photo: 'FIRST', video: 'VIDEO' },
    { photo: 'SECOND' },
  ]);
});

describe('a file ID that Telegram no longer accepts', () => {
  test.each([
    'Bad Request: wrong file identifier/HTTP URL specified',
    'Bad Request: wrong remote file identifier specified: Wrong padding length',
    'Bad Request: wrong file_id or the file is temporarily unavailable',
    'Bad Request: invalid file_id',
    "Bad Request: can't use file of type Video as Photo",
    'Bad Request: FILE_REFERENCE_EXPIRED',
  ])('is replaced by another upload: %s', async (description) => {
    const upload = await keep('abc');
    await base.storage.uploads.saveFileIds(bot, [{ upload_id: upload.id, kind: 'photo', file_id: 'OLD' }]);
    answer = ({ payload }) => {
      if (payload.photo === 'OLD') throw apiError(400, description);
      return photo('NEW');
    };
    expect(await sendPhoto(sender(), upload)).toMatchObject({ result: {} });
    expect(calls.map(({ files }) => Object.keys(files).length)).toEqual([0, 1]);
    expect(await fileIds(upload)).toEqual({ photo: 'NEW' });
  });

  test('is replaced without an upload if another attempt uploaded the file in the meantime', async () => {
    const upload = await keep('abc');
    await base.storage.uploads.saveFileIds(bot, [{ upload_id: upload.id, kind: 'photo', file_id: 'OLD' }]);
    answer = async ({ payload }) => {
      if (payload.photo !== 'OLD') return photo('NEW');
      await base.storage.uploads.saveFileIds(bot, [{ upload_id: upload.id, kind: 'photo', file_id: 'NEW' }]);
      throw apiError(400, 'Bad Request: invalid file_id');
    };
    await sendPhoto(sender(), upload);
    expect(calls.map(({ payload }) => payload.photo)).toEqual(['OLD', 'NEW']);
  });

  test('does not cause another upload if Telegram rejected the bytes with the same error', async () => {
    const upload = await keep('abc');
    answer = () => {
      throw apiError(400, 'Bad Request: wrong file identifier/HTTP URL specified');
    };
    await expect(sendPhoto(sender(), upload)).rejects.toMatchObject({ error_code: 400 });
    expect(calls).toHaveLength(1);
    await base.storage.uploads.saveFileIds(bot, [{ upload_id: upload.id, kind: 'photo', file_id: 'OLD' }]);
    await expect(sendPhoto(sender(), upload)).rejects.toMatchObject({ error_code: 400 });
    expect(calls.map(({ files }) => Object.keys(files).length)).toEqual([1, 0, 1]);
  });
});

describe('simultaneous uploads', () => {
  test('one call uploads the file, and the others wait for its file ID', async () => {
    const upload = await keep('abc');
    const held = Promise.withResolvers<JsonObject>();
    answer = () => held.promise;
    const by = sender();
    const first = sendPhoto(by, upload);
    await flushEventLoop();
    const others = await Promise.all([sendPhoto(by, upload), sendPhoto(by, upload)]);
    const waits = others.map((other) =>
      'decision' in other && other.decision.kind === 'wait'
        ? other.decision.until
        : Promise.reject(new Error('it does not wait')),
    );
    held.resolve(photo('LARGE'));
    await first;
    await Promise.all(waits);
    answer = () => photo('LARGE');
    await sendPhoto(by, upload);
    expect(calls.map(({ payload }) => payload.photo)).toEqual([`attach://${upload.id}`, 'LARGE']);
  });

  test('four calls upload at the same time, and another one can start when one fails', async () => {
    const uploads = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(keep));
    const held = Array.from({ length: 4 }, () => Promise.withResolvers<JsonObject>());
    answer = () => held[calls.length - 1]!.promise;
    const by = sender();
    const tries = uploads.slice(0, 4).map((upload) => sendPhoto(by, upload).catch(() => 'failed'));
    await flushEventLoop();
    const fifth = await sendPhoto(by, uploads[4]!);
    expect(fifth).toMatchObject({ decision: { kind: 'wait' } });
    held[2]!.reject(apiError(400, 'Bad Request: IMAGE_PROCESS_FAILED'));
    expect(await tries[2]).toBe('failed');
    if ('decision' in fifth && fifth.decision.kind === 'wait') await fifth.decision.until;
    answer = () => photo('LARGE');
    expect(await sendPhoto(by, uploads[4]!)).toMatchObject({ result: {} });
    for (const { resolve } of held) resolve(photo('LARGE'));
    await Promise.all(tries);
  });
});

describe('failures', () => {
  test('a deleted upload, or an upload of another bot, fails permanently', async () => {
    const upload = await keep('abc');
    await base.storage.uploads.delete(EVERYONE, bot, upload.id);
    expect(await sendPhoto(sender(), upload)).toMatchObject({
      decision: { kind: 'fail', reason: `the bot has no upload ${upload.id}` },
    });
    const other = await base.bot();
    const theirs = await base.storage.uploads.create(
      EVERYONE,
      { bot_id: other, name: 'a', content_type: 'image/png', sha256: 'a', content: Buffer.from('a') },
      1_000,
    );
    expect(await sendPhoto(sender(), theirs)).toMatchObject({ decision: { kind: 'fail' } });
    expect(calls).toEqual([]);
  });

  test('an unavailable database leads to a retry before or during the upload, but not after it', async () => {
    const upload = await keep('abc');
    const away = () => Promise.reject(new Error('away'));
    expect(await sendPhoto(sender({ find: away }), upload)).toMatchObject({
      decision: { kind: 'retry', reason: 'away' },
    });
    expect(await sendPhoto(sender({ readPart: away }), upload)).toMatchObject({
      decision: { kind: 'retry', reason: 'away' },
    });
    expect(calls).toEqual([]);
    expect(await sendPhoto(sender({ saveFileIds: away }), upload)).toMatchObject({ result: {} });
  });

  test('a lost lease stops the upload', async () => {
    const upload = await keep('abc');
    holds = false;
    expect(await sendPhoto(sender(), upload)).toMatchObject({ decision: { kind: 'retry' } });
    expect(calls).toEqual([]);
  });
});
