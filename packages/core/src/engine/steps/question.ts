import { encodeCallback, type CompiledQuestion, type Template } from '../../flow/index.ts';
import type { JsonObject, JsonValue } from '../../model/index.ts';
import type { EventOf } from '../event.ts';
import { typedText, type InputBehaviour, type InputKeyboard } from '../inputs/input-behaviour.ts';
import { inputBehaviourOf } from '../inputs/input-behaviours.ts';
import { isSameLabel } from '../inputs/is-same-label.ts';
import { labelOf } from '../inputs/label-of.ts';
import { keepVariable } from '../run/keep-variable.ts';
import { note, setVariable, type Run } from '../run/run.ts';
import { answerPress } from '../sending/answer-press.ts';
import { sendText } from '../sending/send-text.ts';
import { UNREADABLE_LABEL } from '../texts.ts';
import { judge } from '../values/judge.ts';
import { render } from '../values/render.ts';
import { collectedAnswer, collectPart, isCollecting, isSilent } from './question/collect.ts';
import { beginSilence, breakSilence } from './question/silence.ts';
import { WAIT, type Move, type Press, type StepBehaviour } from './step-behaviour.ts';

/** Button numbers of a question: those of its input, which have a detail, then skip and cancel. */
const BUTTONS = { input: 0, skip: 1, cancel: 2 } as const;

export const questionBehaviour: StepBehaviour<'question'> = {
  enter(step, run) {
    ask(step, run);
    if (step.silence !== null) beginSilence(step.silence, run);
    return WAIT;
  },
  show(step, run) {
    ask(step, run);
    return WAIT;
  },
  timer(step, run, event) {
    if (isSilent(run, event)) return takeCollected(step, run);
    // A person who is still sending parts of an answer must not be reminded.
    return step.silence === null || isCollecting(run) ? WAIT : breakSilence(step.silence, step.id, run, event);
  },
  receive(step, run, event) {
    const typed = typedText(event);
    if (typed !== null && isWayOut(step.cancel, typed, run)) return cancel(step, run);
    if (typed !== null && isWayOut(step.skip, typed, run)) return skip(step, run);
    const reading = inputOf(step).read(step.takes, event, run);
    if ('refused' in reading)
      return refuse(
        step,
        run,
        event.text === null ? `a message of type ${event.type}` : `not a valid ${step.takes.input}`,
        reading.refused,
      );
    if (step.collect === null)
      return passes(step, run, reading.value) ? take(step, run, reading.value) : fail(step, run);
    return collectPart(step.collect, run, event, reading.value) ? takeCollected(step, run) : WAIT;
  },
  press(step, button, run, event, detail) {
    // Only while the session is at this question: buttons of an old question do nothing.
    if (run.session.flow_version_id !== run.version.id || run.session.step_id !== step.id) return STALE;
    if (button === BUTTONS.skip && isOffered(step.skip) && detail === null) return leave(run, event, skip(step, run));
    if (button === BUTTONS.cancel && isOffered(step.cancel) && detail === null)
      return leave(run, event, cancel(step, run));
    return button === BUTTONS.input && detail !== null ? pressInput(step, detail, run, event) : STALE;
  },
};

const STALE: Press = { kind: 'stale' };

function inputOf(step: CompiledQuestion): InputBehaviour {
  return inputBehaviourOf(step.takes);
}

function ask(step: CompiledQuestion, run: Run): void {
  const text = render(step.text, run);
  const keyboard = keyboardOf(step, run);
  if (keyboard !== null && 'keyboard' in keyboard) run.step_state = { ...run.step_state, keys: true };
  // A keyboard needs a message.
  sendText(run, step.id, text.trim() === '' && keyboard !== null ? UNREADABLE_LABEL : text, keyboard);
}

/**
 * True if an answer passes the check of the question. The check sees the answer in the variable, which is then
 * restored.
 */
function passes({ check, variable }: CompiledQuestion, run: Run, value: JsonValue): boolean {
  if (check === null) return true;
  const { variables } = run;
  setVariable(run, variable, value);
  const holds = judge(check, run);
  run.variables = variables;
  run.scope = null;
  return holds;
}

function fail(step: CompiledQuestion, run: Run): Move {
  return refuse(step, run, 'it does not pass the check', null);
}

function take(step: CompiledQuestion, run: Run, value: JsonValue): Move {
  keepVariable(run, step.variable, value);
  if (run.exhausted !== null) return WAIT;
  const { version } = run;
  run.answers.push({
    flow_id: version.flow_id,
    flow_version_id: version.id,
    step_id: step.id,
    variable: step.variable,
    value,
  });
  note(run, 'answer_stored', step.id, step.variable);
  return step.next;
}

/** Stores all messages received so far as the answer. */
function takeCollected(step: CompiledQuestion, run: Run): Move {
  return take(step, run, collectedAnswer(step.takes.input, run));
}

