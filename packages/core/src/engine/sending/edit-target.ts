import type { Run } from '../run/run.ts';

/**
 * The message that a text replaces. A null id is the flow's last message in the chat, whose id is known only after it
 * was sent: the dispatcher looks it up. If there is none, or it cannot be changed, the text is sent as a new message.
 */
export interface EditTarget {
  readonly message_id: number | null;
}

/**
 * Returns the message that a step changes. Null: this run has shown nothing yet, or the press was stale, so a new
 * message is sent.
 */
export function editTarget(run: Run): EditTarget | null {
  if (run.trace.some(({ kind }) => kind === 'button_stale')) return null;
  if (run.send_count > 0) return { message_id: null };
  const pressed = pressedMessage(run);
  if (pressed !== null) return pressed;
  return run.trace.some(({ kind }) => kind === 'flow_started') ? null : { message_id: null };
}

/** Returns the message whose button was pressed; null if Telegram no longer knows it. */
export function pressedMessage({ event }: Run): EditTarget | null {
  return event.kind === 'callback' && event.telegram_message_id !== null
    ? { message_id: event.telegram_message_id }
    : null;
}
