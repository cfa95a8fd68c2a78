import type { EventOf } from '../event.ts';
import { fileIn, textIn } from './content-of.ts';
import { REFUSED, type Reading } from './input-behaviour.ts';

/** Reads a message with a file of this type as an answer. */
export function readFile(event: EventOf<'message'>, type: string): Reading {
  const file = event.type === type ? fileIn(event.content, type) : null;
  const [file_id, file_unique_id] =
    file === null ? [null, null] : [textIn(file, 'file_id'), textIn(file, 'file_unique_id')];
  return file_id === null || file_unique_id === null
    ? REFUSED
    : { value: { file_id, file_unique_id, caption: event.text } };
}
