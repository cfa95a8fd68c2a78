import { subtle } from 'node:crypto';
import { z } from 'zod';
import { contract } from '../../contract/index.ts';
import { UPLOAD_LIMITS, type Scope, type Upload } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { getBot } from '../bots/get-bot.ts';
import { checkInput } from '../check-input.ts';

const schema = z.strictObject({
  name: contract.uploads.create.query.shape.name,
  content_type: z
    .string()
    .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/, 'must be a media type, such as image/png')
    .max(127)
    .default('application/octet-stream'),
  content: z
    .custom<Uint8Array>((value) => value instanceof Uint8Array, {
      error: 'must be bytes: a Buffer or a Uint8Array',
      abort: true,
    })
    .refine(({ byteLength }) => byteLength > 0, 'must not be empty')
    .refine(({ byteLength }) => byteLength <= UPLOAD_LIMITS.file, `must have at most ${UPLOAD_LIMITS.file} bytes`),
});
export type CreateUploadInput = z.input<typeof schema>;

/**
 * Stores a file that the bot's flows can send. Telegram receives it when it is sent for the first time. The same bytes
 * with the same name and type are one upload.
 *
 * @param input - `content`: the bytes, up to 50 MB
 * @throws VALIDATION_FAILED, BOT_NOT_FOUND, UPLOAD_QUOTA_REACHED
 * @example
 * const content = await readFile('logo.png');
 * const { id } = await botloom.uploads.create(bot.id, { name: 'logo.png', content_type: 'image/png', content });
 * // a step: { "type": "message", "photo": `upload:${id}` }
 */
export async function createUpload(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  input: CreateUploadInput,
): Promise<Upload> {
  const { name, content_type, content } = checkInput(schema, input);
  await getBot(context, scope, bot_id);
  // On another thread: a large file would block this one.
  const sha256 = Buffer.from(await subtle.digest('SHA-256', content)).toString('hex');
  return context.storage.uploads.create(scope, { bot_id, name, content_type, sha256, content }, context.uploadQuota);
}
