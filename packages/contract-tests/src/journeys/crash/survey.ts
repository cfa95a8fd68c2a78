import type { FlowPlan } from '../stage/test-harness.ts';

/** Number of questions in the survey that users answer while services are killed. */
const QUESTION_COUNT = 5;

/**
 * A flow whose texts each contain their number in the chat and all previous answers. From the texts alone, a test can
 * tell if an update was lost, processed twice, or processed out of order.
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

/** Messages of one user, in order. */
export function messagesOf(person: string): readonly string[] {
  return ['/start', ...Array.from({ length: QUESTION_COUNT }, (_, index) => `${person}.${index + 1}`)];
}

/** Replies that the user must receive, in order. */
export function expectedRepliesTo(person: string): readonly string[] {
  const [, ...answers] = messagesOf(person);
  return Array.from({ length: QUESTION_COUNT + 1 }, (_, index) =>
    [`#${index}`, ...answers.slice(0, index), index === QUESTION_COUNT ? 'done' : '?'].join(' '),
  );
}
