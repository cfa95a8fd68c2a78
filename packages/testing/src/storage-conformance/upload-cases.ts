import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createBot, EVERYONE, expectCode } from './fixtures.ts';
import type { CaseGroup } from './storage-target.ts';

const QUOTA_BYTES = 10_000_000;

export function uploadCases({ storage, database }: CaseGroup): void {
  const keep = (
    bot_id: string,
    content: Uint8Array,
    { name = 'a.png', quota = QUOTA_BYTES }: { readonly name?: string; readonly quota?: number } = {},
  ) =>
    storage().uploads.create(
      EVERYONE,
      { bot_id, name, content_type: 'image/png', sha256: createHash('sha256').update(content).digest('hex'), content },
      quota,
    );
  async function read(bot_id: string, id: string): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for (let number = 0; ; number += 1) {
      const part = await storage().uploads.readPart(EVERYONE, bot_id, id, number);
      if (part === null) return Buffer.concat(parts);
      parts.push(part);
    }
  }

  test.each([1, 1_048_576, 1_048_577, 3_500_000])('%i bytes are returned unchanged', async (size) => {
    const { id: bot_id } = await createBot(storage());
    const content = Uint8Array.from({ length: size }, (_, index) => (index * 7 + (index >> 8)) % 256);
    // A view of a larger buffer, like those of parsers.
    const upload = await keep(
      bot_id,
      Buffer.concat([Buffer.from('before'), content, Buffer.from('after')]).subarray(6, 6 + size),
      { name: 'Grüße 😀.png' },
    );
    expect(upload).toMatchObject({
      bot_id,
      name: 'Grüße 😀.png',
      content_type: 'image/png',
      size,
      sha256: createHash('sha256').update(content).digest('hex'),
    });
    expect((await read(bot_id, upload.id)).equals(content)).toBe(true);
    expect(await storage().uploads.get(EVERYONE, bot_id, upload.id)).toEqual(upload);
  });

  test('the same bytes with the same name are one upload; another name or another bot makes another one', async () => {
    const [first, second] = [await createBot(storage()), await createBot(storage())];
    const upload = await keep(first.id, Buffer.from('x'));
    expect(await keep(first.id, Buffer.from('x'))).toEqual(upload);
    expect((await keep(first.id, Buffer.from('x'), { name: 'b.png' })).id).not.toBe(upload.id);
    expect((await keep(second.id, Buffer.from('x'))).id).not.toBe(upload.id);
  });

  test('the quota is respected, even by concurrent uploads, and a deleted upload frees its space', async () => {
    const { id: bot_id } = await createBot(storage());
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) => keep(bot_id, Buffer.alloc(100, String(index)), { quota: 350 })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    await expectCode(keep(bot_id, Buffer.alloc(51, 'x'), { quota: 350 }), 'UPLOAD_QUOTA_REACHED');
    const [upload] = (await storage().uploads.list(EVERYONE, bot_id, { limit: 1 })).items;
    await storage().uploads.delete(EVERYONE, bot_id, upload!.id);
    await keep(bot_id, Buffer.alloc(51, 'x'), { quota: 350 });
  });

  test('uploads are listed in pages, newest first', async () => {
    const { id: bot_id } = await createBot(storage());
    const ids: string[] = [];
    for (const text of ['1', '2', '3', '4', '5']) ids.unshift((await keep(bot_id, Buffer.from(text))).id);
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await storage().uploads.list(EVERYONE, bot_id, { limit: 2, cursor });
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect([...seen].sort()).toEqual([...ids].sort());
    expect((await storage().uploads.list(EVERYONE, bot_id, { limit: 100 })).items.map(({ id }) => id)).toEqual(seen);
    await expectCode(storage().uploads.list(EVERYONE, bot_id, { limit: 2, cursor: 'WzEsIngiXQ' }), 'CURSOR_INVALID');
  });

  test('a deleted upload is removed with its bytes and its Telegram file IDs', async () => {
    const { id: bot_id } = await createBot(storage());
    const { id } = await keep(bot_id, Buffer.from('x'));
    await storage().uploads.saveFileIds(bot_id, [{ upload_id: id, kind: 'photo', file_id: 'AAA' }]);
    await storage().uploads.delete(EVERYONE, bot_id, id);
    expect(await storage().uploads.get(EVERYONE, bot_id, id)).toBeNull();
    expect(await storage().uploads.readPart(EVERYONE, bot_id, id, 0)).toBeNull();
    expect((await storage().uploads.find(bot_id, [id])).size).toBe(0);
    await expectCode(storage().uploads.delete(EVERYONE, bot_id, id), 'UPLOAD_NOT_FOUND');
    // Its last send may be in progress.
    await storage().uploads.saveFileIds(bot_id, [{ upload_id: id, kind: 'photo', file_id: 'AAA' }]);
    const again = await keep(bot_id, Buffer.from('x'));
    expect((await storage().uploads.find(bot_id, [again.id])).get(again.id)?.file_ids.size).toBe(0);
  });

  test('a Telegram file ID is stored per kind of media, and removed unless replaced in the meantime', async () => {
    const { id: bot_id } = await createBot(storage());
    const { id } = await keep(bot_id, Buffer.from('x'));
    const known = async () =>
      Object.fromEntries((await storage().uploads.find(bot_id, [id, 'no id'])).get(id)?.file_ids ?? []);
    const [photo, document] = [
      { upload_id: id, kind: 'photo', file_id: 'AAA' },
      { upload_id: id, kind: 'document', file_id: 'BBB' },
    ];
    await storage().uploads.saveFileIds(bot_id, [photo, document]);
    expect(await known()).toEqual({ photo: 'AAA', document: 'BBB' });
    await storage().uploads.saveFileIds(bot_id, [{ ...photo, file_id: 'CCC' }]);
    await storage().uploads.deleteFileIds(bot_id, [photo, document]);
    expect(await known()).toEqual({ photo: 'CCC' });
  });

  test('many uploads are found at once, but only those of this bot', async () => {
    const [first, second] = [await createBot(storage()), await createBot(storage())];
    const [mine, other] = [await keep(first.id, Buffer.from('x')), await keep(second.id, Buffer.from('x'))];
    const many = Array.from(
      { length: 1_200 },
      (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    );
    expect([...(await storage().uploads.find(first.id, [...many, mine.id, other.id, mine.id])).keys()]).toEqual([
      mine.id,
    ]);
  });

  test('the remains of a crash are not visible, and free their space after an hour', async (context) => {
    const { execute } = database();
    if (execute === undefined) return context.skip('the target cannot run SQL');
    const { id: bot_id } = await createBot(storage());
    const { id } = await keep(bot_id, Buffer.alloc(300, 'x'), { quota: 350 });
    const isPostgres = storage().dialect === 'postgres';
    await execute(`update botloom_upload set is_complete = ${isPostgres ? 'false' : '0'} where id = '${id}'`);
    expect(await storage().uploads.get(EVERYONE, bot_id, id)).toBeNull();
    expect((await storage().uploads.list(EVERYONE, bot_id, { limit: 10 })).items).toEqual([]);
    expect((await storage().uploads.find(bot_id, [id])).size).toBe(0);
    await expectCode(keep(bot_id, Buffer.alloc(300, 'y'), { quota: 350 }), 'UPLOAD_QUOTA_REACHED');
    await execute(
      `update botloom_upload
       set created_at = ${isPostgres ? "now() - interval '61 minutes'" : 'created_at - 3660000'}
       where id = '${id}'`,
    );
    await keep(bot_id, Buffer.alloc(300, 'y'), { quota: 350 });
    expect(await execute(`select count(*) as rows from botloom_upload_part where upload_id = '${id}'`)).toMatchObject([
      { rows: expect.toSatisfy((rows: unknown) => Number(rows) === 0) },
    ]);
  });
}
