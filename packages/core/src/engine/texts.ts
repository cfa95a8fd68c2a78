import type { CompiledQuestion } from '../flow/index.ts';

/** What the engine says where a flow gives no words of its own. */
export const STALE_BUTTON = 'This button no longer works.';

/** Stands where a label or a menu's text rendered to nothing, which Telegram refuses. */
export const UNREADABLE_LABEL = '…';

/** Why an answer was not taken and what would be. */
export function defaultRetry({ input, min, max, integer }: CompiledQuestion): string {
  if (input === 'text') return 'Please answer with a text message.';
  const number = integer ? 'a whole number' : 'a number';
  if (min !== null && max !== null) return `Please send ${number} from ${min} to ${max}.`;
  if (min !== null) return `Please send ${number}, ${min} or more.`;
  if (max !== null) return `Please send ${number}, ${max} or less.`;
  return `Please send ${number}.`;
}
