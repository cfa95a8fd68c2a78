import { FLOW_LIMITS, type FormattedText } from '../../flow/index.ts';
import type { JsonObject } from '../../model/index.ts';
import { addTrace, type Run } from '../run/run.ts';
import type { EditTarget } from './edit-target.ts';
import { send } from './send.ts';
import { splitFormatted } from './split-formatted.ts';

/**
 * Sends a plain text, in several messages if it is too long for one; the keyboard is below the last. An empty text is
 * not sent.
 */
export function sendText(run: Run, step_id: string, text: string, keyboard: JsonObject | null = null): void {
  sendFormatted(run, step_id, { text, entities: [] }, { keyboard });
}

export interface TextOptions {
  readonly keyboard?: JsonObject | null;
  /** Further parameters of each message. */
  readonly options?: JsonObject;
  /** The message that the first part replaces. */
  readonly edit?: EditTarget | null;
}

/** Sends a text like {@link sendText}, with formatting. */
export function sendFormatted(
  run: Run,
  step_id: string,
  formatted: FormattedText,
  { keyboard = null, options = {}, edit = null }: TextOptions = {},
): void {
  // Telegram rejects blank texts.
  const parts = splitFormatted(formatted, FLOW_LIMITS.text);
  if (parts.length === 0) addTrace(run, 'text_empty', step_id);
  for (const [index, { text, entities }] of parts.entries()) {
    const payload: JsonObject = {
      text,
      ...(entities.length === 0 ? {} : { entities }),
      ...options,
      ...(keyboard === null || index < parts.length - 1 ? {} : { reply_markup: keyboard }),
    };
    if (index > 0 || edit === null) send(run, { method: 'sendMessage', type: 'text', text, payload });
    else
      send(run, {
        method: 'editMessageText',
        type: 'text',
        text,
        payload: edit.message_id === null ? payload : { message_id: edit.message_id, ...payload },
      });
  }
}
