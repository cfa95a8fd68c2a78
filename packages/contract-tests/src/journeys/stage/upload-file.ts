import type { Upload } from '@botloom/core';
import type { Api } from './api.ts';

/** Uploads a file of a bot through the API. */
export async function uploadFile(
  api: Api,
  bot: { readonly path: string },
  content: Uint8Array,
  name = 'file.png',
): Promise<Upload> {
  const answer = await api.send('POST', `${bot.path}/uploads?name=${encodeURIComponent(name)}`, {
    body: content,
    headers: { 'content-type': 'image/png' },
  });
  if (answer.status !== 201)
    throw new Error(`The upload was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  // The contract's response type.
  return answer.body as Upload;
}
