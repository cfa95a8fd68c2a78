import type { JsonObject } from '../../model/index.ts';
import { ENGINE_LIMITS } from '../limits.ts';
import type { Run } from '../run/run.ts';

/** A call that sends something to the chat. */
export interface Outgoing {
  readonly method: string;
  /** The message's type in the log. */
  readonly type: string;
  readonly text: string | null;
  readonly payload: JsonObject;
  /** The visit that gets a `result` event if it cannot be sent; without one, there is no such event. */
  readonly token?: string;
}

/** Sends a message, if the budget of the event allows it. */
export function send(run: Run, { method, type, text, payload, ...visit }: Outgoing): void {
  if (!spendSend(run)) return;
  const closes = run.closes_keyboard && method === 'sendMessage' && payload.reply_markup === undefined;
  if (closes || opensKeyboard(payload)) run.closes_keyboard = false;
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
export function spendSend(run: Run): boolean {
  if (run.sends >= ENGINE_LIMITS.sends) {
    run.exhausted = `more than ${ENGINE_LIMITS.sends} messages`;
    return false;
  }
  run.sends += 1;
  return true;
}

function opensKeyboard({ reply_markup }: JsonObject): boolean {
  return typeof reply_markup === 'object' && reply_markup !== null && !('inline_keyboard' in reply_markup);
}
