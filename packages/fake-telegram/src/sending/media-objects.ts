import type { StoredFile } from '../state/file-store.ts';
import { defined } from '../state/rooms.ts';
import type { Attachment, JsonObject, PhotoSize } from '../telegram-objects.ts';

/** The kinds of file in a message, named like the fields of `Message`. */
export type MediaKind = 'photo' | 'video' | 'animation' | 'audio' | 'voice' | 'document' | 'sticker' | 'video_note';

/** Returns the field of a message for a stored file: `{ photo: [...] }`, `{ document: {...} }` … */
export function mediaField(kind: MediaKind, file: StoredFile, details: JsonObject = {}): JsonObject {
  if (kind === 'photo') return { photo: photoSizes(file) };
  const common = defined({
    file_id: file.file_id,
    file_unique_id: file.file_unique_id,
    file_size: file.bytes.length,
    mime_type: kind === 'sticker' || kind === 'video_note' ? undefined : file.mime_type,
    file_name: kind === 'voice' || kind === 'sticker' || kind === 'video_note' ? undefined : file.name,
  });
  const field: JsonObject = { [kind]: { ...common, ...shapes[kind](file), ...defined(details) } };
  // Telegram also adds an animation as a document, for old clients.
  return kind === 'animation' ? { ...field, document: common } : field;
}

/** Returns the sizes that Telegram would create of a picture, smallest first. Here they all have the same bytes. */
export function photoSizes(file: StoredFile): PhotoSize[] {
  const { width, height } = file;
  const scale = Math.min(1, 90 / Math.max(width, height, 1));
  const full = {
    file_id: file.file_id,
    file_unique_id: file.file_unique_id,
    width,
    height,
    file_size: file.bytes.length,
  };
  if (scale === 1) return [full];
  return [{ ...full, width: Math.round(width * scale), height: Math.round(height * scale) }, full];
}

const shapes: Record<Exclude<MediaKind, 'photo'>, (file: StoredFile) => Partial<Attachment>> = {
  document: () => ({}),
  audio: () => ({ duration: 0 }),
  voice: () => ({ duration: 0 }),
  video: ({ width, height }) => ({ width, height, duration: 0 }),
  animation: ({ width, height }) => ({ width, height, duration: 0 }),
  video_note: ({ width }) => ({ length: width, duration: 0 }),
  sticker: () => ({ type: 'regular', width: 512, height: 512, is_animated: false, is_video: false }),
};
