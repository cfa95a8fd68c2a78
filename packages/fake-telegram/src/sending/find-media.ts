import { ApiError, badRequest } from '../call/api-error.ts';
import type { UploadedFile } from '../parameters/read-parameters.ts';
import type { StoredFile } from '../state/file-store.ts';
import { imageSize } from './image-size.ts';
import type { MediaKind } from './media-objects.ts';
import type { MethodCall } from './method-call.ts';
import { samplePng } from './sample-png.ts';

/** Returns the file of a parameter: an upload, `attach://name`, a file ID of this bot, or an HTTP URL. */
export function findMedia(call: MethodCall, source: UploadedFile | string, kind: MediaKind): StoredFile {
  if (typeof source !== 'string') return storeUpload(call, source, kind);
  if (source.startsWith('attach://')) {
    const upload = call.parameters.upload(source.slice('attach://'.length));
    if (!upload) throw badRequest(`attached file "${source.slice('attach://'.length)}" is not in the request`);
    return storeUpload(call, upload, kind);
  }
  const known = call.world.files.find(call.bot.user.id, source);
  if (known && known.kind !== kind) {
    throw badRequest(`can't use file of type ${title(known.kind)} as ${title(kind)}`);
  }
  if (known) return known;
  if (/^https?:\/\//i.test(source)) return storeUrl(call, source, kind);
  throw badRequest('wrong file identifier/HTTP URL specified');
}

/** Reads the parameter whose name is the kind of media. */
export function mediaParameter(call: MethodCall, kind: MediaKind): StoredFile {
  const source = call.parameters.upload(kind) ?? call.parameters.string(kind);
  if (source === undefined) throw badRequest(`there is no ${kind} in the request`);
  return findMedia(call, source, kind);
}

const maxPhotoBytes = 10 * 1024 * 1024;
const maxUploadBytes = 50 * 1024 * 1024;

function storeUpload(call: MethodCall, upload: UploadedFile, kind: MediaKind): StoredFile {
  if (upload.bytes.length === 0) throw badRequest('file must be non-empty');
  if (upload.bytes.length > maxUploadBytes) throw new ApiError(413, 'Request Entity Too Large');
  if (kind === 'photo') checkPhoto(upload.bytes);
  return call.world.files.add({ ...upload, kind, bot_id: call.bot.user.id, ...imageSize(upload.bytes) });
}

function checkPhoto(bytes: Uint8Array): void {
  if (bytes.length > maxPhotoBytes) throw badRequest(`file of size ${bytes.length} bytes is too big for a photo`);
  const size = imageSize(bytes);
  if (!size) return;
  const ratio = Math.max(size.width, size.height) / Math.max(1, Math.min(size.width, size.height));
  if (size.width + size.height > 10_000 || ratio > 20) throw badRequest('PHOTO_INVALID_DIMENSIONS');
}

/** Returns a small picture instead of the file at a URL, for every kind of media: the fake works offline. */
function storeUrl(call: MethodCall, url: string, kind: MediaKind): StoredFile {
  if (!URL.canParse(url) || !new URL(url).hostname) throw badRequest('wrong HTTP URL specified');
  const lastPart = new URL(url).pathname.split('/').pop() ?? '';
  const name = lastPart === '' ? 'file' : lastPart;
  const bytes = samplePng(320, 240, url.length);
  return call.world.files.add({
    bot_id: call.bot.user.id,
    kind,
    name,
    mime_type: 'image/png',
    bytes,
    width: 320,
    height: 240,
  });
}

function title(kind: string): string {
  return kind
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
