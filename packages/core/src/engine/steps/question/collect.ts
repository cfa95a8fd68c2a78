import { isList, type CompiledCollect, type QuestionInput } from '../../../flow/index.ts';
import type { JsonValue } from '../../../model/index.ts';
import type { EventOf } from '../../event.ts';
import { textMember } from '../../inputs/content-of.ts';
import { ENGINE_LIMITS } from '../../limits.ts';
import { beginWait, startTimer } from '../../run/begin-wait.ts';
import type { Run } from '../../run/run.ts';
import { jsonLength } from '../../values/json-length.ts';

/** A message of an incomplete answer, stored with the question as JSON. */
type AnswerPart = {
  readonly value: JsonValue;
  /** Telegram's ID of the album; null: the message is not part of one. */
  readonly album: string | null;
};

/** Adds a message to the answer. Returns true if the answer is complete. */
export function collectPart(collect: CompiledCollect, run: Run, event: EventOf<'message'>, value: JsonValue): boolean {
  const before = partsOf(run);
  const album = textMember(event.content, 'media_group_id');
  // An album arrives as several messages, so one that completes the answer may still continue; a further message
  // outside of it is one too many.
  if (countParts(before) >= collect.max && !before.some((part) => part.album !== null && part.album === album))
    return true;
  const parts: readonly AnswerPart[] = [...before, { value, album }];
  run.step_state = { ...run.step_state, parts };
  if ((countParts(parts) >= collect.max && album === null) || isTooLarge(parts, run)) return true;
  const due_at = run.env.now + collect.silence;
  // The token of the visit does not change. The number distinguishes this timer from earlier ones, ended by a message.
  const wait = run.wait ?? beginWait(run, 'answer', due_at);
  run.wait = { ...wait, deadline: due_at };
  startTimer(run, wait, 'collect', due_at, parts.length);
  return false;
}

/** True if messages of an incomplete answer have arrived. */
export function isCollecting(run: Run): boolean {
  return partsOf(run).length > 0;
}

/** True if no message has arrived since this timer was set. */
export function isCollectionComplete(run: Run, { purpose, number }: EventOf<'timer'>): boolean {
  const { length } = partsOf(run);
  // A person who has sent something has answered, so the no-answer timeout only ends the collecting.
  return length > 0 && (purpose === 'no_answer' || (purpose === 'collect' && number === length));
}

/** Returns the messages received so far as the answer. */
export function collectedAnswer(input: QuestionInput, run: Run): JsonValue {
  const values = partsOf(run).map(({ value }) => value);
  return input === 'text' ? values.filter((value) => typeof value === 'string').join('\n') : values;
}

/** Counts an album as one, however many messages it has. */
function countParts(parts: readonly AnswerPart[]): number {
  const albums = new Set(parts.flatMap(({ album }) => (album === null ? [] : [album])));
  return albums.size + parts.filter(({ album }) => album === null).length;
}

function isTooLarge(parts: readonly AnswerPart[], run: Run): boolean {
  return jsonLength(run.variables) + jsonLength(parts) > ENGINE_LIMITS.variables_length;
}

function partsOf({ step_state: { parts } }: Run): readonly AnswerPart[] {
  return isList(parts) ? parts.filter(isAnswerPart) : [];
}

function isAnswerPart(data: JsonValue): data is AnswerPart {
  return typeof data === 'object' && data !== null && !Array.isArray(data) && 'value' in data && 'album' in data;
}
