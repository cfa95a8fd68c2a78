import { FLOW_LIMITS } from '../flow/index.ts';
import type { JsonObject } from '../model/index.ts';
import { ENGINE_LIMITS } from './limits.ts';
import { note, type Run } from './run.ts';
import { splitText } from './split-text.ts';

/** Sends a text, in several messages when it is too long for one; the keyboard goes below the last. An empty text is not sent. */
export function sendText(run: Run, step_id: string, text: string, keyboard: JsonObject | null = null): void {
  if (text.trim() === '') {
    note(run, 'text_empty', step_id);
    return;
  }
  if (text.length <= FLOW_LIMITS.text) {
    sendPart(run, text, keyboard);
    return;
  }
  // What is blank Telegram would refuse.
  const parts = splitText(text, FLOW_LIMITS.text).filter((part) => part.trim() !== '');
  for (const [index, part] of parts.entries()) sendPart(run, part, index === parts.length - 1 ? keyboard : null);
}

function sendPart(run: Run, text: string, keyboard: JsonObject | null): void {
  if (run.sends >= ENGINE_LIMITS.sends) {
    run.exhausted = `more than ${ENGINE_LIMITS.sends} messages`;
    return;
  }
  run.sends += 1;
  run.effects.push({
    kind: 'send',
    method: 'sendMessage',
    type: 'text',
    text,
    payload: keyboard === null ? { text } : { text, reply_markup: keyboard },
    flow_id: run.version.flow_id,
    delivery: 'at_least_once',
  });
}
