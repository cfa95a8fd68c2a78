import type { StepType } from '../../flow/index.ts';
import { actionDialogue } from './action.ts';
import { callDialogue } from './call.ts';
import { conditionDialogue } from './condition.ts';
import type { DialogueCase } from './dialogue-case.ts';
import { endDialogue } from './end.ts';
import { handoverDialogue } from './handover.ts';
import { httpDialogue } from './http.ts';
import { invoiceDialogue } from './invoice.ts';
import { joinRequestDialogue } from './join-request.ts';
import { jumpDialogue } from './jump.ts';
import { loopDialogue } from './loop.ts';
import { menuDialogue } from './menu.ts';
import { messageDialogue } from './message.ts';
import { notifyDialogue } from './notify.ts';
import { questionDialogue } from './question.ts';
import { randomDialogue } from './random.ts';
import { refundDialogue } from './refund.ts';
import { setAttributeDialogue } from './set-attribute.ts';
import { setDialogue } from './set.ts';
import { switchDialogue } from './switch.ts';
import { tagDialogue } from './tag.ts';
import { untagDialogue } from './untag.ts';
import { waitForEventDialogue } from './wait-for-event.ts';
import { waitDialogue } from './wait.ts';

/** A dialogue per kind of step: the table does not compile until it has them all. */
export const DIALOGUE_BY_STEP: { readonly [Type in StepType]: DialogueCase } = {
  message: messageDialogue,
  question: questionDialogue,
  menu: menuDialogue,
  http: httpDialogue,
  action: actionDialogue,
  wait: waitDialogue,
  wait_for_event: waitForEventDialogue,
  handover: handoverDialogue,
  condition: conditionDialogue,
  switch: switchDialogue,
  random: randomDialogue,
  set: setDialogue,
  loop: loopDialogue,
  call: callDialogue,
  jump: jumpDialogue,
  end: endDialogue,
  invoice: invoiceDialogue,
  refund: refundDialogue,
  notify: notifyDialogue,
  tag: tagDialogue,
  untag: untagDialogue,
  set_attribute: setAttributeDialogue,
  join_request: joinRequestDialogue,
};
