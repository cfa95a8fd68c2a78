import type { Problem } from '../errors/index.ts';

/** Codes of all problems of a flow document, with titles. The codes are stable, and a test compares them with the guide. */
export const FLOW_PROBLEMS = {
  form_unknown: 'The document has none of the three forms of a flow',
  form_ambiguous: 'The document has more than one of the three forms of a flow',
  required: 'A required field is missing',
  empty: 'A field is empty',
  wrong_type: 'A field has the wrong type',
  wrong_value: 'A field has a value that is not allowed',
  wrong_format: 'A field contains characters that are not allowed',
  too_small: 'A number is too small, or a list is too short',
  too_big: 'A number is too large, or a list or name is too long',
  unknown_key: 'A field is unknown',
  key_forbidden: 'A key is forbidden everywhere',
  document_too_large: 'The document is too large',
  document_too_deep: 'The document is nested too deeply',
  text_too_long: 'A text is longer than Telegram allows',
  row_too_long: 'A row has more buttons than Telegram allows',
  too_many_buttons: 'A menu has more buttons than Telegram allows',
  callback_data_too_long: 'Callback data is longer than Telegram allows',
  callback_data_reserved: 'Callback data starts with the prefix of generated data',
  duplicate_callback_data: 'Two buttons have the same callback data',
  duplicate_id: 'Two steps have the same ID',
  step_type_unknown: 'The step type does not exist',
  dangling_step: 'A reference leads to a step that does not exist',
  unreachable_step: 'No other step leads to a step',
  endless_loop: 'A loop of steps never waits',
  not_for_input: 'A field does not apply to the input of the question',
  condition_form: 'A condition is empty, or combines forms that exclude each other',
  condition_value: 'A value does not fit the operator',
  condition_too_large: 'A condition has too many comparisons',
  condition_too_deep: 'Conditions are nested too deeply',
  pattern_invalid: 'A pattern is not valid',
  too_many_patterns: 'The flow has too many patterns',
  duplicate_trigger: 'Another flow has the same trigger',
  not_for_trigger: 'A field does not apply to the kind of trigger',
  not_for_change: 'A field does not apply to the change of a variable',
  jump_target: 'A jump has no target, or more than one',
  min_over_max: 'The minimum is greater than the maximum',
  duplicate_option: 'Two options have the same value',
  time_zone_unknown: 'The time zone does not exist',
  value_not_of_input: 'A value is not valid for the input of the question',
  markup_invalid: 'The formatting is not valid',
  fields_conflict: 'Two fields exclude each other',
  media_invalid: 'Media are neither a URL nor an upload nor a file_id',
  album_mixed: 'An album combines media that Telegram does not allow together',
  button_does_nothing: 'A button has no action',
  button_ambiguous: 'A button has more than one action',
  not_with_url: 'A field is not allowed on a button with a link',
  url_scheme: 'A link does not start with http, https or tg',
  url_invalid: 'A link is not a valid URL',
  dangling_flow: 'A reference leads to a flow that the bot does not have',
  ambiguous_flow: 'Two flows have the same name',
  template_invalid: 'A template is not valid',
  unknown_variable: 'No step sets a variable, or a namespace has no such member',
  variable_not_set_yet: 'A variable is read before any step can have set it',
  not_a_value: 'A namespace is used as a value',
  name_reserved: 'A name is reserved',
  duration_invalid: 'A duration is too short or too long',
  time_invalid: 'A time or schedule is not valid',
  body_ambiguous: 'A request has two bodies, or a body that its method does not allow',
  unknown_action: 'The action does not exist',
  unknown_secret: 'The bot has no secret with this name',
  secret_place: 'A secret is used where secrets are not allowed',
  unknown_upload: 'The bot has no such upload',
  unknown_chat: 'The bot has no chat with this name',
  wait_unclear: 'A wait has both a duration and an end time',
  too_many_problems: 'There are more problems than the list contains',
} as const satisfies Record<string, string>;

export type FlowProblemCode = keyof typeof FLOW_PROBLEMS;

export interface FlowProblem extends Problem {
  readonly code: FlowProblemCode;
}

/** A document with more problems is best fixed in rounds. */
const MAX_PROBLEM_COUNT = 500;

/** Returns the first problems, and one more that counts the rest. */
export function listProblems(problems: readonly FlowProblem[]): FlowProblem[] {
  if (problems.length <= MAX_PROBLEM_COUNT) return [...problems];
  const more = problems.length - MAX_PROBLEM_COUNT;
  return [
    ...problems.slice(0, MAX_PROBLEM_COUNT),
    { path: '', code: 'too_many_problems', message: `There are ${more} more problems` },
  ];
}
