import type { CompiledStep, StepType } from '../../flow/index.ts';
import { actionBehaviour } from './action.ts';
import { callBehaviour } from './call.ts';
import { conditionBehaviour } from './condition.ts';
import { endBehaviour } from './end.ts';
import { handoverBehaviour } from './handover.ts';
import { httpBehaviour } from './http.ts';
import { invoiceBehaviour } from './invoice.ts';
import { joinRequestBehaviour } from './join-request.ts';
import { jumpBehaviour } from './jump.ts';
import { loopBehaviour } from './loop.ts';
import { menuBehaviour } from './menu.ts';
import { messageBehaviour } from './message.ts';
import { notifyBehaviour } from './notify.ts';
import { questionBehaviour } from './question.ts';
import { randomBehaviour } from './random.ts';
import { refundBehaviour } from './refund.ts';
import { setAttributeBehaviour } from './set-attribute.ts';
import { setBehaviour } from './set.ts';
import type { StepBehaviour } from './step-behaviour.ts';
import { switchBehaviour } from './switch.ts';
import { tagBehaviour } from './tag.ts';
import { untagBehaviour } from './untag.ts';
import { waitForEventBehaviour } from './wait-for-event.ts';
import { waitBehaviour } from './wait.ts';

/** Behavior per kind of step: the table does not compile until it has them all. */
const STEP_BEHAVIOURS: { readonly [Type in StepType]: StepBehaviour<Type> } = {
  message: messageBehaviour,
  question: questionBehaviour,
  menu: menuBehaviour,
  notify: notifyBehaviour,
  wait: waitBehaviour,
  wait_for_event: waitForEventBehaviour,
  handover: handoverBehaviour,
  http: httpBehaviour,
  action: actionBehaviour,
  invoice: invoiceBehaviour,
  refund: refundBehaviour,
  condition: conditionBehaviour,
  switch: switchBehaviour,
  random: randomBehaviour,
  set: setBehaviour,
  set_attribute: setAttributeBehaviour,
  tag: tagBehaviour,
  untag: untagBehaviour,
  loop: loopBehaviour,
  jump: jumpBehaviour,
  call: callBehaviour,
  end: endBehaviour,
  join_request: joinRequestBehaviour,
};

/**
 * Returns the behavior of a step. The table is typed by kind, so the behavior fits this step only: do not pass another
 * one to it.
 */
export function behaviourOf(step: CompiledStep): StepBehaviour {
  return STEP_BEHAVIOURS[step.kind];
}
