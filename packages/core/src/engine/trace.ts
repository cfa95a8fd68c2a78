/** Kinds of trace entries, described: everything that the engine can do with an event. */
export const TRACE_KINDS = {
  flow_started: 'A flow started; the detail says why.',
  step_entered: 'The run entered a step.',
  text_empty: 'A text rendered to an empty string and was not sent.',
  markup_unreadable: 'The formatting of a text is not valid; the text was sent without it.',
  media_unusable: 'A template rendered to neither an https address nor a file_id; the media were not sent.',
  answer_stored: 'An answer was stored.',
  answer_skipped: 'The question was skipped.',
  question_cancelled: 'The question was cancelled.',
  tries_used_up: 'Too many answers were not valid; the flow left the question.',
  answer_refused: 'The answer is not valid; the question still waits for one.',
  button_pressed: 'A button was pressed.',
  button_stale: 'The pressed button no longer exists: its flow, step or button was removed.',
  version_gone: 'The flow version or step of the session no longer exists; the session starts again.',
  flow_missing: 'The flow that a button or step refers to does not exist in this bot.',
  flow_ended: 'The flow ended.',
  flow_called: 'A flow was called; the calling flow continues when it ends.',
  flow_returned: 'The called flow ended; the calling flow continues.',
  flow_resumed: 'The interrupted flow continues where it was.',
  budget_exceeded:
    'The event exceeded the limit of steps, messages or time. The flow ended, or the error flow started.',
  step_failed: 'A step failed. The flow ended, unless an error branch or the error flow follows.',
  error_branch: 'The flow continued at the error branch of the step.',
  result_came: 'The result of the external call arrived.',
  event_came: 'The awaited event arrived.',
  timed_out: 'The wait of the step timed out.',
  reminded: 'A reminder of the question was sent.',
  no_answer: 'The question was not answered in time.',
  operator_moved: 'An operator moved the session to another step.',
  operator_reset: 'An operator restarted the session.',
  operator_ended: 'An operator ended the session.',
  handed_over: 'The session was handed over to an operator.',
  given_back: 'The operator released the session.',
  held: 'An operator has the session, so the bot did not reply.',
  held_back: 'Skipped: the session is already waiting, and this flow would have to wait too.',
  not_handed_over: 'The session is not handed over, so it cannot be released.',
  step_missing: 'The flow has no step with this ID.',
  paid: 'An invoice was paid.',
  payment_unexpected: 'No step waits for this payment; the flow for payments, or the error flow, was started.',
  payment_unhandled: 'No step and no flow handled this payment.',
  stale: 'A timer or result belongs to an earlier visit of a step and was ignored.',
  told_again: 'Duplicate event from Telegram; ignored.',
  ignored: 'No step waits for this event, and there is no default flow.',
} as const;

export type TraceKind = keyof typeof TRACE_KINDS;

/** One entry of a trace, for debuggers and transcripts. */
export interface TraceEntry {
  readonly kind: TraceKind;
  readonly step_id: string | null;
  readonly detail: string | null;
  /** Of an entered step: the version of its flow. */
  readonly version_id?: number;
}
