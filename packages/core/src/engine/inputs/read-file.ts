import type { EventOf } from '../event.ts';
import { findFile, textMember } from './content-of.ts';
import { REJECTED, type ReadResult } from './input-behavior.ts';

/** Reads a message with a file of this type as an answer. */
export function readFile(event: EventOf<'message'>, type: string): ReadResult {
  const file = event.type === type ? findFile(event.content, type) : null;
  const [file_id, file_unique_id] =
    file === null ? [null, null] : [textMember(file, 'file_id'), textMember(file, 'file_unique_id')];
  return file_id === null || file_unique_id === null
    ? REJECTED
    : { value: { file_id, file_unique_id, caption: event.text } };
}
