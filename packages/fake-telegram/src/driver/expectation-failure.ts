import type { Room } from '../state/bot-state.ts';
import type { ChatDeps } from './chat-deps.ts';
import { ExpectationError } from './expectation.ts';
import { transcript } from './transcript.ts';

/**
 * Creates the error for an expectation that was not met.
 *
 * @param withHints - adds possible reasons that the fake knows: no webhook, a failing webhook, rejected calls
 */
export function expectationFailure(deps: ChatDeps, room: Room, problem: string, withHints = false): ExpectationError {
  const transcriptText = transcript(deps.world, room);
  const hints = withHints ? deps.diagnose(room).map((hint) => `- ${hint}`) : [];
  return new ExpectationError(
    [
      `${problem}.`,
      ...hints,
      '',
      'Transcript:',
      ...(transcriptText === '' ? ['  (no messages)'] : transcriptText.split('\n').map((line) => `  ${line}`)),
    ].join('\n'),
  );
}
