import { BotloomError } from '../../errors/index.ts';
import type { Scope } from '../../model/index.ts';
import type { AppContext } from '../app-context.ts';
import { getUpload } from './get-upload.ts';

export interface UploadContent {
  /** The bytes, read on demand. Throws UPLOAD_NOT_FOUND if the upload is deleted meanwhile. */
  readonly body: AsyncIterable<Uint8Array>;
  readonly size: number;
  readonly name: string;
}

/**
 * Returns the bytes of an upload as a stream.
 *
 * @throws BOT_NOT_FOUND, UPLOAD_NOT_FOUND
 */
export async function getUploadContent(
  context: AppContext,
  scope: Scope,
  bot_id: string,
  id: string,
): Promise<UploadContent> {
  const { size, name } = await getUpload(context, scope, bot_id, id);
  return { body: parts(context, scope, bot_id, id, size), size, name };
}

async function* parts(
  { storage }: AppContext,
  scope: Scope,
  bot_id: string,
  id: string,
  size: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let number = 0, sent = 0; sent < size; number += 1) {
    const part = await storage.uploads.readPart(scope, bot_id, id, number);
    if (part === null) throw new BotloomError('UPLOAD_NOT_FOUND', 'The upload was deleted while it was being read.');
    sent += part.byteLength;
    yield part;
  }
}