function skip(step: CompiledQuestion, run: Run): Move {
  // A person who has already sent something has no more to add.
  if (isCollecting(run)) return takeCollected(step, run);
  const value = step.skip?.value ?? null;
  note(run, 'answer_skipped', step.id, step.variable);
  if (value !== null) return take(step, run, value);
  // An answer of an earlier round must not remain.
  keepVariable(run, step.variable, null);
  return step.next;
}

function cancel(step: CompiledQuestion, run: Run): Move {
  note(run, 'question_cancelled', step.id);
  return step.cancel?.next ?? null;
}

function refuse(step: CompiledQuestion, run: Run, reason: string, why: string | null): Move {
  note(run, 'answer_refused', step.id, reason);
  if (step.tries !== null) {
    const tries = (typeof run.step_state.tries === 'number' ? run.step_state.tries : 0) + 1;
    if (tries >= step.tries.most) {
      note(run, 'tries_used_up', step.id, String(tries));
      return step.tries.next;
    }
    run.step_state = { ...run.step_state, tries };
  }
  const retry = step.retry === null ? '' : render(step.retry, run);
  // Without any reply the person would not know that the bot still waits.
  sendText(
    run,
    step.id,
    retry.trim() === '' ? (why ?? inputOf(step).expects(step.takes, run)) : retry,
    keyboardOf(step, run),
  );
  return WAIT;
}

function pressInput(step: CompiledQuestion, detail: string, run: Run, event: EventOf<'callback'>): Press {
  const press = inputOf(step).press?.(step.takes, detail, run) ?? { kind: 'stale' as const };
  switch (press.kind) {
    case 'stale':
      return STALE;
    case 'notice':
      answerPress(run, event, press.text);
      return { kind: 'stay' };
    case 'show':
      answerPress(run, event, null);
      run.step_state = press.step_state ?? run.step_state;
      changeKeyboard(run, event, inlineKeyboard(step, press.rows, run));
      return { kind: 'move', move: WAIT };
    case 'answer':
      note(run, 'button_pressed', step.id, detail);
      if (passes(step, run, press.value)) return leave(run, event, take(step, run, press.value), press.label);
      leave(run, event, WAIT);
      return { kind: 'move', move: fail(step, run) };
  }
}

/** Closes the question after a button press: its buttons are removed, and the choice is shown for a moment. */
function leave(run: Run, event: EventOf<'callback'>, move: Move, label: string | null = null): Press {
  answerPress(run, event, label);
  changeKeyboard(run, event, []);
  return { kind: 'move', move };
}

function changeKeyboard(
  run: Run,
  { telegram_message_id: message_id }: EventOf<'callback'>,
  inline_keyboard: readonly (readonly JsonObject[])[],
): void {
  // Telegram does not identify messages that are too old; their buttons stay.
  if (message_id === null) return;
  run.effects.push({
    kind: 'call',
    method: 'editMessageReplyMarkup',
    payload: { message_id, reply_markup: { inline_keyboard } },
  });
}

function keyboardOf(step: CompiledQuestion, run: Run): JsonObject | null {
  const own: InputKeyboard = inputOf(step).keyboard?.(step.takes, run) ?? { kind: 'inline', rows: [] };
  if (own.kind === 'inline') {
    const inline_keyboard = inlineKeyboard(step, own.rows, run);
    return inline_keyboard.length === 0 ? null : { inline_keyboard };
  }
  const ways = waysOut(step).map(({ label }) => ({ text: labelOf(label, run) }));
  return {
    keyboard: ways.length === 0 ? own.rows : [...own.rows, ways],
    resize_keyboard: true,
    one_time_keyboard: true,
  };
}

function inlineKeyboard(
  step: CompiledQuestion,
  rows: Extract<InputKeyboard, { kind: 'inline' }>['rows'],
  run: Run,
): JsonObject[][] {
  const data = (button: number, detail: string | null): string =>
    encodeCallback(run.version.id, step.index, button, detail);
  const own = rows.map((row) => row.map(({ text, detail }) => ({ text, callback_data: data(BUTTONS.input, detail) })));
  const ways = waysOut(step).map(({ button, label }) => ({
    text: labelOf(label, run),
    callback_data: data(button, null),
  }));
  return ways.length === 0 ? own : [...own, ways];
}

function waysOut({
  skip: way,
  cancel: other,
}: CompiledQuestion): { readonly button: number; readonly label: Template }[] {
  return [
    ...(isOffered(way) ? [{ button: BUTTONS.skip, label: way.button }] : []),
    ...(isOffered(other) ? [{ button: BUTTONS.cancel, label: other.button }] : []),
  ];
}

type WayOut = NonNullable<CompiledQuestion['skip'] | CompiledQuestion['cancel']>;

function isOffered(way: WayOut | null): way is WayOut & { readonly button: Template } {
  return way !== null && way.button !== null;
}

function isWayOut(way: WayOut | null, typed: string, run: Run): boolean {
  if (way === null) return false;
  return (
    way.words.some((word) => isSameLabel(typed, word)) ||
    (way.button !== null && isSameLabel(typed, labelOf(way.button, run)))
  );
}
