import { encodeCallback, type CompiledQuestion, type Template } from '../../flow/index.ts';
import type { JsonObject, JsonValue } from '../../model/index.ts';
import type { EventOf } from '../event.ts';
import { typedText, type InputBehavior, type InputKeyboard } from '../inputs/input-behavior.ts';
import { inputBehaviorFor } from '../inputs/input-behaviors.ts';
import { isSameLabel } from '../inputs/is-same-label.ts';
import { labelOf } from '../inputs/label-of.ts';
import { addTrace, setVariable, type Run } from '../run/run.ts';
import { storeVariable } from '../run/store-variable.ts';
import { answerCallback } from '../sending/answer-callback.ts';
import { sendText } from '../sending/send-text.ts';
import { EMPTY_LABEL_TEXT } from '../texts.ts';
import { evaluateCondition } from '../values/evaluate-condition.ts';
import { render } from '../values/render.ts';
import { onAnswerTimer, startAnswerTimers } from './question/answer-timers.ts';
import { collectedAnswer, collectPart, isCollecting, isCollectionComplete } from './question/collect.ts';
import { WAIT, type PressResult, type StepBehavior, type Transition } from './step-behavior.ts';

/** Button numbers of a question: those of its input, which have a detail, then skip and cancel. */
const BUTTONS = { input: 0, skip: 1, cancel: 2 } as const;

export const questionBehavior: StepBehavior<'question'> = {
  enter(step, run) {
    ask(step, run);
    if (step.no_answer !== null) startAnswerTimers(step.no_answer, run);
    return WAIT;
  },
  show(step, run) {
    ask(step, run);
    return WAIT;
  },
  timer(step, run, event) {
    if (isCollectionComplete(run, event)) return storeCollectedAnswer(step, run);
    // A person who is still sending parts of an answer must not be reminded.
    return step.no_answer === null || isCollecting(run) ? WAIT : onAnswerTimer(step.no_answer, step.id, run, event);
  },
  receive(step, run, event) {
    const typed = typedText(event);
    if (typed !== null && matchesExit(step.cancel, typed, run)) return cancelQuestion(step, run);
    if (typed !== null && matchesExit(step.skip, typed, run)) return skipQuestion(step, run);
    const reading = inputBehaviorOf(step).read(step.input, event, run);
    if ('refused' in reading)
      return rejectAnswer(
        step,
        run,
        event.text === null ? `a message of type ${event.type}` : `not a valid ${step.input.input}`,
        reading.refused,
      );
    if (step.collect === null)
      return passesCheck(step, run, reading.value) ? storeAnswer(step, run, reading.value) : rejectByCheck(step, run);
    return collectPart(step.collect, run, event, reading.value) ? storeCollectedAnswer(step, run) : WAIT;
  },
  press(step, button, run, event, detail) {
    // Only while the session is at this question: buttons of an old question do nothing.
    if (run.session.flow_version_id !== run.version.id || run.session.step_id !== step.id) return STALE;
    if (button === BUTTONS.skip && hasExitButton(step.skip) && detail === null)
      return closeQuestion(run, event, skipQuestion(step, run));
    if (button === BUTTONS.cancel && hasExitButton(step.cancel) && detail === null)
      return closeQuestion(run, event, cancelQuestion(step, run));
    return button === BUTTONS.input && detail !== null ? pressInput(step, detail, run, event) : STALE;
  },
};

const STALE: PressResult = { kind: 'stale' };

function inputBehaviorOf(step: CompiledQuestion): InputBehavior {
  return inputBehaviorFor(step.input);
}

function ask(step: CompiledQuestion, run: Run): void {
  const text = render(step.text, run);
  const keyboard = keyboardOf(step, run);
  if (keyboard !== null && 'keyboard' in keyboard) run.step_state = { ...run.step_state, keys: true };
  // A keyboard needs a message.
  sendText(run, step.id, text.trim() === '' && keyboard !== null ? EMPTY_LABEL_TEXT : text, keyboard);
}

/**
 * True if an answer passes the check of the question. The check sees the answer in the variable, which is then
 * restored.
 */
function passesCheck({ check, variable }: CompiledQuestion, run: Run, value: JsonValue): boolean {
  if (check === null) return true;
  const { variables } = run;
  setVariable(run, variable, value);
  const holds = evaluateCondition(check, run);
  run.variables = variables;
  run.scope = null;
  return holds;
}

function rejectByCheck(step: CompiledQuestion, run: Run): Transition {
  return rejectAnswer(step, run, 'it does not pass the check', null);
}

