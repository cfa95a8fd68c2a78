import type { Problem } from '../errors/index.ts';

/** Everything that can be wrong with a flow document. Codes are stable; the guide's table is compared with this one. */
export const FLOW_PROBLEMS = {
  form_unknown: 'It is none of the three forms',
  form_ambiguous: 'It is more than one of the three forms',
  required: 'A field is missing',
  empty: 'A field is empty',
  wrong_type: 'A field is of another type',
  wrong_value: 'A field has a value that it cannot have',
  wrong_format: 'A field has characters that it cannot have',
  too_small: 'A number is too small, or a list too short',
  too_big: 'A number is too big, or a list or name too long',
  unknown_key: 'A field is not known',
  key_forbidden: 'A key is not allowed anywhere',
  document_too_large: 'The document is too large',
  document_too_deep: 'The document is nested too deep',
  text_too_long: 'A text is longer than Telegram takes',
  row_too_long: 'A row has more buttons than Telegram takes',
  too_many_buttons: 'A menu has more buttons than Telegram takes',
  callback_data_too_long: 'Callback data is longer than Telegram takes',
  callback_data_reserved: 'Callback data begins as generated data does',
  duplicate_callback_data: 'Two buttons have the same callback data',
  duplicate_id: 'Two steps have the same id',
  step_type_unknown: 'There is no such kind of step',
  dangling_step: 'A step is named that there is not',
  unreachable_step: 'Nothing leads to a step',
  endless_loop: 'Steps go round without waiting',
  not_for_input: 'A field does not fit the question’s input',
  condition_form: 'A condition is none, or more than one thing',
  condition_value: 'A value does not fit the operator',
  condition_too_large: 'A condition has too many comparisons',
  condition_too_deep: 'Conditions are nested too deep',
  pattern_invalid: 'A pattern cannot be read',
  too_many_patterns: 'The flow has too many patterns',
  duplicate_trigger: 'Something starts two flows',
  not_for_trigger: 'A field does not fit the kind of trigger',
  not_for_change: 'A field does not fit what is done to a variable',
  jump_target: 'A jump leads to nothing, or to more than one thing',
  min_over_max: 'Nothing is between the bounds',
  duplicate_option: 'Two options have the same value',
  time_zone_unknown: 'There is no such time zone',
  value_not_of_input: 'A value is not what the question takes',
  markup_invalid: 'Formatting cannot be read',
  fields_conflict: 'Two fields do not go together',
  media_invalid: 'Media are neither an address nor an upload nor a file_id',
  album_mixed: 'An album mixes what Telegram does not',
  button_does_nothing: 'A button does nothing',
  button_ambiguous: 'A button leads to more than one thing',
  not_with_url: 'A field does not go with a link',
  url_scheme: 'A link is none of http, https and tg',
  url_invalid: 'A link is not a URL',
  dangling_flow: 'A flow is named that the bot does not have',
  ambiguous_flow: 'Two flows have the name',
  template_invalid: 'A template cannot be read',
  unknown_variable: 'Nothing sets a variable, or a namespace has no such member',
  variable_not_set_yet: 'A variable is read before it can have a value',
  not_a_value: 'A namespace is used as a value',
  name_reserved: 'A name is taken',
  duration_invalid: 'A duration is too short or too long',
  time_invalid: 'A time is none',
  body_ambiguous: 'A request has two bodies, or one that it cannot have',
  unknown_action: 'There is no such action',
  unknown_secret: 'The bot has no secret of that name',
  secret_place: 'A secret stands where none may stand',
  unknown_upload: 'The bot has no such upload',
  unknown_chat: 'The bot has no chat of that name',
  wait_unclear: 'A wait says both how long and until when',
  too_many_problems: 'There are more problems than are listed',
} as const satisfies Record<string, string>;

export type FlowProblemCode = keyof typeof FLOW_PROBLEMS;

export interface FlowProblem extends Problem {
  readonly code: FlowProblemCode;
}

/** Problems that are listed; of a document with more, these are enough to begin with. */
const MAX_PROBLEM_COUNT = 500;

/** The first problems, and how many there are besides. */
export function listProblems(problems: readonly FlowProblem[]): FlowProblem[] {
  if (problems.length <= MAX_PROBLEM_COUNT) return [...problems];
  const more = problems.length - MAX_PROBLEM_COUNT;
  return [
    ...problems.slice(0, MAX_PROBLEM_COUNT),
    { path: '', code: 'too_many_problems', message: `There are ${more} problems more` },
  ];
}
