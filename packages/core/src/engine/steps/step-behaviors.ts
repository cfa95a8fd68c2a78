import type { CompiledStep, StepType } from '../../flow/index.ts';
import { actionBehavior } from './action.ts';
import { callBehavior } from './call.ts';
import { conditionBehavior } from './condition.ts';
import { endBehavior } from './end.ts';
import { handoverBehavior } from './handover.ts';
import { httpBehavior } from './http.ts';
import { invoiceBehavior } from './invoice.ts';
import { joinRequestBehavior } from './join-request.ts';
import { jumpBehavior } from './jump.ts';
import { loopBehavior } from './loop.ts';
import { menuBehavior } from './menu.ts';
import { messageBehavior } from './message.ts';
import { notifyBehavior } from './notify.ts';
import { questionBehavior } from './question.ts';
import { randomBehavior } from './random.ts';
import { refundBehavior } from './refund.ts';
import { setAttributeBehavior } from './set-attribute.ts';
import { setBehavior } from './set.ts';
import type { StepBehavior } from './step-behavior.ts';
import { switchBehavior } from './switch.ts';
import { tagBehavior } from './tag.ts';
import { untagBehavior } from './untag.ts';
import { waitForEventBehavior } from './wait-for-event.ts';
import { waitBehavior } from './wait.ts';

/** Behavior per kind of step: the table does not compile until it has them all. */
const STEP_BEHAVIORS: { readonly [Type in StepType]: StepBehavior<Type> } = {
  message: messageBehavior,
  question: questionBehavior,
  menu: menuBehavior,
  notify: notifyBehavior,
  wait: waitBehavior,
  wait_for_event: waitForEventBehavior,
  handover: handoverBehavior,
  http: httpBehavior,
  action: actionBehavior,
  invoice: invoiceBehavior,
  refund: refundBehavior,
  condition: conditionBehavior,
  switch: switchBehavior,
  random: randomBehavior,
  set: setBehavior,
  set_attribute: setAttributeBehavior,
  tag: tagBehavior,
  untag: untagBehavior,
  loop: loopBehavior,
  jump: jumpBehavior,
  call: callBehavior,
  end: endBehavior,
  join_request: joinRequestBehavior,
};

/**
 * Returns the behavior of a step. The table is typed by kind, so the behavior fits this step only: do not pass another
 * one to it.
 */
export function behaviorOf(step: CompiledStep): StepBehavior {
  return STEP_BEHAVIORS[step.kind];
}
