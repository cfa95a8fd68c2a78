import type { Room } from '../state/bot-state.ts';
import type { ChatDeps } from './chat-deps.ts';
import { ExpectationError } from './expectation.ts';
import { transcript } from './transcript.ts';

/**
 * Makes the error for an expectation that was not met.
 *
 * @param withHints - adds what the fake knows about why: no webhook, a failing one, refused calls
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
      ...(transcriptText === '' ? ['  (nothing was said)'] : transcriptText.split('\n').map((line) => `  ${line}`)),
    ].join('\n'),
  );
}
