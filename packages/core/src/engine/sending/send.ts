import type { JsonObject } from '../../model/index.ts';
import { ENGINE_LIMITS } from '../limits.ts';
import type { Run } from '../run/run.ts';

/** A call that sends something to the chat. */
export interface OutgoingContent {
  readonly method: string;
  /** The message's type in the log. */
  readonly type: string;
  readonly text: string | null;
  readonly payload: JsonObject;
  /** The visit that gets a `result` event if it cannot be sent; without one, there is no such event. */
  readonly token?: string;
}

/** Sends a message, if the budget of the event allows it. */
export function send(run: Run, { method, type, text, payload, ...visit }: OutgoingContent): void {
  if (!consumeSendBudget(run)) return;
  const closes = run.must_remove_keyboard && method === 'sendMessage' && payload.reply_markup === undefined;
  if (closes || setsReplyKeyboard(payload)) run.must_remove_keyboard = false;
  const complete = closes ? { ...payload, reply_markup: { remove_keyboard: true } } : payload;
  run.effects.push({
    kind: 'send',
    method,
    type,
    text,
    payload: complete,
    flow_id: run.version.flow_id,
    delivery: 'at_least_once',
    ...visit,
  });
}

/** Takes one message from the budget of the event. Returns false if it is used up, and the run has to end. */
export function consumeSendBudget(run: Run): boolean {
  if (run.send_count >= ENGINE_LIMITS.sends) {
    run.exceeded_limit = `more than ${ENGINE_LIMITS.sends} messages`;
    return false;
  }
  run.send_count += 1;
  return true;
}

function setsReplyKeyboard({ reply_markup }: JsonObject): boolean {
  return typeof reply_markup === 'object' && reply_markup !== null && !('inline_keyboard' in reply_markup);
}
