import { normalizeText, type BotProgram, type CompiledVersion, type TextTrigger } from '../../flow/index.ts';
import type { Env } from '../env.ts';
import type { EventOf } from '../event.ts';

/** A flow, and the reason why it starts, for the trace. */
export interface TriggerMatch {
  readonly version: CompiledVersion;
  readonly reason: string;
}

/**
 * Returns the flow that a message starts if no step handles it, with the reason. Null: no flow starts.
 *
 * @param is_in_flow - the person is at a step, which has not handled the message
 */
export function matchTrigger(
  program: BotProgram,
  event: EventOf<'message'>,
  env: Env,
  is_in_flow: boolean,
): TriggerMatch | null {
  const { text, type } = event;
  if (type === 'text' && text !== null && program.text_triggers.length > 0) {
    const plain = normalizeText(text);
    const found = program.text_triggers.find(({ trigger }) => matchesText(trigger, text, plain));
    if (found !== undefined) return { version: found.version, reason: found.trigger.kind };
  }
  const { first_contact_version: first_contact, fallback_version: fallback, default_version } = program;
  if (env.is_first_contact === true && first_contact !== null)
    return { version: first_contact, reason: 'first contact' };
  // The default flow starts a conversation; within one, and for an unknown command, the fallback fits better.
  if (fallback !== null && (is_in_flow || event.command !== null || default_version === null))
    return { version: fallback, reason: 'fallback' };
  return default_version === null ? null : { version: default_version, reason: 'default' };
}

/** Returns the flow started by a button press whose data belongs to no button of a current flow. */
export function matchCallbackTrigger(program: BotProgram, data: string): CompiledVersion | null {
  const found = program.callback_triggers.find(({ trigger }) =>
    trigger.is_exact ? data === trigger.data : data.startsWith(trigger.data),
  );
  return found?.version ?? null;
}

function matchesText(trigger: TextTrigger, text: string, plain: string): boolean {
  if (trigger.kind === 'pattern') return trigger.pattern.test(text);
  // An unknown command, or a command for another bot, is not a keyword.
  if (text.startsWith('/')) return false;
  if (trigger.is_exact) return trigger.words.includes(plain);
  return trigger.words.some((word) => hasWord(plain, word));
}

/** True if the text contains the word as a whole: `team` does not contain `tea`. */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!isLetter(text.slice(0, at), -1) && !isLetter(text.slice(at + word.length), 0)) return true;
  }
  return false;
}

function isLetter(text: string, end: -1 | 0): boolean {
  const letter = end === 0 ? /^[\p{L}\p{M}\p{N}_]/u : /[\p{L}\p{M}\p{N}_]$/u;
  return letter.test(text);
}
