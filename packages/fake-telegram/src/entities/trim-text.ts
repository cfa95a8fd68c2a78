import type { MessageEntity } from '../telegram-objects.ts';

/** Removes white space at both ends, as Telegram does, and shifts the entities. */
export function trimText(
  text: string,
  entities: readonly MessageEntity[],
): { text: string; entities: MessageEntity[] } {
  const firstEntity = Math.min(...entities.map((entity) => entity.offset), text.length);
  const leading = Math.min(text.length - text.trimStart().length, firstEntity);
  const trimmed = text.slice(leading).trimEnd();
  const moved = entities.map((entity) => {
    const offset = entity.offset - leading;
    return { ...entity, offset, length: Math.min(entity.length, trimmed.length - offset) };
  });
  return { text: trimmed, entities: moved.filter((entity) => entity.length > 0) };
}
