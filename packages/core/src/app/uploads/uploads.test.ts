import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Upload } from '../../model/index.ts';
import { createTestBotloom, type TestBotloom } from '../fixtures/create-test-botloom.ts';

let own: TestBotloom;
let bot_id: string;

beforeEach(async () => {
  own = await createTestBotloom({ uploadQuota: 10 });
  ({ id: bot_id } = await own.botloom.bots.create({ token: '42:CANARYcanaryCANARYcanaryCANARYcanary' }));
});
afterEach(() => own.close());

const keep = (text: string, name = 'a.txt'): Promise<Upload> =>
  own.botloom.uploads.create(bot_id, { name, content_type: 'text/plain', content: Buffer.from(text) });

test('files are stored, read and deleted in code, within the quota of the host', async () => {
  const { uploads } = own.botloom;
  const upload = await keep('12345');
  expect(upload).toMatchObject({ size: 5, sha256: '5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5' });
  const { body, size, name } = await uploads.content(bot_id, upload.id);
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  expect([size, name, Buffer.concat(parts).toString()]).toEqual([5, 'a.txt', '12345']);
  await keep('1234');
  await expect(keep('12')).rejects.toMatchObject({ code: 'UPLOAD_QUOTA_REACHED', status: 409 });
  await uploads.delete(bot_id, upload.id);
  await keep('12');
  expect((await uploads.list(bot_id)).items.map((each) => each.size)).toHaveLength(2);
});

test.each([
  [{ name: 'a/b', content: Buffer.from('x') }, '/name'],
  [{ name: 'a', content: Buffer.alloc(0) }, '/content'],
  [{ name: 'a', content: Buffer.alloc(50_000_001) }, '/content'],
  [{ name: 'a', content: 'text' as unknown as Buffer }, '/content'],
  [{ name: 'a', content: Buffer.from('x'), content_type: 'image/png\r\nx: y' }, '/content_type'],
])('the problem of an invalid file is reported: %#', async (input, path) => {
  await expect(own.botloom.uploads.create(bot_id, input)).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    problems: [{ path }],
  });
});

test('an upload cannot be deleted while any of many flows names it', async () => {
  const { botloom } = own;
  const upload = await keep('1');
  for (let index = 0; index < 25; index += 1)
    await botloom.flows.create(bot_id, { name: `Flow ${index}`, flow_data: { response: 'x' } });
  const named = await botloom.flows.create(bot_id, {
    name: 'Last',
    is_active: false,
    flow_data: { steps: [{ id: 'a', type: 'message', photo: `{% if user.phone %}upload:${upload.id}{% endif %}` }] },
  });
  await expect(botloom.uploads.delete(bot_id, upload.id)).rejects.toMatchObject({
    code: 'UPLOAD_IN_USE',
    message: expect.stringContaining(`the flow "Last" (${named.id})`) as string,
  });
  await botloom.flows.delete(bot_id, named.id);
  await botloom.uploads.delete(bot_id, upload.id);
});
