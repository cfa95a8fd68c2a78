import { FLOW_LIMITS } from '../../flow/index.ts';
import type { EventOf } from '../event.ts';
import type { Run } from '../run/run.ts';
import { splitText } from './split-text.ts';

/** Answers a button press, with a notice if there is a text. */
export function answerCallback(run: Run, event: EventOf<'callback'>, text: string | null): void {
  const short = text === null || text.trim() === '' ? null : (splitText(text, FLOW_LIMITS.callbackAnswer)[0] ?? null);
  run.effects.push({ kind: 'answer_callback', query_id: event.query_id, text: short, show_alert: false });
}
