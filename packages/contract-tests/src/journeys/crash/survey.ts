import type { FlowPlan } from '../stage/test-harness.ts';

/** Questions in the survey that people take while services are killed. */
const QUESTION_COUNT = 5;

/**
 * A flow whose every text says which one of the chat it is and all that was answered before, so that from the texts alone one can
 * tell whether an update was lost, done twice, or done out of turn.
 */
export const SURVEY: FlowPlan = {
  name: 'Survey',
  trigger_command: 'start',
  flow_data: {
    steps: [
      ...Array.from({ length: QUESTION_COUNT }, (_, index) => ({
        id: `q${index + 1}`,
        type: 'question',
        text: textOf(index),
      })),
      { id: 'end', type: 'message', text: textOf(QUESTION_COUNT) },
    ],
  },
};

function textOf(index: number): string {
  const answers = Array.from({ length: index }, (_, before) => `{{ q${before + 1} }}`);
  return [`#${index}`, ...answers, index === QUESTION_COUNT ? 'done' : '?'].join(' ');
}

/** What one person says, in order. */
export function messagesOf(person: string): readonly string[] {
  return ['/start', ...Array.from({ length: QUESTION_COUNT }, (_, index) => `${person}.${index + 1}`)];
}

/** What the person must be told, in order. */
export function expectedRepliesTo(person: string): readonly string[] {
  const [, ...answers] = messagesOf(person);
  return Array.from({ length: QUESTION_COUNT + 1 }, (_, index) =>
    [`#${index}`, ...answers.slice(0, index), index === QUESTION_COUNT ? 'done' : '?'].join(' '),
  );
}
