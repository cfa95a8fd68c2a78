export { addVersions, buildBotProgram, commandName, findFlow } from './build-bot-program.ts';
export { decodeCallback, encodeCallback, type ButtonAddress } from './callback-data.ts';
export type { CompileContext, TemplateOptions } from './compile-context.ts';
export { nearestHint } from './did-you-mean.ts';
export { compileFlow } from './compile-flow.ts';
export { flowData, type FlowData } from './flow-data.ts';
export { FLOW_PROBLEMS, listProblems, type FlowProblem, type FlowProblemCode } from './flow-problem.ts';
export {
  answerJsonSchema,
  flowJsonSchema,
  inputJsonSchema,
  stepJsonSchema,
  triggerJsonSchema,
} from './flow-json-schema.ts';
export { addMonths, toDay, parseDay, firstDay, isoDay, isoTime, parseMinutes, monthOf } from './inputs/time/civil.ts';
export type { CompiledBound } from './inputs/time/bound.ts';
export type { DateFormat } from './inputs/time/time-fields.ts';
export { isTimeZone } from '../model/time-zone.ts';
export type { CompiledCollect } from './inputs/collect.ts';
export type { CompiledOptions } from './inputs/options.ts';
export {
  INPUT_KINDS,
  QUESTION_INPUTS,
  type CompiledInput,
  type CompiledInputMap,
  type QuestionInput,
} from './inputs/input-kinds.ts';
export { conditionShape, OPERATORS, type ConditionSource, type Operator } from './conditions/condition-schema.ts';
export type { CompiledComparison, CompiledCondition } from './conditions/compiled-condition.ts';
export { compilePattern, type Pattern, type PatternParse, type PatternProblem } from './pattern/compile-pattern.ts';
export type { CompiledValue } from './values/compiled-value.ts';
export { isList } from './values/is-list.ts';
export { lookUp } from './values/look-up.ts';
export { FLOW_LIMITS } from './limits.ts';
export type { ArgumentType } from './document-fields.ts';
export type {
  BotFacts,
  BotProgram,
  BrokenVersion,
  ButtonPlace,
  CompiledArgument,
  CompiledVersion,
  FlowProgram,
} from './program.ts';
export type { PublishedFlow } from '../model/index.ts';
export type { CompiledText } from './markup/compile-text.ts';
export { MarkupError, type FormattedText, type ParseMode, type TextEntity } from './markup/formatted-text.ts';
export { withoutMarks } from './markup/marked-text.ts';
export { parseMarkup } from './markup/parse-markup.ts';
export type { MenuView } from './steps/menu/compile-views.ts';
export type { ButtonTarget, CompiledButton, InlineButton, MenuButton } from './steps/menu/menu-button.ts';
export type { CompiledMenu } from './steps/menu/menu-step.ts';
export type { MenuSource } from './steps/menu/menu-source.ts';
export { isMediaSource, uploadOf } from './steps/message/media-source.ts';
export { takesCaption, type CompiledContent } from './steps/message/message-content.ts';
export type { CompiledKey, CompiledKeyboard } from './steps/message/message-keyboard.ts';
export type { CompiledMessage, MessageSource } from './steps/message/message-step.ts';
export type { CompiledNotify, NotifySource } from './steps/notify/notify-step.ts';
export type { CompiledNoAnswer } from './steps/question/silence.ts';
export type { CompiledQuestion, QuestionSource } from './steps/question/question-step.ts';
export type { ActionSource, CompiledAction } from './steps/action/action-step.ts';
export type { CompiledHttp, HttpMethod, HttpSource, NamedTexts } from './steps/http/http-step.ts';
export type { CompiledInvoice, InvoiceSource } from './steps/invoice/invoice-step.ts';
export type { CompiledRefund, RefundSource } from './steps/refund/refund-step.ts';
export type { CompiledAuth } from './steps/http/http-auth.ts';
export type { JsonBody } from './steps/http/http-body.ts';
export type { SecretText } from './steps/http/secret-text.ts';
export type { SavedResult } from './steps/saved-result.ts';
export type { CompiledWait, WaitSource } from './steps/wait/wait-step.ts';
export type { CompiledWaitForEvent, WaitForEventSource } from './steps/wait-for-event/wait-for-event-step.ts';
export type { CompiledHandover, HandoverSource } from './steps/handover/handover-step.ts';
export type { CompiledTimeout } from './steps/timeout.ts';
export type { CallSource, CompiledCall } from './steps/call/call-step.ts';
export type { CompiledInputs } from './steps/call/flow-inputs.ts';
export type { CompiledConditionStep, ConditionStepSource } from './steps/condition/condition-step.ts';
export type { CompiledEnd, EndName, EndSource } from './steps/end/end-step.ts';
export type { CompiledJoinRequest, JoinRequestSource } from './steps/join-request/join-request-step.ts';
export type { CompiledJump, JumpSource } from './steps/jump/jump-step.ts';
export type { CompiledLoop, LoopSource } from './steps/loop/loop-step.ts';
export type { CompiledRandom, RandomSource } from './steps/random/random-step.ts';
export type { ChangeName, CompiledChange, ValueType } from './steps/set/set-change.ts';
export type { CompiledSet, SetSource } from './steps/set/set-step.ts';
export type { CompiledSetAttribute, SetAttributeSource } from './steps/set-attribute/set-attribute-step.ts';
export type { CompiledSwitch, SwitchSource } from './steps/switch/switch-step.ts';
export type { CompiledTag, TagSource } from './steps/tag/tag-step.ts';
export type { CompiledUntag, UntagSource } from './steps/untag/untag-step.ts';
export type { CompiledBase, StepKind, StepSource } from './steps/step-kind.ts';
export {
  STEP_KINDS,
  STEP_TYPES,
  type CompiledStep,
  type CompiledStepMap,
  type StepSourceMap,
  type StepType,
} from './steps/step-kinds.ts';
export { isVariableName, VARIABLE_PATTERN } from './template/names.ts';
export {
  createTemplateParser,
  type TemplateParse,
  type TemplateParser,
  type TemplateProblem,
} from './template/parse-template.ts';
export type { Escape, Template, TemplateScope, VariableRead } from './template/template.ts';
export { durationSource, readDuration, type DurationSource } from './time/duration.ts';
export { readCron, type Cron } from './time/cron.ts';
export { readLocalTime, type LocalTime } from './time/local-time.ts';
export {
  normalizeText,
  type CallbackTrigger,
  type CompiledTriggers,
  type EventTrigger,
  type ScheduleTrigger,
  type TextTrigger,
} from './triggers/compile-triggers.ts';
export { hasSchedule } from './triggers/has-schedule.ts';
export { CHAT_EVENT_NAMES, CHAT_EVENTS, type ChatEventName } from './triggers/chat-events.ts';
export { trigger, TRIGGER_KINDS, type TriggerKind, type TriggerSource } from './triggers/trigger-schema.ts';
export { validateFlow } from './validate-flow.ts';
export type { FlowContext, KnownFlow } from './known-flow.ts';
