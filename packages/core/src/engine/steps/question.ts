import type { CompiledQuestion } from '../../flow/index.ts';
import type { JsonValue } from '../../model/index.ts';
import type { EventOf } from '../event.ts';
import { ENGINE_LIMITS } from '../limits.ts';
import { readAnswer } from '../read-answer.ts';
import { render } from '../render.ts';
import { note, setVariable, type Run } from '../run.ts';
import { sendText } from '../send-text.ts';
import { defaultRetry } from '../texts.ts';
import { WAIT, type StepBehaviour } from './step-behaviour.ts';

export const questionBehaviour: StepBehaviour<'question'> = {
  enter(step, run) {
    sendText(run, step.id, render(step.text, run));
    return WAIT;
  },
  receive(step, run, event) {
    const answer = readAnswer(step, event);
    if (answer === null) return askAgain(step, run, event);
    setVariable(run, step.variable, answer);
    if (sizeOf(run.variables) > ENGINE_LIMITS.variables) {
      run.exhausted = `answers of more than ${ENGINE_LIMITS.variables} characters`;
      return null;
    }
    run.answers.push({
      flow_id: run.version.flow_id,
      flow_version_id: run.version.id,
      step_id: step.id,
      variable: step.variable,
      value: answer,
    });
    note(run, 'answer_stored', step.id, step.variable);
    return step.next;
  },
};

function askAgain(step: CompiledQuestion, run: Run, event: EventOf<'message'>): typeof WAIT {
  note(run, 'answer_refused', step.id, event.text === null ? `a message of type ${event.type}` : `not a valid ${step.input}`);
  const retry = step.retry === null ? '' : render(step.retry, run);
  // A person who gets no word at all does not know that the bot still waits.
  sendText(run, step.id, retry.trim() === '' ? defaultRetry(step) : retry);
  return WAIT;
}

/** Characters of all values: answers are texts and numbers, so this need not be exact. */
function sizeOf(variables: Readonly<Record<string, JsonValue>>): number {
  let size = 0;
  for (const name in variables) {
    const value = variables[name];
    size += typeof value === 'string' ? value.length : 8;
  }
  return size;
}