function storeAnswer(step: CompiledQuestion, run: Run, value: JsonValue): Transition {
  storeVariable(run, step.variable, value);
  if (run.exceeded_limit !== null) return WAIT;
  const { version } = run;
  run.answers.push({
    flow_id: version.flow_id,
    flow_version_id: version.id,
    step_id: step.id,
    variable: step.variable,
    value,
  });
  addTrace(run, 'answer_stored', step.id, step.variable);
  return step.next;
}

/** Stores all messages received so far as the answer. */
function storeCollectedAnswer(step: CompiledQuestion, run: Run): Transition {
  return storeAnswer(step, run, collectedAnswer(step.input.input, run));
}

function skipQuestion(step: CompiledQuestion, run: Run): Transition {
  // A person who has already sent something has no more to add.
  if (isCollecting(run)) return storeCollectedAnswer(step, run);
  const value = step.skip?.value ?? null;
  addTrace(run, 'answer_skipped', step.id, step.variable);
  if (value !== null) return storeAnswer(step, run, value);
  // An answer of an earlier round must not remain.
  storeVariable(run, step.variable, null);
  return step.next;
}

function cancelQuestion(step: CompiledQuestion, run: Run): Transition {
  addTrace(run, 'question_cancelled', step.id);
  return step.cancel?.next ?? null;
}

function rejectAnswer(step: CompiledQuestion, run: Run, reason: string, why: string | null): Transition {
  addTrace(run, 'answer_refused', step.id, reason);
  if (step.tries !== null) {
    const tries = (typeof run.step_state.tries === 'number' ? run.step_state.tries : 0) + 1;
    if (tries >= step.tries.max) {
      addTrace(run, 'tries_used_up', step.id, String(tries));
      return step.tries.next;
    }
    run.step_state = { ...run.step_state, tries };
  }
  const retry = step.retry === null ? '' : render(step.retry, run);
  // Without any reply the person would not know that the bot still waits.
  sendText(
    run,
    step.id,
    retry.trim() === '' ? (why ?? inputBehaviorOf(step).expects(step.input, run)) : retry,
    keyboardOf(step, run),
  );
  return WAIT;
}

function pressInput(step: CompiledQuestion, detail: string, run: Run, event: EventOf<'callback'>): PressResult {
  const press = inputBehaviorOf(step).press?.(step.input, detail, run) ?? { kind: 'stale' as const };
  switch (press.kind) {
    case 'stale':
      return STALE;
    case 'notice':
      answerCallback(run, event, press.text);
      return { kind: 'stay' };
    case 'show':
      answerCallback(run, event, null);
      run.step_state = press.step_state ?? run.step_state;
      changeKeyboard(run, event, inlineKeyboard(step, press.rows, run));
      return { kind: 'move', transition: WAIT };
    case 'answer':
      addTrace(run, 'button_pressed', step.id, detail);
      if (passesCheck(step, run, press.value))
        return closeQuestion(run, event, storeAnswer(step, run, press.value), press.label);
      closeQuestion(run, event, WAIT);
      return { kind: 'move', transition: rejectByCheck(step, run) };
  }
}

/** Closes the question after a button press: its buttons are removed, and the choice is shown for a moment. */
function closeQuestion(
  run: Run,
  event: EventOf<'callback'>,
  move: Transition,
  label: string | null = null,
): PressResult {
  answerCallback(run, event, label);
  changeKeyboard(run, event, []);
  return { kind: 'move', transition: move };
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
  const own: InputKeyboard = inputBehaviorOf(step).keyboard?.(step.input, run) ?? { kind: 'inline', rows: [] };
  if (own.kind === 'inline') {
    const inline_keyboard = inlineKeyboard(step, own.rows, run);
    return inline_keyboard.length === 0 ? null : { inline_keyboard };
  }
  const ways = exitButtons(step).map(({ label }) => ({ text: labelOf(label, run) }));
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
  const ways = exitButtons(step).map(({ button, label }) => ({
    text: labelOf(label, run),
    callback_data: data(button, null),
  }));
  return ways.length === 0 ? own : [...own, ways];
}

function exitButtons({
  skip: way,
  cancel: other,
}: CompiledQuestion): { readonly button: number; readonly label: Template }[] {
  return [
    ...(hasExitButton(way) ? [{ button: BUTTONS.skip, label: way.button }] : []),
    ...(hasExitButton(other) ? [{ button: BUTTONS.cancel, label: other.button }] : []),
  ];
}

type CompiledExit = NonNullable<CompiledQuestion['skip'] | CompiledQuestion['cancel']>;

function hasExitButton(way: CompiledExit | null): way is CompiledExit & { readonly button: Template } {
  return way !== null && way.button !== null;
}

function matchesExit(way: CompiledExit | null, typed: string, run: Run): boolean {
  if (way === null) return false;
  return (
    way.words.some((word) => isSameLabel(typed, word)) ||
    (way.button !== null && isSameLabel(typed, labelOf(way.button, run)))
  );
}
