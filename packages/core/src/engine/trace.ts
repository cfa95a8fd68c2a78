/** What can be said of an event's way through the flows, with the words for it. */
export const TRACE_KINDS = {
  flow_started: 'A flow began; the detail says by what.',
  step_entered: 'The walk came to a step.',
  text_empty: 'A text rendered to nothing and was not sent.',
  markup_unreadable: 'The formatting of a text could not be read; it was sent without.',
  media_unusable: 'A template gave neither an https address nor a file_id; the media were not sent.',
  answer_stored: 'An answer was taken.',
  answer_skipped: 'A question was skipped.',
  question_cancelled: 'A question was left by its way out.',
  tries_used_up: 'Too many answers could not be taken; the step is left.',
  answer_refused: 'An answer could not be taken; the step goes on waiting.',
  button_pressed: 'A button was pressed.',
  button_stale: 'A press led nowhere: its flow, step or button is gone, or was never there.',
  version_gone: 'The session stood in a version or at a step that is gone; it starts anew.',
  flow_missing: 'A button leads to a flow that the bot does not have.',
  flow_ended: 'The flow came to its end.',
  flow_called: 'A flow was called and will come back.',
  flow_returned: 'A called flow came to its end; the one that called it goes on.',
  flow_resumed: 'The flow that was interrupted goes on where it was.',
  budget_exceeded: 'The event took more steps, messages or time than one may; the flow was ended.',
  step_failed: 'A step could not be carried out; the flow was ended, unless an error branch follows.',
  error_branch: 'The walk went on with the error branch of the step.',
  result_came: 'What was asked for outside came.',
  event_came: 'The event came that the step waits for.',
  timed_out: 'What the step waits for did not come in time.',
  reminded: 'A person was reminded of the question.',
  no_answer: 'No answer came in time.',
  operator_moved: 'An operator has moved the session to a step.',
  operator_reset: 'An operator lets the session begin again.',
  operator_ended: 'An operator has ended the session.',
  handed_over: 'The session is a human’s now.',
  given_back: 'The human has given the session back.',
  held: 'A human has the session, so the bot says nothing.',
  held_back:
    'A flow would have come to wait at this step, but the session goes on waiting for something else: nothing of the flow was done.',
  not_handed_over: 'There is nothing to give back.',
  step_missing: 'The flow has no such step to move to.',
  paid: 'An invoice was paid.',
  payment_unexpected: 'A payment came that no step waits for; the flow for payments started, or the error flow.',
  payment_unhandled: 'A payment came that neither a step nor a flow takes.',
  stale: 'A timer or a result came for a visit of a step that is over.',
  told_again: 'Telegram has told of this before.',
  ignored: 'Nothing waits for this and there is no default flow.',
} as const;

export type TraceKind = keyof typeof TRACE_KINDS;

/** One thing that happened, for debuggers and transcripts. */
export interface TraceEntry {
  readonly kind: TraceKind;
  readonly step_id: string | null;
  readonly detail: string | null;
  /** Of a step that was entered: the version of the flow that it is in. */
  readonly version_id?: number;
}
