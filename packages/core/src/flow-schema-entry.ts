/**
 * The flow language as JSON Schema, and the words for its codes, for forms and editors. An entry of its own: what turns
 * schemas into JSON Schema is large.
 */
export {
  answerJsonSchema,
  CHAT_EVENTS,
  flowJsonSchema,
  FLOW_PROBLEMS,
  INPUT_KINDS,
  inputJsonSchema,
  QUESTION_INPUTS,
  STEP_KINDS,
  STEP_TYPES,
  stepJsonSchema,
  TRIGGER_KINDS,
  triggerJsonSchema,
  type QuestionInput,
  type StepType,
  type TriggerKind,
  type TriggerSource,
} from './flow/index.ts';
export { WAIT_REASONS } from './engine/index.ts';
