import type { Run } from '../run/run.ts';

/**
 * The message whose place a text is to take. A null id is the flow's last message in the chat, whose id is known only when it has been
 * sent: the dispatcher looks it up. Where there is none, or it cannot be changed, the text is sent as a new message.
 */
export interface EditTarget {
  readonly message_id: number | null;
}

/** What a step that is shown in place changes; null: nothing of this walk is there yet, or the press was stale: it is a new message. */
export function editTarget(run: Run): EditTarget | null {
  if (run.trace.some(({ kind }) => kind === 'button_stale')) return null;
  if (run.sends > 0) return { message_id: null };
  const pressed = pressedMessage(run);
  if (pressed !== null) return pressed;
  return run.trace.some(({ kind }) => kind === 'flow_started') ? null : { message_id: null };
}

/** The message whose button was pressed; null where it is not known any more. */
export function pressedMessage({ event }: Run): EditTarget | null {
  return event.kind === 'callback' && event.telegram_message_id !== null
    ? { message_id: event.telegram_message_id }
    : null;
}
