import type { StepBehaviour } from './step-behaviour.ts';

/** An order to Telegram like any other: durable, and in order with the messages to the person. That the request is answered already is no failure. */
export const joinRequestBehaviour: StepBehaviour<'join_request'> = {
  enter({ decision, next }, run) {
    const { origin, env } = run;
    if (origin?.name !== 'join_request') throw new Error('no request to join has started this flow');
    const method = decision === 'approve' ? 'approveChatJoinRequest' : 'declineChatJoinRequest';
    run.effects.push({ kind: 'call', method, payload: { chat_id: origin.chat.id, user_id: env.user.chat_id } });
    return next;
  },
};
