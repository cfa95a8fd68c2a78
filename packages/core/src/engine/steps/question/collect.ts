import { isList, type CompiledCollect, type QuestionInput } from '../../../flow/index.ts';
import type { JsonValue } from '../../../model/index.ts';
import type { EventOf } from '../../event.ts';
import { textIn } from '../../inputs/content-of.ts';
import { ENGINE_LIMITS } from '../../limits.ts';
import { beginWait, startTimer } from '../../run/begin-wait.ts';
import type { Run } from '../../run/run.ts';
import { sizeOf } from '../../values/size-of.ts';

/** A message of an answer that is not complete yet; plain data, kept with the question. */
type Part = {
  readonly value: JsonValue;
  /** Telegram's id of the album; null: it is in none. */
  readonly album: string | null;
};

/** Adds a message to the answer. Gives whether it is complete now. */
export function collectPart(collect: CompiledCollect, run: Run, event: EventOf<'message'>, value: JsonValue): boolean {
  const before = partsOf(run);
  const album = textIn(event.content, 'media_group_id');
  // An album comes as several messages, so one that fills the answer may go on; what is of no album then is one too many.
  if (count(before) >= collect.max && !before.some((part) => part.album !== null && part.album === album)) return true;
  const parts: readonly Part[] = [...before, { value, album }];
  run.step_state = { ...run.step_state, parts };
  if ((count(parts) >= collect.max && album === null) || isTooLarge(parts, run)) return true;
  const due_at = run.env.now + collect.silence;
  // The token of the visit stays what it was; the number tells this silence from earlier ones, which ended with a message.
  const wait = run.wait ?? beginWait(run, 'answer', due_at);
  run.wait = { ...wait, deadline: due_at };
  startTimer(run, wait, 'collect', due_at, parts.length);
  return false;
}

/** Whether messages have come of an answer that is not complete yet. */
export function isCollecting(run: Run): boolean {
  return partsOf(run).length > 0;
}

/** Whether the silence is over that this timer has measured: nothing has come since. */
export function isSilent(run: Run, { purpose, number }: EventOf<'timer'>): boolean {
  const { length } = partsOf(run);
  // Whoever has sent something has answered, so the end of patience only ends the collecting.
  return length > 0 && (purpose === 'no_answer' || (purpose === 'collect' && number === length));
}

/** What came so far, as the answer. */
export function collectedAnswer(input: QuestionInput, run: Run): JsonValue {
  const values = partsOf(run).map(({ value }) => value);
  return input === 'text' ? values.filter((value) => typeof value === 'string').join('\n') : values;
}

/** An album is one, however many messages it comes in. */
function count(parts: readonly Part[]): number {
  const albums = new Set(parts.flatMap(({ album }) => (album === null ? [] : [album])));
  return albums.size + parts.filter(({ album }) => album === null).length;
}

function isTooLarge(parts: readonly Part[], run: Run): boolean {
  return sizeOf(run.variables) + sizeOf(parts) > ENGINE_LIMITS.variables;
}

function partsOf({ step_state: { parts } }: Run): readonly Part[] {
  return isList(parts) ? parts.filter(isPart) : [];
}

function isPart(data: JsonValue): data is Part {
  return typeof data === 'object' && data !== null && !Array.isArray(data) && 'value' in data && 'album' in data;
}
