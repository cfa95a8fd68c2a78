import type { StepBehavior } from './step-behavior.ts';

/**
 * Answers a join request with a call like any other: durable, and in order with the messages to the person. A request
 * that was already answered is not a failure.
 */
export const joinRequestBehavior: StepBehavior<'join_request'> = {
  enter({ decision, next }, run) {
    const { origin, env } = run;
    if (origin?.name !== 'join_request') throw new Error('this flow was not started by a join request');
    const method = decision === 'approve' ? 'approveChatJoinRequest' : 'declineChatJoinRequest';
    run.effects.push({ kind: 'call', method, payload: { chat_id: origin.chat.id, user_id: env.user.chat_id } });
    return next;
  },
};
