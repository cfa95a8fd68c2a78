import type { Room } from '../state/bot-state.ts';
import type { ChatDeps } from './chat-deps.ts';
import { ExpectationError } from './expectation.ts';
import { transcript } from './transcript.ts';

/**
 * Makes the error for an expectation that was not met.
 *
 * @param nothingCame - adds what the fake knows about why: no webhook, a failing one, refused calls
 */
export function failure(deps: ChatDeps, room: Room, problem: string, nothingCame = false): ExpectationError {
  const said = transcript(deps.world, room);
  const hints = nothingCame ? deps.diagnose(room).map((hint) => `- ${hint}`) : [];
  return new ExpectationError(
    [
      `${problem}.`,
      ...hints,
      '',
      'Transcript:',
      ...(said === '' ? ['  (nothing was said)'] : said.split('\n').map((line) => `  ${line}`)),
    ].join('\n'),
  );
}
