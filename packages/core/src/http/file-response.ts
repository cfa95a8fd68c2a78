import { BotloomError, isBotloomError } from '../errors/index.ts';
import type { FileResult } from './handlers/handlers-type.ts';
import type { HttpResponse } from './http-types.ts';

/** Types that a browser shows without running anything in them; all else is downloaded. */
const INLINE_TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
};

/**
 * A file that a stranger sent, as an answer from our own origin: the type follows from a short list, never from the file, and whatever a
 * browser makes of it, it runs in a sandbox.
 */
export function fileResponse(file: FileResult): HttpResponse {
  const name = safeName(file.name);
  const type = INLINE_TYPES[/\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''];
  return {
    status: 200,
    headers: {
      'content-type': type ?? 'application/octet-stream',
      'content-disposition': `${type === undefined ? 'attachment' : 'inline'}; filename="${name}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, max-age=3600',
      ...(file.size === null ? {} : { 'content-length': String(file.size) }),
    },
    body: relay(file.body),
  };
}

/** Only characters that mean nothing in a header, a shell or a path. */
function safeName(name: string): string {
  const last = name
    .slice(name.lastIndexOf('/') + 1)
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .replace(/^\.+/, '');
  return last.slice(-128) || 'file';
}

/** What breaks off on its way is our error, not the library's, whose text could hold an address with the token. */
async function* relay(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* body;
  } catch (error) {
    if (isBotloomError(error)) throw error;
    throw new BotloomError('TELEGRAM_FAILED', 'The file broke off on its way from Telegram.');
  }
}
