import type { CompiledQuestion } from '../../flow/index.ts';
import type { JsonValue } from '../../model/index.ts';
import type { EventOf } from '../event.ts';
import { inputBehaviourOf } from '../inputs/input-behaviours.ts';
import { ENGINE_LIMITS } from '../limits.ts';
import { render } from '../render.ts';
import { note, setVariable, type Run } from '../run.ts';
import { sendText } from '../send-text.ts';
import { WAIT, type StepBehaviour } from './step-behaviour.ts';

export const questionBehaviour: StepBehaviour<'question'> = {
  enter(step, run) {
    sendText(run, step.id, render(step.text, run));
    return WAIT;
  },
  receive(step, run, event) {
    const reading = inputBehaviourOf(step.takes).read(step.takes, event, run);
    if ('refused' in reading) return askAgain(step, run, event, reading.refused);
    setVariable(run, step.variable, reading.value);
    if (sizeOf(run.variables) > ENGINE_LIMITS.variables) {
      run.exhausted = `answers of more than ${ENGINE_LIMITS.variables} characters`;
      return null;
    }
    run.answers.push({
      flow_id: run.version.flow_id,
      flow_version_id: run.version.id,
      step_id: step.id,
      variable: step.variable,
      value: reading.value,
    });
    note(run, 'answer_stored', step.id, step.variable);
    return step.next;
  },
};

function askAgain(step: CompiledQuestion, run: Run, event: EventOf<'message'>, why: string | null): typeof WAIT {
  note(run, 'answer_refused', step.id, event.text === null ? `a message of type ${event.type}` : `not a valid ${step.takes.input}`);
  const retry = step.retry === null ? '' : render(step.retry, run);
  // A person who gets no word at all does not know that the bot still waits.
  sendText(run, step.id, retry.trim() === '' ? (why ?? inputBehaviourOf(step.takes).expects(step.takes, run)) : retry);
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
