import type { Message } from '../telegram-objects.ts';

/** Returns a copy of a message without some of its optional fields. */
export function omitFields(message: Message, ...fields: readonly string[]): Message {
  const copy = { ...message };
  for (const field of fields) delete copy[field];
  return copy;
}
