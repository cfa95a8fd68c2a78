import { badRequest } from '../call/api-error.ts';
import { detectEntities } from '../entities/detect-entities.ts';
import { EntityError, parseEntities } from '../entities/parse-entities.ts';
import { trimText } from '../entities/trim-text.ts';
import type { MessageEntity } from '../telegram-objects.ts';
import type { MethodCall } from './method-call.ts';

/** A text with its formatting. */
export interface FormattedText {
  text: string;
  entities: MessageEntity[];
}

/** Reads `text` or `caption` with its parse mode or entities. Trims it and checks its length as Telegram does. */
export function readText(call: MethodCall, name: 'text' | 'caption'): FormattedText {
  const prefix = name === 'text' ? '' : 'caption_';
  const limit = name === 'text' ? 4096 : 1024;
  const formatted = formatText(
    call.parameters.string(name) ?? '',
    call.parameters.string('parse_mode'),
    call.parameters.list(`${prefix}entities`),
  );
  if (name === 'text' && formatted.text === '') throw badRequest('message text is empty');
  if ([...formatted.text].length > limit) {
    throw badRequest(name === 'text' ? 'message is too long' : 'message caption is too long');
  }
  return formatted;
}

/** Formats a text by a parse mode or a list of entities. Detects links, commands and mentions. */
export function formatText(source: string, parseMode: string | undefined, given: unknown[] | undefined): FormattedText {
  const parsed = parseMode ? parse(source, parseMode) : { text: source, entities: checkedEntities(given) };
  const trimmed = trimText(parsed.text, parsed.entities);
  return { text: trimmed.text, entities: detectEntities(trimmed.text, trimmed.entities) };
}

function parse(source: string, parseMode: string): FormattedText {
  try {
    return parseEntities(source, parseMode);
  } catch (error) {
    if (error instanceof EntityError) throw badRequest(error.message);
    throw error;
  }
}

/** Narrows a value to an entity. Its fields were already checked against the API data. */
function checkedEntities(given: unknown[] | undefined): MessageEntity[] {
  return (given ?? []).filter(isEntity).sort((a, b) => a.offset - b.offset || b.length - a.length);
}

function isEntity(value: unknown): value is MessageEntity {
  return typeof value === 'object' && value !== null && 'type' in value && 'offset' in value && 'length' in value;
}
