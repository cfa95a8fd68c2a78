import { BotloomError, isBotloomError } from '../errors/index.ts';
import type { FileResult } from './handlers/handlers-type.ts';
import type { HttpResponse } from './http-types.ts';

/** Types that a browser shows without running code in them. Other files are downloaded. */
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
 * Returns the response with a file from an untrusted sender, served from the origin of the host. The type is chosen
 * from a short list, never by the file, and a sandbox policy applies to whatever a browser makes of it.
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

/** Replaces all characters with a meaning in a header, a shell or a path. */
function safeName(name: string): string {
  const last = name
    .slice(name.lastIndexOf('/') + 1)
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .replace(/^\.+/, '');
  return last.slice(-128) || 'file';
}

/** Replaces errors of the HTTP library, whose text could contain a URL with the token. */
async function* relay(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* body;
  } catch (error) {
    if (isBotloomError(error)) throw error;
    throw new BotloomError('TELEGRAM_FAILED', 'The download from Telegram was interrupted.');
  }
}
