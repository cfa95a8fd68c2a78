import type { Template } from '../../flow/index.ts';
import type { Run } from '../run/run.ts';
import type { InputKeyboard } from './input-behavior.ts';
import { labelOf } from './label-of.ts';

/** Returns a key that shares something about the person. Telegram accepts it in private chats only. */
export function shareKeyboard(
  button: Template | null,
  what: 'request_contact' | 'request_location',
  run: Run,
): InputKeyboard | null {
  if (button === null || run.env.chat.type !== 'private') return null;
  return { kind: 'reply', rows: [[{ text: labelOf(button, run), [what]: true }]] };
}
