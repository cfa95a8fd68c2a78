import { uploadOf } from '../../../flow/index.ts';
import type { JsonObject, JsonValue } from '../../../model/index.ts';
import { arrayOf, objectOf, readMessageContent, stringOf } from '../../../telegram/index.ts';

/** A call of the Bot API. */
export interface MediaCall {
  readonly method: string;
  readonly payload: JsonObject;
}

/** An upload that a call sends, and its media type. `index`: its position in an album. */
export interface UploadReference {
  readonly id: string;
  readonly kind: string;
  readonly index: number;
}

/** Methods that send one file, and the parameter for the file, which is also the media type. */
const FILE_METHODS: ReadonlyMap<string, string> = new Map([
  ['sendPhoto', 'photo'],
  ['sendVideo', 'video'],
  ['sendAnimation', 'animation'],
  ['sendAudio', 'audio'],
  ['sendVoice', 'voice'],
  ['sendDocument', 'document'],
  ['sendSticker', 'sticker'],
]);
const NO_REFERENCES: readonly UploadReference[] = [];

/** Returns the uploads that a call sends. Most calls send none; for them only the method is checked. */
export function findUploadReferences(call: MediaCall): readonly UploadReference[] {
  if (!FILE_METHODS.has(call.method) && call.method !== 'sendMediaGroup' && call.method !== 'editMessageMedia')
    return NO_REFERENCES;
  const references: UploadReference[] = [];
  mapMediaSources(call, (source, kind, index) => {
    const id = uploadOf(source);
    if (id !== null) references.push({ id, kind, index });
    return source;
  });
  return references;
}

/** Returns the parameters of a call with mapped sources of its media. */
export function mapMediaSources(
  { method, payload }: MediaCall,
  mapSource: (source: string, kind: string, index: number) => string,
): JsonObject {
  const kind = FILE_METHODS.get(method);
  if (kind !== undefined) {
    const source = payload[kind];
    return typeof source === 'string' ? { ...payload, [kind]: mapSource(source, kind, 0) } : payload;
  }
  const { media } = payload;
  if (media === undefined) return payload;
  const items = arrayOf(media);
  return {
    ...payload,
    media: items.length === 0 ? mapItem(media, 0) : items.map((item, index) => mapItem(item, index)),
  };

  function mapItem(item: JsonValue, index: number): JsonValue {
    const fields = objectOf(item);
    return fields !== null && typeof fields.media === 'string'
      ? { ...fields, media: mapSource(fields.media, stringOf(fields.type) ?? '', index) }
      : item;
  }
}

/**
 * Returns the file ID that Telegram assigned to a sent file, by its position in the album; null if the result has none.
 */
export function fileIdIn(result: JsonValue, index: number): string | null {
  const message = objectOf(Array.isArray(result) ? arrayOf(result)[index] : result);
  return message === null ? null : readMessageContent(message).file_id;
}
