import * as z from 'zod/mini';
import { actionStep } from './action/action-step.ts';
import { callStep } from './call/call-step.ts';
import { conditionStep } from './condition/condition-step.ts';
import { endStep } from './end/end-step.ts';
import { handoverStep } from './handover/handover-step.ts';
import { httpStep } from './http/http-step.ts';
import { invoiceStep } from './invoice/invoice-step.ts';
import { joinRequestStep } from './join-request/join-request-step.ts';
import { jumpStep } from './jump/jump-step.ts';
import { loopStep } from './loop/loop-step.ts';
import { menuStep } from './menu/menu-step.ts';
import { messageStep } from './message/message-step.ts';
import { notifyStep } from './notify/notify-step.ts';
import { questionStep } from './question/question-step.ts';
import { randomStep } from './random/random-step.ts';
import { refundStep } from './refund/refund-step.ts';
import { setAttributeStep } from './set-attribute/set-attribute-step.ts';
import { setStep } from './set/set-step.ts';
import { switchStep } from './switch/switch-step.ts';
import { tagStep } from './tag/tag-step.ts';
import { untagStep } from './untag/untag-step.ts';
import { waitForEventStep } from './wait-for-event/wait-for-event-step.ts';
import { waitStep } from './wait/wait-step.ts';

/** All step kinds. A new kind does not compile until the engine's table of behaviors contains it. */
export const STEP_KINDS = {
  message: messageStep,
  question: questionStep,
  menu: menuStep,
  notify: notifyStep,
  wait: waitStep,
  wait_for_event: waitForEventStep,
  handover: handoverStep,
  http: httpStep,
  action: actionStep,
  invoice: invoiceStep,
  refund: refundStep,
  condition: conditionStep,
  switch: switchStep,
  random: randomStep,
  set: setStep,
  set_attribute: setAttributeStep,
  tag: tagStep,
  untag: untagStep,
  loop: loopStep,
  jump: jumpStep,
  call: callStep,
  end: endStep,
  join_request: joinRequestStep,
} as const;

export type StepType = keyof typeof STEP_KINDS;

/** Steps of documents, by type. */
export type StepSourceMap = { [Type in StepType]: z.infer<(typeof STEP_KINDS)[Type]['schema']> };
/** Compiled steps, by type. */
export type CompiledStepMap = { [Type in StepType]: ReturnType<(typeof STEP_KINDS)[Type]['compile']> };
export type CompiledStep<Type extends StepType = StepType> = { [Each in Type]: CompiledStepMap[Each] }[Type];

type StepSchema = (typeof STEP_KINDS)[StepType]['schema'];

/** Schema of a step of any kind. */
export const stepSchema = z.discriminatedUnion(
  'type',
  Object.values(STEP_KINDS).map((kind): StepSchema => kind.schema) as [StepSchema, ...StepSchema[]],
); // the list is not empty

// The keys of an object literal are exactly the types.
export const STEP_TYPES: readonly StepType[] = Object.freeze(Object.keys(STEP_KINDS) as StepType[]);

export function isStepType(value: unknown): value is StepType {
  return typeof value === 'string' && Object.hasOwn(STEP_KINDS, value);
}
